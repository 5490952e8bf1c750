import { Gathered } from '../gathered.ts';
import {
  isOff,
  listOf,
  textOf,
  type Found,
  type ImportedEnvironment,
  type Json,
  type VariableList,
  type Variables,
} from '../imported.ts';
import { rootOf, type Reader } from '../reader.ts';
import { sameOnce } from '../sameOnce.ts';
import { variableGroups } from '../variableGroups.ts';
import { objectOf } from '../../../shared/json.ts';

/** An export of Insomnia up to version 10 (format 4): a flat list with parents. */
export const insomnia4: Reader = {
  name: 'Insomnia export',
  recognises: (source) => rootOf(source)['_type'] === 'export' && Array.isArray(rootOf(source)['resources']),
  read: (source) => sameOnce(fromResources(listOf(rootOf(source)['resources']).map(objectOf))),
  environments: (source) =>
    listOf(rootOf(source)['resources'])
      .map(objectOf)
      .filter(({ _type }) => _type === 'environment')
      .map((one) => asEnvironment(one['name'], one['data'])),
};

/** A collection or environment of Insomnia 11 and later (format 5): a tree in YAML. */
export const insomnia5: Reader = {
  name: 'Insomnia collection',
  recognises: (source) =>
    /^\w{1,40}(?:\.\w{1,40})?\.insomnia\.rest\/5/.test(textOf(rootOf(source)['type']) ?? ''),
  read: (source) => sameOnce(fromTree(rootOf(source))),
  environments: (source) => environmentsOf(rootOf(source)).map(({ name, data }) => asEnvironment(name, data)),
};

interface Environment {
  readonly name: unknown;
  readonly data: unknown;
}

/** @see https://docs.insomnia.rest/insomnia/environment-variables: the base, then what stands under it */
function environmentsOf(root: Json): readonly Environment[] {
  const base = objectOf(root['environments']);
  if (Object.keys(base).length === 0) return [];
  const inner = listOf(base['subEnvironments'] ?? base['environments']).map(objectOf);
  return [base, ...inner].map(({ name, data }) => ({ name, data }));
}

function asEnvironment(name: unknown, data: unknown): ImportedEnvironment {
  return { name: textOf(name) ?? 'Insomnia', variables: Object.fromEntries(flattened(data)) };
}

function* fromResources(resources: readonly Json[]): Iterable<Found | undefined> {
  const parents = new Map(resources.map((one) => [one['_id'], one]));
  const bases = new Map<unknown, VariableList>();
  const seconds = new Map<unknown, VariableList[]>();
  for (const { _type, _id, parentId, data } of resources) {
    if (_type !== 'environment') continue;
    if (textOf(parents.get(parentId)?.['_type']) === 'environment') {
      const base = parents.get(parentId)?.['parentId'];
      seconds.set(base, [...(seconds.get(base) ?? []), flattened(data)]);
    } else bases.set(parentId ?? _id, flattened(data));
  }
  let found = false;
  for (const one of resources) {
    const auth = objectOf(one['authentication']);
    if (auth['type'] !== 'oauth2') {
      yield undefined;
      continue;
    }
    found = true;
    const [workspace, groups] = lineOf(one, parents);
    const [only = [], ...others] = seconds.get(workspace) ?? [];
    const variables = new Map([
      ...(bases.get(workspace) ?? []),
      ...(others.length === 0 ? only : []),
      ...groups,
    ]);
    yield fromAuth(auth, textOf(one['name']) ?? 'Insomnia', variables);
  }
  if (!found)
    for (const { _type, name, data } of resources)
      if (_type === 'environment') yield* variableGroups(flattened(data), textOf(name) ?? 'Insomnia');
}

/** The workspace of a request, and the variables of the folders it is in, the outermost first. */
function lineOf(one: Json, parents: ReadonlyMap<unknown, Json>): readonly [unknown, VariableList] {
  let variables: VariableList = flattened(one['environment']);
  let parent = one['parentId'];
  for (let depth = 0; depth < 30; depth++) {
    const node = parents.get(parent);
    if (node?.['_type'] !== 'request_group') break;
    variables = [...flattened(node['environment']), ...variables];
    parent = node['parentId'];
  }
  return [parent, variables];
}

function* fromTree(root: Json): Iterable<Found | undefined> {
  const [base, ...others] = environmentsOf(root);
  const [only] = others;
  const shared = [...flattened(base?.data), ...(others.length === 1 ? flattened(only?.data) : [])];
  const todo = [
    {
      node: root,
      name: textOf(root['name']) ?? 'Insomnia',
      variables: new Map(shared) as Variables,
      depth: 0,
    },
  ];
  let found = false;
  for (let next = todo.pop(); next; next = todo.pop()) {
    const { node, depth } = next;
    const own = flattened(node['environment']);
    const variables: Variables = own.length === 0 ? next.variables : new Map([...next.variables, ...own]);
    const auth = objectOf(node['authentication']);
    found ||= auth['type'] === 'oauth2';
    yield auth['type'] === 'oauth2' ? fromAuth(auth, next.name, variables) : undefined;
    if (depth >= 30) continue;
    const children = [...listOf(node['collection']), ...listOf(node['children'])].map(objectOf).toReversed();
    for (const child of children)
      todo.push({ node: child, name: textOf(child['name']) ?? next.name, variables, depth: depth + 1 });
  }
  if (found) return;
  for (const { name, data } of environmentsOf(root))
    yield* variableGroups(flattened(data), textOf(name) ?? 'Insomnia');
}

function fromAuth(auth: Json, name: string, variables: Variables): Found {
  if (isOff(auth))
    return `“${name.slice(0, 100)}”: its OAuth 2.0 settings are switched off; they were left out.`;
  const gathered = new Gathered(variables);
  gathered.putAll(auth);
  if (typeof auth['credentialsInBody'] === 'boolean')
    gathered.put('clientAuthentication', auth['credentialsInBody'] ? 'body' : 'basic', 'credentialsInBody');
  else if (textOf(auth['clientSecret']) !== undefined) gathered.put('clientAuthentication', 'basic');
  return gathered.finish(name);
}

/** `{ a: { b: 1 } }` as `a.b`, which is how templates name it; with text only. */
function flattened(data: unknown, before = '', depth = 0): VariableList {
  return Object.entries(objectOf(data)).flatMap(([name, value]): VariableList => {
    if (typeof value === 'string' || typeof value === 'number') return [[before + name, String(value)]];
    return depth < 5 ? flattened(value, `${before}${name}.`, depth + 1) : [];
  });
}
