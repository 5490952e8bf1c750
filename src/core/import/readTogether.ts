import type { FileResult } from './combineFiles.ts';
import { keyOf, ofEnvironment, ownSecret } from './eachEnvironment.ts';
import { isOfLone } from './variableGroups.ts';
import { withoutSecretOf } from './writtenOnce.ts';
import type { ImportedProfile, ImportResult, Lent, Scope, VariableList } from './imported.ts';

/** Reads a file, with the variables of others around its own. */
export type ReadFile = (file: string, scope?: Scope) => Promise<ImportResult>;

/** What the files of a folder hold. */
export interface FolderResult {
  readonly results: readonly FileResult[];
  /** Files that profiles, or values of theirs, are from. */
  readonly holding: readonly string[];
}

/**
 * The files of a folder, each read with what others of its tool lend it: a profile for each environment that gives it values. Where
 * several collections could mean an environment, a client or a server of the one is never joined with a secret of the other: it is
 * left open, and said.
 *
 * @param files their paths below the folder, with `/` between names.
 */
export async function readTogether(files: readonly string[], read: ReadFile): Promise<FolderResult> {
  const results: FileResult[] = [];
  for (const file of files) results.push({ file, result: await read(file) });
  const used = new Map<string, Set<string>>();
  const together: FileResult[] = [];
  for (const one of results) together.push(await withOthers(one, results, { read, used }));
  // What a collection found by an environment is not a second client of that environment's.
  return {
    results: together.map(({ file, result }) => {
      const ids = used.get(file);
      const profiles = result.profiles.filter(({ entry }) => ids?.has(idOf(entry)) !== true);
      // Nor is a secret that it found there one without a client.
      const problems = ids === undefined ? result.problems : result.problems.filter((one) => !isOfLone(one));
      return { file, result: { ...result, profiles, problems } };
    }),
    holding: together.flatMap(({ file, result }) =>
      result.profiles.length > 0 || used.has(file) ? [file] : [],
    ),
  };
}

/** A lent list, with the file it is from. */
interface Neighbour extends Lent {
  readonly file: string;
}

interface Reading {
  readonly read: ReadFile;
  /** The clients that were found with the help of a file. */
  readonly used: Map<string, Set<string>>;
}

async function withOthers(
  one: FileResult,
  all: readonly FileResult[],
  { read, used }: Reading,
): Promise<FileResult> {
  const { file, result } = one;
  if (result.tool === undefined || result.tool === '.env' || result.profiles.length === 0) return one;
  if (isEnvironmentFile(result)) return one;
  const lent = neighboursOf(one, all);
  const shared = lent.filter(({ kind }) => kind === 'shared');
  const environments = lent.filter(({ kind }) => kind === 'environment');
  if (lent.length === 0) return one;
  const rivals = result.tool === 'Bruno' ? [] : collectionsBeside(one, all, environments);
  const own = environments.filter((env) => ownerOf(env, [one, ...rivals]) === file);
  const anybodys = environments.filter((env) => ownerOf(env, [one, ...rivals]) === undefined);
  const tries = own.length > 0 ? own : anybodys;
  const base = await read(file, scopeOf(one, shared, undefined));
  const profiles: ImportedProfile[] = base.profiles.filter(({ problems }) => problems === undefined);
  const solved = new Map<number, { readonly environment: Neighbour; readonly profile: ImportedProfile }[]>();
  for (const one of shared) used.set(one.file, used.get(one.file) ?? new Set());
  const open = new Map(base.profiles.map((profile) => [keyOf(profile), profile]));
  const isShared = own.length === 0 && rivals.length > 0;
  const doubtful = new Set<string>();
  for (const environment of tries) {
    const found = await read(file, scopeOf(one, shared, environment));
    for (const [at, profile] of found.profiles.entries()) {
      if (open.has(keyOf(profile))) continue;
      const before = base.profiles[at];
      if (isShared && (found.profiles.length !== base.profiles.length || isPartly(before))) {
        doubtful.add(environment.name);
        continue;
      }
      solved.set(at, [...(solved.get(at) ?? []), { environment, profile }]);
      const ids = used.get(environment.file) ?? new Set();
      used.set(environment.file, ids.add(idOf(profile.entry)));
    }
  }
  const written = new Set(result.profiles.map(({ secret }) => secret));
  for (const [at, found] of solved) {
    const before = base.profiles[at];
    const without = before?.problems === undefined ? before : undefined;
    const all = found.map(({ profile }) => profile);
    const place = { of: JSON.stringify([file, at]), many: tries.length > 1 };
    for (const { environment, profile } of found) {
      // What the environment writes itself is written beside its server.
      const isOwn = environment.variables.some(([, value]) => value.includes(profile.secret ?? value));
      const others = isOwn || without === undefined ? all : [...all, without];
      const own = ownSecret(isOwn ? profile : withoutSecretOf(profile, others), others, []);
      profiles.push(ofEnvironment(own, environment.name, place));
    }
    // What neither file writes is for all of them.
    if (without && !written.has(without.secret))
      profiles.splice(profiles.indexOf(without), 1, withoutSecretOf(without, all));
  }
  // What no environment says anything of is left for the form.
  const left = base.profiles.filter(({ problems }, at) => problems !== undefined && !solved.has(at));
  profiles.push(...left.map((profile) => (doubtful.size === 0 ? profile : doubted(profile, doubtful))));
  return { file, result: { ...base, profiles: [...profiles] } };
}

/** Whether it is what others are completed with. */
function isEnvironmentFile({ lends }: ImportResult): boolean {
  return lends?.().some(({ kind }) => kind === 'environment') ?? false;
}

function scopeOf(
  { file, result }: FileResult,
  shared: readonly Neighbour[],
  environment: Neighbour | undefined,
): Scope {
  const chosen = environment?.variables ?? [];
  const lists = (some: readonly Neighbour[]) => some.map(({ variables }) => variables);
  if (result.tool !== 'Bruno') return { under: lists(shared), over: chosen };
  // A whole collection, or the file of its own settings: the environment's win.
  if (!/\.(?:bru|ya?ml)$/.test(file) || /(?:^|\/)(?:open)?collection\.(?:bru|ya?ml)$/.test(file))
    return { under: lists(shared), over: chosen };
  // A request's file: the collection's, the environment's, then those of the folders it is in.
  const isFolders = ({ file: from }: Neighbour) => /(?:^|\/)folder\.(?:bru|ya?ml)$/.test(from);
  return {
    under: [...lists(shared.filter((one) => !isFolders(one))), chosen, ...lists(shared.filter(isFolders))],
    over: [],
  };
}

/** What the files of its tool lend a file: what stands in its folder or above it, of environments the nearest. */
function neighboursOf({ file, result }: FileResult, all: readonly FileResult[]): readonly Neighbour[] {
  const home = homeOf(file);
  const above = all
    .filter((other) => other.file !== file && isWithin(home, homeOf(other.file)))
    .toSorted((one, other) => homeOf(one.file).length - homeOf(other.file).length);
  const those = above
    .filter((other) => other.result.tool === result.tool)
    .flatMap((other) => (other.result.lends?.() ?? []).map((one) => ({ ...one, file: other.file })));
  // Of globals there is one file: of several, each is of another workspace.
  const globals = those.filter(({ kind, file: from }) => kind === 'shared' && from.endsWith('.json'));
  const lent = those.map((one) =>
    globals.length > 1 && globals.includes(one) ? { ...one, kind: 'environment' as const } : one,
  );
  const environments = lent.filter(({ kind }) => kind === 'environment');
  const nearest = Math.max(...environments.map((one) => homeOf(one.file).length));
  const process =
    result.tool === 'Bruno' ? above.filter((other) => other.result.tool === '.env').slice(-1) : [];
  return [
    ...process.flatMap(({ file: from, result: { lends } }) =>
      (lends?.() ?? []).map((one) => ({ ...one, file: from, variables: ofProcess(one.variables) })),
    ),
    ...lent.filter((one) => one.kind === 'shared' || homeOf(one.file).length === nearest),
  ];
}

/** How Bruno names what stands in a `.env`. @see https://docs.usebruno.com/secrets-management/dotenv-file */
function ofProcess(variables: VariableList): VariableList {
  return variables.map(([name, value]) => [`process.env.${name}`, value]);
}

/** The folder that a file is of: what only sorts files by their kind counts as nothing. */
function homeOf(file: string): string {
  const folders = file.split('/').slice(0, -1);
  while (/^(?:environments?|envs?|globals?|collections?|requests?|\.resources)$/i.test(folders.at(-1) ?? ''))
    folders.pop();
  return folders.map((one) => `${one}/`).join('');
}

function isWithin(home: string, outer: string): boolean {
  return home.startsWith(outer);
}

/** Other collections of the same tool that have clients, and that the same environments are near or above. */
function collectionsBeside(
  one: FileResult,
  all: readonly FileResult[],
  environments: readonly Neighbour[],
): readonly FileResult[] {
  // A file in YAML is one of several of a collection.
  const homes = [one, ...(/\.ya?ml$/.test(one.file) ? [] : environments)].map(({ file }) => homeOf(file));
  return all.filter(
    (other) =>
      other.file !== one.file &&
      other.result.tool === one.result.tool &&
      other.result.profiles.length > 0 &&
      !isEnvironmentFile(other.result) &&
      (isWithin(homeOf(one.file), homeOf(other.file)) ||
        homes.some((home) => isWithin(homeOf(other.file), home))),
  );
}

/** The file of the collection whose name an environment's name or file begins with; of several the longest. */
function ownerOf(environment: Neighbour, collections: readonly FileResult[]): string | undefined {
  const called = [environment.name, nameOf(environment.file)].map(plain);
  const owners = collections
    .map(({ file }) => ({ file, name: plain(nameOf(file)) }))
    .filter(({ name }) => name !== '' && called.some((one) => one.startsWith(name)))
    .toSorted((one, other) => other.name.length - one.name.length);
  return owners[0]?.file;
}

/** A file's name without what says its kind. */
function nameOf(file: string): string {
  return (file.split('/').at(-1) ?? '').replace(
    /[._-](?:postman|hoppscotch|thunder|insomnia)[\w.-]*$|\.\w+$/i,
    '',
  );
}

function plain(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}

/** Whether it holds a client, its secret or a server itself, which may not be that of an environment. */
function isPartly(profile: ImportedProfile | undefined): boolean {
  if (profile?.secret !== undefined || profile === undefined) return true;
  return ['tokenEndpoint', 'issuer', 'clientId'].some((field) => field in profile.entry);
}

function doubted(profile: ImportedProfile, names: ReadonlySet<string>): ImportedProfile {
  const which = [...names]
    .slice(0, 5)
    .map((name) => `“${name.slice(0, 60)}”`)
    .join(', ');
  const problem = `The environment ${which} may be meant, but other collections of the folder may mean it, too: nothing was taken from it.`;
  return { ...profile, problems: [...(profile.problems ?? []), problem] };
}

function idOf(entry: ImportedProfile['entry']): string {
  return typeof entry['clientId'] === 'string' ? entry['clientId'] : '';
}
