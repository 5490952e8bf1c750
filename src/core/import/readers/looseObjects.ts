import {
  listOf,
  textOf,
  type Found,
  type ImportedProfile,
  type Json,
  type VariableList,
} from '../imported.ts';
import { isCode } from '../codeObjects.ts';
import { partNamed } from '../fields.ts';
import { fromConnectionString } from '../connectionString.ts';
import { argumentsOf, environmentOf, filesNamedBy, secretData } from '../containers.ts';
import { drawerOfClient, scalars, withInner } from '../objectTexts.ts';
import { inPlainNames, withWholeClients } from '../productObjects.ts';
import type { Places } from '../places.ts';
import { readSource } from '../readSource.ts';
import { placesOfLabels, readPlaced } from '../readVariables.ts';
import { parameterNames } from '../requestParameters.ts';
import type { Reader, Source } from '../reader.ts';
import { sameOnce } from '../sameOnce.ts';
import {
  groupsUnlessOff,
  loneSecrets,
  variableGroups,
  withoutClient,
  withoutServer,
} from '../variableGroups.ts';
import { objectOf } from '../../../shared/json.ts';

const unnamed = 'Imported';

/** Deepest object looked into. */
const deepest = 12;

/** Settings of a tool that is not known: only what stands in the same object belongs together. */
export const looseObjects: Reader = {
  name: 'settings',
  recognises: ({ documents }) => documents.length > 0,
  read: function* ({ documents, fileName, within, text }) {
    const whole: Found[] = [];
    const halves: Found[] = [];
    const asides = new Set<string>();
    const alone: Lone[] = [];
    // What is pasted, be it a program or YAML, may be several.
    const isYaml = fileName === '' && !/^[[{]/.test(text);
    const ofProgram = fileName.startsWith('pasted.') ? readPlaced(text).places : undefined;
    const places = isYaml ? placesOfLabels(text) : ofProgram;
    const asked: ImportedProfile[] = [];
    for (const found of visit(documents, { asides, alone, within, places, asked })) {
      if (found !== undefined) (isWhole(found) ? whole : halves).push(found);
      yield undefined;
    }
    whole.unshift(...asked);
    if (whole.length === 0) yield* sameOnce(isCode.test(fileName) ? halves.filter(isOfOAuth) : halves);
    else {
      const servers = new Set(asked.map(serverOf));
      // How its variables are sent, a command says.
      const others = whole.filter(
        (one, at) => at < asked.length || typeof one === 'string' || !servers.has(serverOf(one)),
      );
      yield* sameOnce(withoutTemplates(others));
      const known = new Set(whole.map((one) => (typeof one === 'string' ? one : clientOf(one))));
      for (const one of halves)
        if (typeof one !== 'string' && one.secret !== undefined && !known.has(clientOf(one)))
          yield withoutServer(String(one.entry['name']));
    }
    if (whole.length + halves.length > 0) yield* asides;
    const taken = new Set([...whole, ...halves].map((one) => (typeof one === 'string' ? one : one.secret)));
    yield* new Set(alone.filter(({ value }) => !taken.has(value)).map(({ called }) => withoutClient(called)));
    yield* withoutIds(documents[0]);
  },
};

/** Clients that Auth0 describes without their id. @see Auth0 Deploy CLI, resource `clients` */
function* withoutIds(document: unknown): Iterable<string> {
  const clients = listOf(objectOf(document)['clients']).map(objectOf);
  const names = clients
    .filter((one) => 'app_type' in one && !('client_id' in one))
    .map((one) => (textOf(one['name']) ?? 'one without a name').slice(0, 60));
  if (names.length > 0)
    yield `No client ID stands here for ${names.slice(0, 5).join(', ')}${names.length > 5 ? ', …' : ''}: Auth0 shows it in the application’s settings.`;
}

/** Whether there is more than an id: in programs, clients of Kafka and applications of Android have one, too. */
function isOfOAuth(found: Found): boolean {
  const ofAnybody = new Set(['name', 'grant', 'clientId', 'clientAuthentication']);
  return (
    typeof found === 'string' ||
    found.secret !== undefined ||
    /auth|oidc|openid|sso/i.test(String(found.entry['name'])) ||
    Object.keys(found.entry).some((key) => !ofAnybody.has(key))
  );
}

function isWhole(found: Found): boolean {
  if (typeof found === 'string') return true;
  const { entry, problems } = found;
  return problems !== undefined || 'tokenEndpoint' in entry || 'issuer' in entry;
}

/** Without what lacks but the secret of another one, as what is merged into services does. */
export function withoutTemplates(all: readonly Found[]): readonly Found[] {
  const whole = new Set(
    all.flatMap((one) => (typeof one === 'string' || one.secret === undefined ? [] : [withoutSecret(one)])),
  );
  return all.filter(
    (one) => typeof one === 'string' || one.secret !== undefined || !whole.has(withoutSecret(one)),
  );
}

const serverOf = ({ entry }: ImportedProfile) => JSON.stringify([entry['clientId'], entry['tokenEndpoint']]);

/** A template is whole elsewhere, be it without the secret. */
function clientOf({ entry: { clientId } }: ImportedProfile): string {
  return typeof clientId === 'string' ? clientId : '';
}

function withoutSecret({ entry }: ImportedProfile): string {
  return JSON.stringify({ ...entry, name: '', clientAuthentication: '' });
}

/** Names of what only holds the settings of what it stands in. */
const places =
  /^(?:#\d+|(?:\w{1,40}\.)?config(?:\.(?:update|from_mapping))?|env|environment|environmentVariables|variables|data|stringData|values|instances|attributes|auth|authentication|oauth2?|spec|template|client|config|default|apps?)$/i;

/** What holds those who sign users in. @see https://authjs.dev/getting-started/authentication/oauth, https://www.ory.com/docs/kratos/social-signin/overview */
const ofProviders = /^(?:\w{0,60}_)?(?:auth|identity|oauth|oidc|social)?providers$|^genericOAuth$/i;

interface Node {
  readonly value: unknown;
  readonly name: string;
  readonly depth: number;
  /** Whether it stands among providers. */
  readonly signsIn?: boolean;
  /** What programs that it starts find in their environment. */
  readonly env?: VariableList;
}

/** The texts of a client, and that it signs users in where the place or the type says so and nothing else does. */
function listIn(object: Json, isAmongProviders: boolean): VariableList {
  const plain = inPlainNames(object);
  // Objects of parameters are not texts: their names are, so that they are said.
  const handedOn = Object.entries(plain).flatMap(([name, value]): VariableList => {
    const isObject = Object.keys(objectOf(value)).length > 0;
    if (!isObject || !/(?:params|parameters|options)$/i.test(name)) return [];
    return parameterNames(name, value) ?? [[name, Object.keys(objectOf(value)).join(' ')]];
  });
  const list = [...withInner(plain), ...handedOn];
  const parts = new Set(list.map(([name]) => partNamed(name)));
  const signsIn =
    isAmongProviders || list.some(([name, value]) => name === 'type' && /^(?:oidc|oauth)$/.test(value));
  const isOpen = parts.has('clientId') && !parts.has('grant') && !parts.has('tokenEndpoint');
  return signsIn && isOpen ? [...list, ['grantType', 'authorization_code']] : list;
}

/** A secret without its client in the same place, which may be that of what stands around it. */
interface Lone {
  readonly called: string;
  readonly value: string;
}

interface Visit {
  readonly within: Source['within'];
  /** What is to be said if there is a client at all. */
  readonly asides: Set<string>;
  readonly alone: Lone[];
  /** Where the names of the outermost object stand. */
  readonly places: Places | undefined;
  /** Clients of commands that it runs. */
  readonly asked: ImportedProfile[];
}

function* visit(
  documents: readonly unknown[],
  { asides, alone, within, places, asked }: Visit,
): Iterable<Found | undefined> {
  const todo: Node[] = documents.map((value) => ({ value, name: unnamed, depth: 0 })).toReversed();
  for (let next = todo.pop(); next; next = todo.pop()) {
    const { value, depth, signsIn = false } = next;
    const object = withWholeClients(objectOf(value));
    const name = textOf(object['name']) ?? textOf(objectOf(object['metadata'])['name']) ?? next.name;
    const { list, notBase64 } = secretData(object);
    for (const one of notRead(object, name.slice(0, 60), notBase64)) asides.add(one);
    const drawer = drawerOfClient(object);
    const whole =
      drawer === undefined ? object : { ...object, ...objectOf(object[drawer]), [drawer]: undefined };
    const own = listIn(whole, signsIn);
    // A list of variables stands alone only where nothing is around it.
    const variables =
      depth === 0 && Array.isArray(value) ? { env: listOf(value).filter(isVariable) } : object;
    const others = withProxys([...list, ...environmentOf(variables)], argumentsOf(object));
    yield* groupsUnlessOff(own, name, depth === 0 ? places : undefined);
    for (const one of others) yield* variableGroups(one, name);
    for (const [secret, text] of [own, ...others].flatMap(loneSecrets))
      alone.push({ called: name === unnamed ? secret : `${name}: ${secret}`, value: text });
    yield undefined;
    if (depth >= deepest) continue;
    const given = [...scalars(object['env']), ...scalars(object['variables']), ...environmentOf(variables)];
    const isOuter = ([one]: readonly [string, string]) => !given.some(([inner]) => inner === one);
    const here = { ...next, name, env: [...(next.env ?? []).filter(isOuter), ...given] };
    for (const found of commandsIn(object, here.env, within))
      if (typeof found === 'object') asked.push(found);
    const taken = [drawer, 'encryptedData', ...(list.length > 0 ? ['data', 'stringData'] : [])];
    // One by one: a list may be longer than what a call takes.
    for (const one of innerNodes(here, object, taken).toReversed())
      if (typeof one.value === 'object' && one.value !== null) todo.push(one);
    for (const [key, text] of [...list, ...scalars(value)]) yield* textsIn(key, text, here, { todo, within });
  }
}

/** Clients of what a workflow or a pipeline runs: a text, or a list of lines. @see https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax */
function commandsIn(object: Json, env: VariableList, within: Source['within']): readonly Found[] {
  return ['run', 'script', 'bash', 'inlineScript', 'command'].flatMap((key) => {
    const text = [object[key]].flat().join('\n');
    if (!/\bgrant_type\b/.test(text)) return [];
    const list = env.filter(([, value]) => !/['\n]/.test(value)).map(([name, value]) => `${name}='${value}'`);
    const plain = text.replace(/\$\{\{\s{0,9}env\.(\w{1,100})\s{0,9}\}\}/g, '$$$1');
    return within?.([...list, plain].join('\n'), `${key}.sh`) ?? [];
  });
}

/** Variables and arguments, each alone; those of oauth2-proxy are the same settings. @see https://oauth2-proxy.github.io/oauth2-proxy/configuration/overview */
function withProxys(variables: VariableList, given: VariableList): readonly VariableList[] {
  const own = given.length === 0 ? [] : variables.filter(([name]) => name.startsWith('OAUTH2_PROXY_'));
  const arguments_ = [...given, ...own.map(([name, value]) => [name.slice(13), value] as const)];
  return [variables.filter((one) => !own.includes(one)), arguments_];
}

/** What an object says that is not read, as sentences. */
function notRead(object: Json, name: string, notBase64: readonly string[]): readonly string[] {
  return [
    ...notBase64.map((one) => `“${one.slice(0, 60)}” of “${name}” is not base64; it was left out.`),
    ...filesNamedBy(object).map(
      (file) => `“${name}” takes variables from ${file.slice(0, 100)}, too, which was not read.`,
    ),
    ...('encryptedData' in object
      ? [`“${name}” is sealed: only the cluster can read it; it was left out.`]
      : []),
  ];
}

/** What a list or an object holds, but the members that were `taken`. */
function innerNodes(
  { value, name, depth, signsIn = false, env = [] }: Node,
  object: Json,
  taken: readonly (string | undefined)[],
): readonly Node[] {
  if (Array.isArray(value))
    return listOf(value).map((item) => ({ value: item, name, depth: depth + 1, signsIn, env }));
  return Object.entries(object)
    .filter(([key]) => !taken.includes(key))
    .map(([key, item]) => ({
      value: item,
      name: places.test(key) ? name : key,
      depth: depth + 1,
      signsIn: signsIn || ofProviders.test(key),
      env,
    }));
}

/** A text that may be a connection string, or a whole file. */
function* textsIn(
  key: string,
  text: string,
  here: Node,
  { todo, within }: Pick<Visit, 'within'> & { readonly todo: Node[] },
): Iterable<Found | undefined> {
  yield fromConnectionString(text, key);
  // What is JSON as text, as of AWS's Secrets Manager.
  if (/^\{\s*"/.test(text)) yield* fromFile(`${key}.json`, text, here, todo);
  else if (key.includes('.') && text.includes('\n'))
    yield* within?.(text, key) ?? fromFile(key, text, here, todo);
  else if (/^[\w.-]{3,100}=[^\n]*\n[\w.-]{3,100}=/m.test(text))
    // With quotes as shells have them, or as properties.
    yield* fromFile(/^[\w.-]{3,100}=["']/m.test(text) ? '.env' : `${key}.properties`, text, here, todo);
}

/** `{ name, value }` of a container's environment. */
function isVariable(item: unknown): boolean {
  const { name, value } = objectOf(item);
  return textOf(name) !== undefined && typeof value === 'string';
}

/** A whole file that is a value, as in a ConfigMap. */
function* fromFile(
  fileName: string,
  text: string,
  { name, depth }: Omit<Node, 'value'>,
  todo: Node[],
): Iterable<Found> {
  const read = readSource(text, { fileName });
  if ('problem' in read) return;
  yield* read.twice;
  yield* variableGroups(read.source.variables, name);
  for (const value of read.source.documents) todo.push({ value, name, depth: depth + 1 });
}
