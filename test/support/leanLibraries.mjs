// What the libraries that are bundled carry and nothing here needs: it stays out of the package.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { transform } from 'esbuild';

const koa = join(import.meta.dirname, '..', '..', 'node_modules', 'koa');

/** In place of whole modules: what they say to their developers, and what is off. By path in `node_modules`, without `.js`. */
const replaced = {
  'debug/src/index': 'module.exports = () => Object.assign(() => {}, { enabled: false });',
  'depd/index':
    'module.exports = () => Object.assign(() => {}, { function: (one) => one, property: () => {} });',
  'oidc-provider/lib/helpers/attention': 'export const info = () => {}, warn = () => {};',
  'oidc-provider/lib/helpers/features': 'export const STABLE = new Set(), EXPERIMENTS = new Map();',
  // The demo has keys of its own; these are published ones.
  'oidc-provider/lib/consts/dev_keystore': 'export default { keys: [] };',
  'oidc-provider/lib/actions/interaction':
    'export const render = [], submit = [], abort = []; export function initialize() {}',
  'oidc-provider/lib/actions/grants/pre_authorized_code':
    'export const handler = () => {}, parameters = new Set();',
  'oidc-provider/lib/actions/credential': 'export default () => {};',
  'oidc-provider/lib/response_modes/web_message': 'export default () => {};',
  // The demo keeps in a storage of its own what the servers hand out.
  'oidc-provider/lib/adapters/memory_adapter':
    'export default class {} export function createMemoryAdapter() {}',
  'oidc-provider/lib/shared/attest_client_auth':
    'export default () => {}; export function validateClientAttestationJwtAndPop() {}',
  // Nobody asks which languages, encodings and character sets a browser takes, compares objects or has files downloaded.
  'negotiator/lib/charset': 'module.exports = () => [];',
  'negotiator/lib/encoding': 'module.exports = () => [];',
  'negotiator/lib/language': 'module.exports = () => [];',
  'content-disposition/index': 'module.exports = () => "";',
  'deep-equal/index': 'module.exports = () => false;',
  // YAML is read, and never written.
  ...writesNoYaml(['createStringifyContext', 'stringify'], 'stringify'),
  ...writesNoYaml(['stringifyCollection'], 'stringifyCollection'),
  ...writesNoYaml(['stringifyDocument'], 'stringifyDocument'),
  ...writesNoYaml(['stringifyNumber'], 'stringifyNumber'),
  ...writesNoYaml(['stringifyPair'], 'stringifyPair'),
  ...writesNoYaml(['stringifyString'], 'stringifyString'),
};

function writesNoYaml(functions, file) {
  const source = functions.map((name) => `export function ${name}() {}`).join(' ');
  return { [`yaml/browser/dist/stringify/${file}`]: source };
}

/** What the demo servers have off of their library. */
const off = [
  ...['attestClientAuth', 'backchannelLogout', 'clientIdMetadataDocument', 'devInteractions', 'encryption'],
  ...['externalSigningSupport', 'fapi', 'jwtIntrospection', 'jwtUserinfo', 'mTLS', 'openid4vci'],
  ...['rpMetadataChoices', 'webMessageResponseMode'],
];
const flag = new RegExp(
  `(?:\\b(?:this|state|configuration|instance\\([\\w.]+\\))\\.)*\\bfeatures\\.(?:${off.join('|')})\\.enabled\\b`,
  'g',
);

/** Functions and methods that do nothing here, by file. */
const emptied = {
  // Each is of a setting that the demo servers set themselves or have off, or tells that it should be set.
  'oidc-provider/lib/helpers/defaults': [
    ...['shouldChange', 'mustChange', 'clientBasedCORS', 'pairwiseIdentifier', 'renderError'],
    ...['getCertificate', 'certificateAuthorized', 'certificateSubjectMatches'],
    ...['userCodeInputSource', 'userCodeConfirmSource', 'successSource'],
    ...['postLogoutSuccessSource', 'logoutSource'],
    ...['introspectionAllowedPolicy', 'revocationAllowedPolicy'],
    ...['getAttestationSignaturePublicKey', 'assertAttestationJwtAndPop'],
    ...['openid4vciCredentialEndpointExpectedAudience', 'openid4vciIssueCredential'],
    'openid4vciGetKeyAttestationSignaturePublicKey',
    ...['processLoginHintToken', 'processLoginHint', 'verifyUserCode', 'triggerAuthenticationDevice'],
    ...['validateBindingMessage', 'validateRequestContext'],
  ],
  // The configuration is the one that the tests run with, where it is checked.
  'oidc-provider/lib/helpers/configuration': [
    ...['checkFeatureConfigurationOwnProperties', 'featuresTypeErrorCheck', 'logDraftNotice'],
    ...['checkAllowedJWA', 'checkSubjectTypes', 'checkDependantFeatures', 'checkDeviceFlow'],
    ...['checkAttestClientAuth', 'checkAuthMethods', 'checkTTL', 'checkCibaDeliveryModes'],
    ...['checkRichAuthorizationRequests', 'checkOpenid4vci', 'checkPostMethods'],
    'checkFetchResponseBodyLimits',
  ],
  'oidc-provider/lib/helpers/client_schema': ['choices', 'processCustomMetadata', 'ensureStripChoices'],
  'oidc-provider/lib/models/client': ['deriveEncryptionKey', 'backchannelPing', 'backchannelLogout'],
  'yaml/browser/dist/doc/directives': ['tagString', 'toString'],
  'yaml/browser/dist/doc/Document': [
    ...['clone', 'add', 'addIn', 'createAlias', 'delete', 'deleteIn', 'get', 'getIn', 'has', 'hasIn', 'set'],
    ...['setIn', 'toString', 'assertCollection'],
  ],
  'yaml/browser/dist/nodes/Alias': ['toString'],
  'yaml/browser/dist/nodes/Collection': [...['clone', 'addIn', 'deleteIn', 'getIn', 'hasIn', 'setIn']],
  'yaml/browser/dist/nodes/YAMLMap': ['toString'],
  'yaml/browser/dist/nodes/YAMLSeq': ['toString'],
  'yaml/browser/dist/visit': ['visitAsync', 'visitAsync_'],
  // Only its `parse` is called.
  'dotenv/lib/main': [
    ...['_getRandomTip', 'supportsAnsi', 'dim', '_parseVault', '_warn', '_debug', '_log', '_dotenvKey'],
    ...['_instructions', '_vaultPath', '_resolveHome', '_configVault', 'configDotenv', 'config'],
    ...['decrypt', 'populate'],
  ],
};

/** Conditions that never hold here, by file. */
const never = {
  // A key that is a list or a mapping is named in JSON instead of YAML.
  'yaml/browser/dist/nodes/addPairToJSMap': 'isNode(key) && ctx?.doc',
};

/** What the demo servers need of the list of all media types, which has 150 KB. */
const mediaTypes = [
  ...['application/json', 'application/x-www-form-urlencoded', 'application/jwt', 'application/octet-stream'],
  ...['text/html', 'text/plain', 'text/css', 'text/javascript', 'image/svg+xml', 'image/png'],
];

/** What is looked up by the names of its classes (the lifetimes of tokens, for one): they survive minifying. */
const namedClasses = /^oidc-provider\/lib\/(models\/.*|helpers\/(re_render_)?errors)$/;

/** An esbuild plugin that leaves out of libraries what nothing here calls. Throws when one of them no longer has it. */
export const leanLibraries = {
  name: 'lean-libraries',
  setup({ onLoad, onEnd, onResolve, resolve }) {
    // Which of its versions answers is all the same for these few types.
    onResolve({ filter: /^mime-types$/ }, ({ path, kind, pluginData }) =>
      pluginData === koa ? undefined : resolve(path, { kind, resolveDir: koa, pluginData: koa }),
    );
    const left = new Set([replaced, emptied, never].flatMap(Object.keys));
    onEnd(() => ({ errors: [...left].map((name) => ({ text: `Nothing loads ${name} any more.` })) }));
    onLoad({ filter: /[\\/]node_modules[\\/].*\.js(on)?$/ }, async ({ path }) => {
      const name = path.replaceAll('\\', '/').split('/node_modules/').pop().replace(/\.js$/, '');
      left.delete(name);
      if (name in replaced) return { contents: replaced[name], loader: 'js' };
      const source = await readFile(path, 'utf8');
      if (name === 'mime-db/db.json') return { contents: fewMediaTypes(source), loader: 'json' };
      const contents = lean(name, source);
      if (namedClasses.test(name) && /\bclass \w/.test(source)) {
        const { code } = await transform(contents, { keepNames: true, format: 'esm' });
        return { contents: code, loader: 'js' };
      }
      return contents === source ? undefined : { contents, loader: 'js' };
    });
  },
};

function fewMediaTypes(source) {
  const all = JSON.parse(source);
  return JSON.stringify(
    Object.fromEntries(mediaTypes.filter((type) => type in all).map((type) => [type, all[type]])),
  );
}

/** The source of a module with the functions emptied that do nothing here, and what is off known to be off. */
function lean(name, source) {
  const inDemo = name.startsWith('oidc-provider/')
    ? source.replace(flag, 'false').replace(/\bctx\.oidc\.isFapi\([^()]*\)/g, 'undefined')
    : source;
  const settled = name in never ? inDemo.replace(`if (${never[name]})`, 'if (false)') : inDemo;
  if (name in never && settled === inDemo) throw new Error(`${name} does not ask “${never[name]}” any more.`);
  return (emptied[name] ?? []).reduce((text, one) => {
    // Declared in a line of its own, which its last one is indented like.
    const body = new RegExp(`^(( *)(?:async )?(?:function )?${one} ?\\([^]*?\\) \\{)\\n[^]*?^\\2\\}$`, 'm');
    if (!body.test(text)) throw new Error(`${name} has no function “${one}” any more.`);
    return text.replace(body, '$1}');
  }, settled);
}
