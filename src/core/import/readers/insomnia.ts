import { variablePart } from '../fields.ts';
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
import { rootOf, type Reader, type Source } from '../reader.ts';
import { sameOnce } from '../sameOnce.ts';
import { above, fewEnough, layered, readLayered, withShared } from '../sharedVariables.ts';
import { tokenRequestIn } from '../tokenRequest.ts';
import { variableGroups } from '../variableGroups.ts';
import { objectOf } from '../../../shared/json.ts';

/** An export of Insomnia up to version 10 (format 4): a flat list with parents. */
export const insomnia4: Reader = {
  name: 'Insomnia export',
  recognises: (source) => rootOf(source)['_type'] === 'export' && Array.isArray(rootOf(source)['resources']),
  read: (source) => sameOnce(fromResources(resourcesOf(source), source.chosen)),
  choices: (source) => choicesOf(environmentsIn(resourcesOf(source))),
  environments: (source) => asEnvironments(environmentsIn(resourcesOf(source))),
};

/** A collection or environment of Insomnia 11 and later (format 5): a tree in YAML. */
export const insomnia5: Reader = {
  name: 'Insomnia collection',
  recognises: (source) =>
    /^\w{1,40}(?:\.\w{1,40})?\.insomnia\.rest\/5/.test(textOf(rootOf(source)['type']) ?? ''),
  read: (source) => sameOnce(fromTree(rootOf(source), source.chosen)),
  choices: (source) => choicesOf(environmentsOf(rootOf(source))),
  environments: (source) => asEnvironments(environmentsOf(rootOf(source))),
};

interface Environment {
  readonly name: string;
  /** Its own values. */
  readonly own: VariableList;
  /** Those of the base it stands under. */
  readonly shared: VariableList;
  /** The workspace it is of. */
  readonly of?: unknown;
  readonly isBase: boolean;
}

/** @see https://docs.insomnia.rest/insomnia/environment-variables: the base, then what stands under it */
function environmentsOf(root: Json): readonly Environment[] {
  const base = objectOf(root['environments']);
  if (Object.keys(base).length === 0) return [];
  const shared = flattened(base['data']);
  const inner = listOf(base['subEnvironments'] ?? base['environments']).map(objectOf);
  return [
    { name: nameOf(base), own: shared, shared: [], isBase: true },
    ...inner.map((one) => ({
      ...{ name: nameOf(one), own: flattened(one['data']), shared },
      isBase: false,
    })),
  ];
}

/** The same of a flat list, which may hold several workspaces. */
function environmentsIn(resources: readonly Json[]): readonly Environment[] {
  const all = resources.filter(({ _type }) => _type === 'environment');
  const byId = new Map(all.map((one) => [one['_id'], { base: one, own: flattened(one['data']) }]));
  return all.map((one) => {
    const { base, own: shared = [] } = byId.get(one['parentId']) ?? {};
    return {
      ...{ name: nameOf(one), own: byId.get(one['_id'])?.own ?? [], shared },
      of: (base ?? one)['parentId'] ?? one['_id'],
      isBase: base === undefined,
    };
  });
}

function choicesOf(all: readonly Environment[]): ReturnType<NonNullable<Reader['choices']>> {
  const base = all.find(({ isBase }) => isBase)?.name;
  const names = [...new Set(all.filter(({ isBase }) => !isBase).map(({ name }) => name))];
  return { names, ...(base !== undefined && { base }) };
}

/** The variables in force in a workspace, by its environments: of the chosen one, else of the base. */
function inForce(own: readonly Environment[], chosen: string | undefined): Variables {
  const one = own.find(({ name, isBase }) => !isBase && name === chosen) ?? own.find(({ isBase }) => isBase);
  return above(new Map(one?.shared), new Map(one?.own));
}

function asEnvironments(all: readonly Environment[]): readonly ImportedEnvironment[] {
  return readable(all).few.map(({ name, own, shared }) => ({
    ...{ name, variables: Object.fromEntries([...shared, ...own]), switched: true },
  }));
}

/** Each is read with the values of its base. */
const readable = (all: readonly Environment[]) =>
  fewEnough(
    all,
    all.reduce((most, { shared }) => Math.max(most, shared.length), 0),
  );

function resourcesOf(source: Source): readonly Json[] {
  return listOf(rootOf(source)['resources']).map(objectOf);
}

function nameOf(node: Json): string {
  return textOf(node['name']) ?? 'Insomnia';
}

function* fromResources(resources: readonly Json[], chosen?: string): Iterable<Found | undefined> {
  const environments = environmentsIn(resources);
  const ofEach = new Map<unknown, Environment[]>();
  for (const one of environments) {
    const own = ofEach.get(one.of) ?? [];
    own.push(one);
    ofEach.set(one.of, own);
  }
  const scopeOf = scopesOf(resources, (workspace) => inForce(ofEach.get(workspace) ?? [], chosen));
  let found = false;
  for (const one of resources) {
    const auth = objectOf(one['authentication']);
    const variables = layered(scopeOf(one['parentId']), new Map(flattened(one['environment'])));
    const read = readLayered(variables, (inForce) =>
      auth['type'] === 'oauth2'
        ? fromAuth(auth, nameOf(one), inForce)
        : tokenRequestIn(one, nameOf(one), () => inForce),
    );
    found ||= read !== undefined;
    yield read;
  }
  if (!found) yield* fromEnvironments(environments, chosen);
}

/** The variables in force within a folder or a workspace, by its id. */
function scopesOf(
  resources: readonly Json[],
  ofWorkspace: (id: unknown) => Variables,
): (id: unknown) => Variables {
  const folders = new Map(
    resources.flatMap((one) => (one['_type'] === 'request_group' ? [[one['_id'], one] as const] : [])),
  );
  // Many requests may stand in one folder: its variables are looked through once.
  const known = new Map<unknown, Variables>();
  const scopeOf = (id: unknown, depth: number): Variables => {
    const before = known.get(id);
    if (before !== undefined) return before;
    const folder = depth < 30 ? folders.get(id) : undefined;
    const scope =
      folder === undefined
        ? // Deeper than anybody puts folders, it is none's.
          ofWorkspace(folders.has(id) ? undefined : id)
        : layered(scopeOf(folder['parentId'], depth + 1), new Map(flattened(folder['environment'])));
    known.set(id, scope);
    return scope;
  };
  return (id) => scopeOf(id, 0);
}

function* fromTree(root: Json, chosen?: string): Iterable<Found | undefined> {
  const environments = environmentsOf(root);
  const todo = [
    {
      node: root,
      name: nameOf(root),
      variables: inForce(environments, chosen),
      depth: 0,
    },
  ];
  let found = false;
  for (let next = todo.pop(); next; next = todo.pop()) {
    const { node, depth } = next;
    const variables = layered(next.variables, new Map(flattened(node['environment'])));
    const auth = objectOf(node['authentication']);
    const read = readLayered(variables, (inForce) =>
      auth['type'] === 'oauth2'
        ? fromAuth(auth, next.name, inForce)
        : tokenRequestIn(node, next.name, () => inForce),
    );
    found ||= read !== undefined;
    yield read;
    if (depth >= 30) continue;
    const children = [...listOf(node['collection']), ...listOf(node['children'])].map(objectOf).toReversed();
    for (const child of children)
      todo.push({ node: child, name: textOf(child['name']) ?? next.name, variables, depth: depth + 1 });
  }
  if (!found) yield* fromEnvironments(environments, chosen);
}

function fromAuth(auth: Json, name: string, variables: Variables): Found {
  if (isOff(auth))
    return `“${name.slice(0, 100)}”: its OAuth 2.0 settings are switched off; they were left out.`;
  const gathered = new Gathered(variables);
  gathered.settings(auth, ['credentialsInBody']);
  if (typeof auth['credentialsInBody'] === 'boolean')
    gathered.put('clientAuthentication', auth['credentialsInBody'] ? 'body' : 'basic', 'credentialsInBody');
  else if (textOf(auth['clientSecret']) !== undefined) gathered.put('clientAuthentication', 'basic');
  return gathered.finish(name);
}

/** Clients that stand in environments alone, each with what the base has that it does not change. */
function* fromEnvironments(environments: readonly Environment[], chosen?: string): Iterable<Found> {
  // Whichever of several is chosen, they are the same: once is enough.
  if (chosen !== undefined && choicesOf(environments).names.length > 1) return;
  const { few, said } = readable(environments);
  yield* said;
  for (const { name, own, shared } of few) {
    const isChanged = own.some(([one]) => variablePart(one) !== undefined);
    if (shared.length > 0 && !isChanged) continue;
    yield* variableGroups(withShared(own, shared), name);
  }
}

/** `{ a: { b: 1 } }` as `a.b`, which is how templates name it; with text only. */
function flattened(data: unknown, before = '', depth = 0): VariableList {
  return Object.entries(objectOf(data)).flatMap(([name, value]): VariableList => {
    if (typeof value === 'string' || typeof value === 'number') return [[before + name, String(value)]];
    return depth < 5 ? flattened(value, `${before}${name}.`, depth + 1) : [];
  });
}
