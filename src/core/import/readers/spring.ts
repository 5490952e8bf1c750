import { ofEnvironment, ownSecret } from '../eachEnvironment.ts';
import { partNamed } from '../fields.ts';
import { Gathered } from '../gathered.ts';
import {
  objectOfPairs,
  textOf,
  textsOf,
  type Found,
  type Json,
  type VariableList,
  type Variables,
} from '../imported.ts';
import { serverNamed } from '../knownServers.ts';
import { standsElsewhere } from '../placeholder.ts';
import { readPlaced } from '../readVariables.ts';
import type { Reader, Source } from '../reader.ts';
import { objectOf } from '../../../shared/json.ts';

/**
 * The registrations of a Spring Boot `application.yml` or `.properties`, each with its own provider.
 *
 * @see https://docs.spring.io/spring-boot/reference/web/spring-security.html#web.security.oauth2.client
 */
export const spring: Reader = {
  name: 'Spring Boot configuration',
  recognises: (source) => documentsOf(source).some((document) => idsOf(document).length > 0),
  read: (source) => fromDocuments(documentsOf(source)),
};

/** Most profiles of Spring's that are tried, and registrations in all of them. */
const [most, mostIds] = [20, 1000];

/**
 * What is always in force, and with it what each of Spring's profiles changes: later documents win over those before them.
 *
 * @see https://docs.spring.io/spring-boot/reference/features/external-config.html#features.external-config.files.multi-document
 */
function* fromDocuments(documents: readonly Json[]): Iterable<Found | undefined> {
  const always = documents.filter((one) => profilesOf(one).length === 0);
  const names = [...new Set(documents.flatMap(profilesOf))];
  if (names.length > most) yield `Of ${names.length} profiles of Spring’s, the first ${most} were tried.`;
  const tried = names.slice(0, most).map((name) => {
    const own = documents.filter((one) => profilesOf(one).includes(name));
    return { name, layers: documents.filter((one) => always.includes(one) || own.includes(one)), own };
  });
  const whole = merged(documents);
  const isClient = Object.keys(clientOf(whole)).length > 0;
  const has = (id: string, layers: readonly Json[]) =>
    layers.length > 0 && id in (isClient ? clientOf : providersOf)(merged(layers));
  const ids = idsOf(whole);
  if (ids.length > mostIds) yield `Of ${ids.length} registrations, the first ${mostIds} were read.`;
  for (const id of ids.slice(0, mostIds)) {
    const others = tried.filter(
      ({ own, layers }) => has(id, layers) && own.some((one) => changes(id, one, merged(layers))),
    );
    const base = has(id, always) ? fromLayers(id, always) : undefined;
    const isLeft = base === undefined || (others.length > 0 && isHalf(base));
    if (!isLeft) yield base;
    for (const { name, layers } of others) {
      const one = fromLayers(id, layers);
      const place = { of: id, many: others.length > 1 || !isLeft };
      yield typeof one === 'string' ? one : ofEnvironment(one, name, place);
    }
  }
}

/** Whether it lacks what an environment may say. */
function isHalf(found: Found): boolean {
  if (typeof found === 'string') return false;
  const { entry, problems } = found;
  return problems !== undefined || !('clientId' in entry) || !('issuer' in entry || 'tokenEndpoint' in entry);
}

/** The profiles that a document is for; of any if it says none. */
function profilesOf(document: Json): readonly string[] {
  const { config, profiles } = objectOf(document['spring']);
  const on = objectOf(objectOf(config)['activate'])['on-profile'] ?? profiles;
  return (textsOf(on) ?? []).flatMap((text) => text.split(',')).map((name) => name.trim());
}

/** Of the same documents it is the same: many registrations may stand in them. */
function once<From extends object, To extends object>(make: (from: From) => To): (from: From) => To {
  const made = new WeakMap<From, To>();
  return (from) => {
    const known = made.get(from) ?? make(from);
    made.set(from, known);
    return known;
  };
}

/** Documents that lie over each other, as one. */
const merged = once((layers: readonly Json[]): Json => {
  const [only] = layers;
  return only !== undefined && layers.length === 1 ? only : fromLeaves(layers.flatMap(leavesOf));
});

/** Whether a document says anything of a registration or its provider. */
function changes(id: string, one: Json, whole: Json): boolean {
  const called = textOf(objectOf(clientOf(whole)[id])['provider']) ?? id;
  return id in clientOf(one) || called in providersOf(one);
}

/** A registration; without the secret that a document below writes beside another client or server. */
function fromLayers(id: string, layers: readonly Json[]): Found {
  const found = fromDocument(id, merged(layers));
  if (typeof found === 'string' || found.secret === undefined) return found;
  const telling = layers.filter((one) => changes(id, one, merged(layers)));
  const beneath = telling.map((_, end) => fromDocument(id, merged(telling.slice(0, end))));
  return ownSecret(
    found,
    [],
    beneath.filter((one) => typeof one === 'object'),
  );
}

/** Providers that Spring knows itself. @see org.springframework.security.config.oauth2.client.CommonOAuth2Provider */
const common: Readonly<Record<string, Json | undefined>> = {
  google: serverNamed('google'),
  github: serverNamed('github'),
  facebook: {
    'authorization-uri': 'https://www.facebook.com/v2.8/dialog/oauth',
    'token-uri': 'https://graph.facebook.com/v2.8/oauth/access_token',
  },
};

/** Documents with dotted names taken apart; a `.properties` file is one. */
function documentsOf({ documents, variables, fileName, text }: Source): readonly Json[] {
  const list = variables.filter(([name]) => name.startsWith('spring.'));
  if (documents.length === 0 && list.length === 0) return [];
  if (documents.length === 0)
    return [nested(Object.fromEntries(fileName === '' ? withoutParted(list, text) : list))];
  return documents.map((document) => inSpring(nested(objectOf(document))));
}

/** What is pasted may be several texts: a secret is left where a comment or a heading parts it from its client or server, though they are called alike. */
function withoutParted(list: VariableList, text: string): VariableList {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const { places } = readPlaced(lines.join('\n'));
  const ofPart = new Map<string, string[]>();
  for (const [name] of list)
    for (const part of new Set(name.split('.').slice(1, -1))) {
      const names = ofPart.get(part) ?? [];
      ofPart.set(part, names);
      names.push(name);
    }
  /** Thousands of secrets may stand together, of one name or in one place. */
  const known = new Map<string, boolean>();
  const parted = (name: string, id: string): boolean => {
    const here = places.get(name) ?? new Set();
    const key = `${id} ${[...here].join(' ')}`;
    const isParted =
      known.get(key) ??
      ofPart.get(id)?.some((one) => ![...(places.get(one) ?? here)].some((at) => here.has(at))) === true;
    known.set(key, isParted);
    return isParted;
  };
  return list.map(([name, value]) => {
    const [, id] = /\.([^.]+)\.client-?secret$/i.exec(name) ?? [];
    if (id === undefined) return [name, value];
    const isParted = known.get(name) ?? parted(name, id);
    known.set(name, isParted);
    return [name, isParted ? standsElsewhere('client-secret') : value];
  });
}

const way = ['spring', 'security', 'oauth2', 'client'];

/** A piece of a configuration, such as all below `spring`, where it stands. */
function inSpring(document: Json): Json {
  const left = [0, 1, 2].find(
    (from) => 'registration' in way.slice(from).reduce((node, name) => objectOf(node[name]), document),
  );
  return way.slice(0, left ?? 0).reduceRight((inner: Json, name) => ({ [name]: inner }), document);
}

/** `{ "a.b": 1, a: { c: 2 } }` as `{ a: { b: 1, c: 2 } }`; of one that stands twice in it, none is guessed. */
function nested(document: Json): Json {
  return fromLeaves(Object.entries(objectOfPairs(leavesOf(document))));
}

/** Of one that stands twice, the last. */
function fromLeaves(leaves: Leaves): Json {
  const root: Node = new Map();
  for (const [path, value] of leaves) {
    const names = path.split('.', deepest + 1);
    if (names.length > deepest) continue;
    const last = names.pop() ?? '';
    let node = root;
    for (const name of names) {
      const next = node.get(name);
      const inner: Node = next instanceof Map ? (next as Node) : new Map<string, unknown>();
      node.set(name, inner);
      node = inner;
    }
    node.set(last, value);
  }
  return plain(root);
}

/** Parts of a name: none of Spring's has half as many. */
const deepest = 40;

type Node = Map<string, unknown>;

type Leaves = readonly (readonly [path: string, value: unknown])[];

function plain(node: Node): Json {
  return Object.fromEntries(
    [...node].map(([name, value]) => [name, value instanceof Map ? plain(value as Node) : value]),
  );
}

/** Everything that is not an object, by its dotted name, at most twelve levels deep. */
function leavesOf(document: Json): Leaves {
  const leaves: (readonly [string, unknown])[] = [];
  const todo: (readonly [string, unknown, number])[] = [['', document, 0]];
  for (let next = todo.pop(); next; next = todo.pop()) {
    const [before, value, depth] = next;
    const entries = Object.entries(objectOf(value));
    if (entries.length === 0) leaves.push([before, value]);
    else if (depth < 12)
      for (const [name, inner] of entries.toReversed())
        todo.push([before === '' ? name : `${before}.${name}`, inner, depth + 1]);
  }
  return leaves;
}

function clientOf(document: Json): Json {
  const security = objectOf(objectOf(document['spring'])['security']);
  return objectOf(objectOf(objectOf(security['oauth2'])['client'])['registration']);
}

/** The registrations; where there is none, the providers, which lack a client. */
function idsOf(document: Json): readonly string[] {
  const ids = Object.keys(clientOf(document));
  return ids.length > 0 ? ids : Object.keys(providersOf(document));
}

function providersOf(document: Json): Json {
  const security = objectOf(objectOf(document['spring'])['security']);
  return objectOf(objectOf(objectOf(security['oauth2'])['client'])['provider']);
}

function fromDocument(id: string, document: Json): Found {
  const registration = objectOf(clientOf(document)[id]);
  const called = textOf(registration['provider']) ?? id;
  const provider = providerOf(called, objectOf(providersOf(document)[called]));
  return fromRegistration(id, registration, provider, propertiesOf(document));
}

/** What is written of a provider, and of what Spring knows itself only what is left open: with an issuer, nothing. */
function providerOf(called: string, written: Json): Json {
  const named = new Set(Object.keys(written).map(partNamed));
  const open = ([name]: readonly [string, unknown]) => !named.has('issuer') && !named.has(partNamed(name));
  const hasServer = named.has('tokenEndpoint');
  const known = Object.entries(common[called] ?? {}).filter(
    (one) => open(one) && !(hasServer && partNamed(one[0]) === 'issuer'),
  );
  return { ...Object.fromEntries(known), ...written };
}

function fromRegistration(id: string, registration: Json, provider: Json, variables: Variables): Found {
  const gathered = new Gathered(variables);
  gathered.put('name', registration['client-name'] ?? id);
  const method = registration['client-authentication-method'] ?? registration['clientAuthenticationMethod'];
  gathered.put('clientAuthentication', method);
  gathered.putAll(registration, [
    'client-authentication-method',
    'clientAuthenticationMethod',
    'provider',
    'redirect-uri',
    'redirectUri',
    'scope',
  ]);
  gathered.put('scope', (textsOf(registration['scope']) ?? []).join(' ').replaceAll(',', ' '));
  gathered.putAll(provider);
  if (gathered.get('grant') === undefined) gathered.put('grant', 'authorization_code');
  const redirect = textOf(registration['redirect-uri'] ?? registration['redirectUri']);
  if (redirect?.includes('{') === true)
    gathered.notes.push(
      `The redirect URI ${redirect.slice(0, 100)} is the application’s own; register http://127.0.0.1/callback too.`,
    );
  else gathered.put('redirectUri', redirect);
  return gathered.finish(id);
}

/** All properties of the document by their dotted names, which `${…}` names. */
const propertiesOf = once(
  (document: Json): Variables =>
    new Map(
      leavesOf(document).flatMap(([name, value]) =>
        typeof value === 'string' || typeof value === 'number' ? [[name, String(value)] as const] : [],
      ),
    ),
);
