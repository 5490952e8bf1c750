/** The parts of a profile that other tools name in many ways. */
export type PartName =
  | 'name'
  | 'grant'
  | 'responseType'
  | 'issuer'
  | 'tokenEndpoint'
  | 'authorizationEndpoint'
  | 'deviceAuthorizationEndpoint'
  | 'clientId'
  | 'clientSecret'
  | 'clientAuthentication'
  | 'scope'
  | 'audience'
  | 'resource'
  | 'redirectUri'
  | 'tokenPrefix'
  | 'tokenHeader'
  | 'sentToken'
  | 'tokenPlace'
  | 'tenant'
  | 'realm';

/** Each part with what it is called elsewhere, in lower case without anything but letters and digits. */
const names: readonly (readonly [PartName, readonly string[]])[] = [
  [
    'tokenEndpoint',
    [
      'accesstokenurl',
      'accesstokenuri',
      'accesstokenendpoint',
      'tokenendpoint',
      'tokenendpointurl',
      'tokenendpointuri',
      // Of Snowflake.
      'tokenrequesturl',
      'tokenurl',
      'tokenuri',
    ],
  ],
  [
    'authorizationEndpoint',
    [
      'authorizationendpoint',
      'authorizationendpointurl',
      'authorizationurl',
      'authorizationuri',
      'userauthorizationuri',
      'authorizeendpoint',
      'authorizeurl',
      'authendpoint',
      'authurl',
      'authuri',
    ],
  ],
  [
    'deviceAuthorizationEndpoint',
    [
      'deviceauthorizationendpoint',
      'deviceauthorizationurl',
      'deviceauthurl',
      'devicecodeendpoint',
      'devicecodeurl',
    ],
  ],
  [
    'issuer',
    [
      'discoveryurl',
      // Of pac4j.
      'discoveryuri',
      'discoveryendpoint',
      'configurationendpoint',
      'configurationurl',
      'openidproviderurl',
      'providerurl',
      'idpissuerurl',
      'openidconnecturl',
      'issuerurl',
      'issueruri',
      'issuerbaseurl',
      'authorityurl',
      'authority',
      'issuer',
      'wellknownurl',
      'wellknown',
      'authserverurl',
      'servermetadataurl',
      // Of Claude.
      'authservermetadataurl',
      'providermetadataurl',
      'metadataurl',
      'openidconfigurl',
      'identityuri',
      'wellknownopenidconfigurationurl',
      'metadataaddress',
      'orgurl',
      // Of Cognito.
      'userpoolid',
      'awsuserpoolsid',
      'webdomain',
    ],
  ],
  [
    'clientAuthentication',
    [
      'tokenendpointauthmethod',
      'clientauthentication',
      'clientauthenticationmethod',
      'clientauthenticationscheme',
      'clientauthenticationstrategy',
      'clientauthmethod',
      'clientauth',
      'clientcredentials',
      'credentialsplacement',
      'tokenauthmethod',
      // Of Micronaut.
      'tokenauthenticationmethod',
      'clientsecretmethod',
      'authstyle',
      'credentialsclientsecretmethod',
      // Of httpYac.
      'useauthorizationheader',
      // Of Okta.
      'authorizationmode',
    ],
  ],
  [
    'clientSecret',
    [
      'clientsecret',
      'appsecret',
      'consumersecret',
      'credentialssecret',
      'credentialsclientsecret',
      'appclientsecret',
      'userpoolclientsecret',
    ],
  ],
  [
    'clientId',
    [
      'clientid',
      'appid',
      'consumerkey',
      'applicationid',
      'appclientid',
      'userpoolclientid',
      'userpoolwebclientid',
      'awsuserpoolswebclientid',
    ],
  ],
  [
    'redirectUri',
    [
      'redirecturi',
      'redirecturl',
      'redirecturis',
      'callbackurl',
      'callbackuri',
      'redirectsignin',
      'redirectsigninuri',
      'signinredirecturi',
    ],
  ],
  ['grant', ['granttype', 'authorizationgranttype', 'flow', 'grant']],
  ['responseType', ['responsetype']],
  ['scope', ['scopes', 'scope']],
  ['audience', ['audience', 'audiences']],
  ['resource', ['resource', 'resources']],
  ['tokenHeader', ['tokenheadername', 'authheadername', 'headername']],
  ['tokenPrefix', ['tokenheaderprefix', 'tokenprefix', 'headerprefix']],
  ['sentToken', ['tokensource', 'useidtoken']],
  ['tenant', ['tenantid', 'clienttenantid']],
  ['realm', ['realm', 'realmname']],
  ['tokenPlace', ['addtokento', 'addto', 'tokenplacement']],
];

const parts: ReadonlyMap<string, PartName> = new Map(
  names.flatMap(([part, spellings]) =>
    spellings.flatMap((spelling) => [[spelling, part] as const, [`oauth${spelling}`, part] as const]),
  ),
);

/** Which part a whole name means, however it is spelled: `Token URL`, `accessTokenUrl`, `token_endpoint`. */
export function partNamed(name: string): PartName | undefined {
  return parts.get(plainName(name));
}

/** A name without any of these words means no part: most of a long file's do not, and are not split. */
const mayBePart = new RegExp(
  `secret|${[...parts.keys()]
    .filter((one) => !one.startsWith('oauth'))
    .map((one) => one.replace(/\B/g, '[^a-z0-9]*'))
    .join('|')}`,
  'i',
);

/** Where a variable belongs. */
export interface VariablePart {
  readonly part: PartName;
  /** What stands before and behind the part: variables with the same belong together. */
  readonly group: string;
  /** The value is only the name of a file that holds it. */
  readonly inFile?: true;
}

/**
 * Which part a variable means, and of which client: `ORDERS_CLIENT_ID` is the `clientId` of `ORDERS`, `CLIENT_ID_DEV` that of `DEV`.
 * The longest end counts, so that `ACCESS_TOKEN_URL` is not the `TOKEN_URL` of `ACCESS`.
 */
export function variablePart(variable: string): VariablePart | undefined {
  if (variable.length > 200 || !mayBePart.test(variable)) return undefined;
  const words = variable
    .replace(ofSpring, '')
    .split(/[_.:/\-\s]+|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Za-z])(?=\d{1,3}$)/)
    .filter((word) => word !== '');
  if (words.length === 1 && /^secret$/i.test(variable)) return { part: 'clientSecret', group: '' };
  for (let end = words.length; end > Math.max(0, words.length - 4); end--)
    for (let start = Math.max(0, end - 6); start < end; start++) {
      const part = partNamed(words.slice(start, end).join(''));
      if (part === undefined) continue;
      const [before, after] = [words.slice(0, start), words.slice(end)];
      // The address to refresh at is not a token endpoint of its own.
      if (/^refresh$/i.test(before.at(-1) ?? '')) return undefined;
      // Others provide payments, or are configured.
      const isAnybodys = /^(?:provider|configuration)$/i.test(words[end - 2] ?? '') && end - start === 2;
      if (isAnybodys && !/(?:^|_)(?:\w{0,20}auth\w{0,5}|idp|login|oidc|openid|sso)$/i.test(before.join('_')))
        return undefined;
      if (part === 'tenant' && !before.some((word) => ofEntra.test(word))) return undefined;
      if (part === 'realm' && !before.some((word) => /^(?:kc|keycloak)$/i.test(word))) return undefined;
      if (after.length === 0 || /^value$/i.test(after.join(''))) return { part, group: before.join('_') };
      if (!suffixed.has(part)) return undefined;
      const isFile = part === 'clientSecret' ? /^(?:file_?)?(?:path)?$|^file$/i : /^file$/i;
      if (isFile.test(after.join('_'))) return { part, group: before.join('_'), inFile: true };
      return after.some((word) => noSuffix.test(word))
        ? undefined
        : { part, group: [...before, ...after].join('_') };
    }
  return undefined;
}

/** What relaxed binding makes of the beginning of Spring's properties; a registration's provider is called as it is. */
const ofSpring = /^SPRING_SECURITY_OAUTH2_CLIENT_(?:REGISTRATION|PROVIDER)_/;

/** Parts that stand before the name of a client or of an environment, too. */
const suffixed: ReadonlySet<PartName> = new Set<PartName>([
  'clientId',
  'clientSecret',
  'issuer',
  'tokenEndpoint',
  'authorizationEndpoint',
  'scope',
  'audience',
  'redirectUri',
]);

/** Beginnings of names in which a tenant is one of Entra's: elsewhere it is not part of a server's address. */
const ofEntra = /^(?:az|azure|azuread|azurerm|arm|aad|msal|entra|microsoft|graph)$/i;

/** Words that make a name mean something else than the part in it. */
const noSuffix =
  /^(?:file|header|name|path|timeout|expir\w*|issued|created|updated|at|type|prefix|env|var|key|arn|ref|version|host|id|method|params?|enabled|regexp?|pattern|ur[il])$/i;

/** Letters and digits of a name, in lower case; nothing when it is too long to be one. */
function plainName(name: string): string {
  return name.length > 60 ? '' : name.toLowerCase().replace(/[^a-z0-9]/g, '');
}
