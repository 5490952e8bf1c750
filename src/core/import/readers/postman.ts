import { Gathered } from '../gathered.ts';
import {
  isOff,
  listOf,
  objectOfPairs,
  textOf,
  textsOf,
  type Found,
  type ImportedEnvironment,
  type Json,
  type Scope,
  type VariableList,
  type Variables,
} from '../imported.ts';
import { rootOf, type Reader, type Source } from '../reader.ts';
import { sameOnce } from '../sameOnce.ts';
import { layered, readLayered, stacked } from '../sharedVariables.ts';
import { tokenRequestIn } from '../tokenRequest.ts';
import { clientsIn } from '../variableGroups.ts';
import { objectOf } from '../../../shared/json.ts';

/** Deepest folder looked into. */
const deepest = 30;

/** The OAuth 2.0 settings of a collection, its folders and requests. @see https://schema.postman.com (collection v2.0.0, v2.1.0) */
export const postmanCollection: Reader = {
  name: 'Postman collection',
  recognises: (source) => {
    const json = collectionIn(rootOf(source));
    return (
      'info' in json && ('item' in json || 'auth' in json) && !('openapi' in json) && !('swagger' in json)
    );
  },
  tool: 'Postman',
  read: (source) => sameOnce(visit(collectionIn(rootOf(source)), source.scope)),
  environments: (source) => {
    const json = collectionIn(rootOf(source));
    const variables = openOnes(json['variable']);
    return variables.length === 0 ? [] : [{ name: nameOf(json), variables: Object.fromEntries(variables) }];
  },
};

/**
 * A file of a collection of version 3, in which each folder and each request is one: `definition.yaml`, `Orders.request.yaml`.
 *
 * @see https://schema.postman.com/json/draft-2020-12/collection/v3.0.0/
 */
export const postmanFile: Reader = {
  name: 'Postman collection',
  recognises: (source) => /^(?:collection|[a-z]+-request)$/.test(String(rootOf(source)['$kind'])),
  tool: 'Postman',
  read: (source) => sameOnce(visit(asBefore(rootOf(source)), source.scope)),
  lends: (source) => {
    const { $kind, name, variables } = rootOf(source);
    const list = $kind === 'collection' ? keyValues(variables) : [];
    return list.length === 0 ? [] : [{ name: textOf(name) ?? 'Postman', kind: 'shared', variables: list }];
  },
};

/** The same as version 2 has it. */
function asBefore({ name, variables, auth, url, headers, body }: Json): Json {
  const { type, credentials } = objectOf(auth);
  return {
    info: { name },
    variable: pairs(variables),
    auth: { type, [String(type)]: credentials },
    request: { url, body, header: pairs(headers), auth: { type, [String(type)]: credentials } },
  };
}

/** A Postman environment or its globals: loose variables. */
export const postmanEnvironment: Reader = {
  name: 'Postman environment',
  recognises: (source) => {
    const { values } = environmentIn(source);
    return Array.isArray(values) && !values.some((one) => typeof one === 'string');
  },
  read: (source) =>
    clientsIn(keyValues(environmentIn(source)['values']), textOf(environmentIn(source)['name']) ?? 'Postman'),
  tool: 'Postman',
  lends: (source) => {
    const { name, values, _postman_variable_scope: scope } = environmentIn(source);
    return [
      {
        name: textOf(name) ?? 'Postman',
        kind: scope === 'globals' ? 'shared' : 'environment',
        variables: keyValues(values),
      },
    ];
  },
  environments: (source): readonly ImportedEnvironment[] => [
    {
      name: textOf(environmentIn(source)['name']) ?? 'Postman',
      variables: Object.fromEntries(openOnes(environmentIn(source)['values'])),
      switched: true,
    },
  ],
};

/** Exports of Postman's API wrap the collection. */
function collectionIn(json: Json): Json {
  return 'collection' in json && !('info' in json) ? objectOf(json['collection']) : json;
}

/** The same of an environment. */
function environmentIn(source: Source): Json {
  const root = rootOf(source);
  return 'environment' in root && !('values' in root) ? objectOf(root['environment']) : root;
}

function nameOf(json: Json): string {
  return textOf(objectOf(json['info'])['name']) ?? 'Postman';
}

/** @see https://learning.postman.com/docs/sending-requests/variables/variables/: an environment's win over the collection's own */
function* visit(json: Json, { under, over }: Scope): Iterable<Found | undefined> {
  const outer: Variables = stacked(under);
  const winning = new Map(over);
  const todo = [{ node: json, name: nameOf(json), scope: outer, depth: 0 }];
  for (let next = todo.pop(); next; next = todo.pop()) {
    const { node, depth } = next;
    const scope = layered(next.scope, new Map(keyValues(node['variable'])));
    const variables = layered(scope, winning);
    const auth = objectOf(node['auth'] ?? objectOf(node['request'])['auth']);
    const read = (inForce: Variables) => {
      if (auth['type'] === 'oauth2') return fromAuth(settingsOf(auth['oauth2']), next.name, inForce);
      return 'request' in node ? tokenRequestIn(node, next.name, () => inForce) : undefined;
    };
    yield readLayered(variables, read);
    if (depth >= deepest) continue;
    const children = listOf(node['item']).map(objectOf).toReversed();
    for (const child of children)
      todo.push({ node: child, name: textOf(child['name']) ?? nameOf(json), scope, depth: depth + 1 });
  }
}

function fromAuth(settings: Json, node: string, variables: Variables): Found {
  const gathered = new Gathered(variables);
  gathered.put('name', settings['tokenName']);
  gathered.parameterList(pairs(settings['tokenRequestParams']), 'token');
  gathered.parameterList(pairs(settings['authRequestParams']), 'authorization');
  if (pairs(settings['refreshRequestParams']).length > 0)
    gathered.notes.push('Parameters for the refresh request only were left out.');
  gathered.settings(settings);
  return gathered.finish(node);
}

/** `[{ key, value }]` (v2.1) or a plain object (v2.0). */
function settingsOf(value: unknown): Json {
  if (!Array.isArray(value)) return objectOf(value);
  return objectOfPairs(
    pairs(value).flatMap((item) =>
      typeof item['key'] === 'string' && !isOff(item) ? [[item['key'], item['value']] as const] : [],
    ),
  );
}

function pairs(list: unknown): readonly Json[] {
  return Array.isArray(list)
    ? listOf(list).map(objectOf)
    : Object.entries(objectOf(list)).map(([key, value]) => ({ key, value }));
}

/** Variables that are switched on. */
function keyValues(list: unknown): VariableList {
  return pairs(list).flatMap((item) => {
    const name = item['key'] ?? item['id'];
    const [value] = textsOf(item['value']) ?? [];
    return typeof name === 'string' && value !== undefined && !isOff(item) ? [[name, value] as const] : [];
  });
}

/** Those of them that Postman does not mark as secret. */
function openOnes(list: unknown): VariableList {
  return keyValues(pairs(list).filter(({ type }) => type !== 'secret'));
}
