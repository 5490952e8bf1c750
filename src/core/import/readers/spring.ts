import { partNamed } from '../fields.ts';
import { Gathered } from '../gathered.ts';
import { textOf, textsOf, type Found, type Json, type Variables } from '../imported.ts';
import { serverNamed } from '../knownServers.ts';
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
  read: (source) => documentsOf(source).flatMap(fromDocument),
};

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
function documentsOf({ documents, variables }: Source): readonly Json[] {
  const inProperties = variables.filter(([name]) => name.startsWith('spring.'));
  if (documents.length === 0)
    return inProperties.length === 0 ? [] : [nested(Object.fromEntries(inProperties))];
  return documents.map((document) => nested(objectOf(document)));
}

/** `{ "a.b": 1, a: { c: 2 } }` as `{ a: { b: 1, c: 2 } }`. */
function nested(document: Json): Json {
  const root: Node = new Map();
  for (const [path, value] of leavesOf(document)) {
    const names = path.split('.');
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

type Node = Map<string, unknown>;

function plain(node: Node): Json {
  return Object.fromEntries(
    [...node].map(([name, value]) => [name, value instanceof Map ? plain(value as Node) : value]),
  );
}

/** Everything that is no object, by its dotted name, at most twelve levels deep. */
function leavesOf(document: Json): readonly (readonly [string, unknown])[] {
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

function fromDocument(document: Json): Found[] {
  const providers = providersOf(document);
  const variables = propertiesOf(document);
  const registrations = clientOf(document);
  return idsOf(document).map((id) => {
    const registration = objectOf(registrations[id]);
    const called = textOf(registration['provider']) ?? id;
    return fromRegistration(id, registration, providerOf(called, objectOf(providers[called])), variables);
  });
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
function propertiesOf(document: Json): Variables {
  return new Map(
    leavesOf(document).flatMap(([name, value]) =>
      typeof value === 'string' || typeof value === 'number' ? [[name, String(value)] as const] : [],
    ),
  );
}
