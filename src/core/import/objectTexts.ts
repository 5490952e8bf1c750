import { partNamed } from './fields.ts';
import { isOff, textOf, textsOf, type Json, type VariableList } from './imported.ts';
import { objectOf } from '../../shared/json.ts';

/** Objects that only sort the settings of the client they stand in. */
const drawers =
  /^(?:openid|oidc|oidcConfig|provider|endpoints?|credentials?|client-?credentials|client_?kwargs|wellKnown|serverConfiguration|loginWith|oauth|args)$/i;

const ofServer: ReadonlySet<string | undefined> = new Set([
  'tokenEndpoint',
  'issuer',
  'authorizationEndpoint',
]);

/** What holds nothing but a client; what is called `oauth` may be one of another server than the program's own. */
const ofClient = /^(?:client|(?:client[_-]?)?credentials?|client_?auth(?:entication)?)$/i;

/** The drawer in which the client of a server stands: `{ tokenUrl, credentials: { clientId } }`. */
export function drawerOfClient(object: Json): string | undefined {
  const has = (value: unknown, isWanted: (part: string | undefined) => boolean) =>
    scalars(value).some(([name]) => isWanted(partNamed(name)));
  const isId = (part: string | undefined) => part === 'clientId';
  const places = [object, object['endpoints']];
  if (has(object, isId) || !places.some((place) => has(place, (part) => ofServer.has(part))))
    return undefined;
  const [drawer, ...others] = Object.keys(object).filter(
    (key) => ofClient.test(key) && !isOff(objectOf(object[key])) && has(object[key], isId),
  );
  const isOwn = drawer !== undefined && !has(object[drawer], (part) => ofServer.has(part));
  return others.length === 0 && isOwn ? drawer : undefined;
}

/** The texts of a client, and those of objects in it that sort them: `token: { url }`, `credentials: { secret }`. */
export function withInner(object: Json, depth = 0): VariableList {
  const own = scalars(object);
  if (depth === 0 && !own.some(([name]) => partNamed(name) === 'clientId')) return own;
  const named = new Set(own.flatMap(([name]) => partNamed(name) ?? []));
  const inner = Object.entries(object).flatMap(([key, item]) => {
    const child = objectOf(item);
    // Of Django's allauth.
    const { server_url: server } = child;
    if (key === 'settings' && typeof server === 'string' && !named.has('issuer'))
      return [['issuer', server] as const];
    // The address of a server of their own, such as `enterprise: { baseUrl }`.
    if (/^enterprise/i.test(key))
      return scalars(child).map(([name, text]) => [`${key}.${name}`, text] as const);
    // What is switched off, or has a client of its own, is another one's.
    if ('value' in child || isOff(child) || depth > 2) return [];
    const list = withInner(child, depth + 1);
    if (list.some(([name]) => partNamed(name) === 'clientId') || isElsewhere(own, list)) return [];
    return list.flatMap(([name, text]) => {
      const called = [`${key}.${name}`, ...(drawers.test(key) ? [name] : [])];
      const found = called.find((one) => partNamed(one) !== undefined);
      const part = partNamed(found ?? '');
      return found === undefined || part === undefined || named.has(part) ? [] : [[found, text] as const];
    });
  });
  return [...own, ...inner];
}

/** Whether what a drawer holds is at another server than what it stands in, and may be of another client. */
function isElsewhere(own: VariableList, inner: VariableList): boolean {
  const [here, there] = [own, inner].map((list) =>
    list.flatMap(([name, text]) =>
      ofServer.has(partNamed(name)) && URL.canParse(text) ? [new URL(text).host] : [],
    ),
  );
  return here !== undefined && here.length > 0 && there?.some((host) => !here.includes(host)) === true;
}

/** Parts that a list may have several values of. */
const manyAre: ReadonlySet<string | undefined> = new Set([
  'scope',
  'resource',
  'redirectUri',
  'responseType',
  'audience',
]);

/**
 * What is kept elsewhere: of `clientSecretRef` the name `clientSecret`, unless that is written beside it.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/secret-key-selector
 */
function keptName(name: string, object: Json): string {
  const [, own] =
    /^(client_?(?:id|secret))_?(?:secret)?_?(?:key)?_?(?:ref(?:erence)?|from|selector|arn|env(?:_?var)?|name)$/i.exec(
      name,
    ) ?? [];
  return own === undefined || own in object ? name : own;
}

/** Where a value is kept, by name: `{ name, key }`, or what that stands in; absent for none. */
function placeOf(place: Json): string | undefined {
  const inner =
    Object.values(place)
      .map(objectOf)
      .find((one) => 'name' in one || 'key' in one) ?? place;
  const names = [inner['name'], inner['key']].flatMap((one) => textOf(one) ?? []);
  const [from] = Object.keys(place);
  const said = names.length > 0 ? names.join(', ') : from;
  return said?.replace(/[{}]/g, ' ').slice(0, 60);
}

/** The texts of an object, its lists of texts, and what is written `{ value: … }`. */
export function scalars(value: unknown): VariableList {
  const object = objectOf(value);
  return Object.entries(object).flatMap(([written, item]) => {
    const name = keptName(written, object);
    const part = partNamed(name);
    const inside = objectOf(item);
    // Of a variable of Terraform, or an input of a workflow.
    const hasValue = 'value' in inside;
    if (part !== undefined && !hasValue && textOf(inside['default']) !== undefined)
      return [[name, String(inside['default'])]];
    if (typeof item === 'object' && !Array.isArray(item) && !hasValue) {
      // `{ secretRef: … }`, `{ valueFrom: … }`: it is kept elsewhere, and opens the form.
      const isKept = part === 'clientSecret' || part === 'clientId';
      const from = isKept ? placeOf(inside) : undefined;
      return from === undefined ? [] : [[name, `\${from ${from}}`]];
    }
    if (name !== written) return typeof item === 'string' ? [[name, `\${from ${item.slice(0, 60)}}`]] : [];
    const texts = textsOf(item) ?? [];
    const isList = part === undefined || manyAre.has(part);
    if (texts.length === 0) return [];
    // Of two clients in a list, none is guessed: a placeholder opens the form.
    const isOne = isList || texts.length === 1;
    return [[name, isOne ? texts.join(' ') : `\${one of ${texts.length} values}`] as const];
  });
}
