import { isObject, objectOf } from '../../shared/json.ts';
import { getNodeValue } from 'jsonc-parser';
import { readDotenv } from '../dotenv.ts';
import { jsonTree } from '../jsonTree.ts';
import type { HttpDialect } from './dialect.ts';
import type { VariableSource } from './resolveVariables.ts';
import { systemVariable, type SystemValues } from './systemVariables.ts';

/** A `.env` file: of every environment, or of the one in its name (`dev.env`, `.env.dev`). */
export interface DotenvText {
  readonly environment?: string;
  readonly text: string;
  /** It stands in a folder `env`, where only httpYac looks. */
  readonly inEnvFolder?: true;
}

/** An `http-client*.env.json`. */
interface EnvironmentText {
  readonly text: string;
  /** Visual Studio's `.user`, the private one, or the one that everybody has. */
  readonly kind: 'user' | 'private' | 'shared';
  /** How far above the document it lies; 0: beside it. */
  readonly folder: number;
}

/** What counts for a document besides its own variables, read once. */
export interface EnvironmentTexts {
  /** What wins first: the nearest folder, in it Visual Studio's `.user`, the private, the shared one. */
  readonly json: readonly EnvironmentText[];
  /** REST Client's setting `rest-client.environmentVariables`; hostile like a file. */
  readonly settings?: unknown;
  /** The same of httpYac, which counts for its own files alone. */
  readonly httpyacSettings?: unknown;
  /** The nearest first. */
  readonly dotenv: readonly DotenvText[];
  /** The folder that JetBrains' `{{$projectRoot}}` is. */
  readonly projectRoot?: string;
}

/** The variables of an environment; without a value, what stands there is none, and what others say of it does not count. */
type Variables = ReadonlyMap<string, string | undefined>;
/** The environments of one source, by their names. */
type Environments = ReadonlyMap<string, Variables>;

/** The names under which sources keep what every environment has. */
const shared = ['$shared', '$default', '$kulalaShared'];

/** The path to a header field that Kulala adds, in its present spelling and those before. @see https://kulala.app/usage/environments */
const defaultHeader = /^(?:\$kulalaDefaultHeaders|\$default_headers|DEFAULT_HEADERS)\.([^.]+)$/;

/** Everything that the environment files say, parsed. */
export interface KnownEnvironments {
  /** Those one can choose from, in their order. */
  readonly names: readonly string[];
  /** What stands between braces and is not defined in the file itself; what only a script could know stays unknown. */
  variables: (
    environment: string | undefined,
    system: Omit<SystemValues, 'dotenv' | 'projectRoot'>,
  ) => VariableSource;
  /** The header fields that Kulala adds to each request unless it has its own; none for other tools. */
  headers: (environment: string | undefined, dialect: HttpDialect) => readonly (readonly [string, string])[];
  /** Those of the names that a private file and one of everybody define differently. */
  doubtful: (environment: string | undefined, names: readonly string[]) => readonly string[];
}

/** Reads the environment files of a document; what cannot be read counts as empty. */
export function knownEnvironments({
  json,
  settings,
  httpyacSettings,
  dotenv,
  projectRoot,
}: EnvironmentTexts): KnownEnvironments {
  const files = json.map(({ text, ...file }) => ({ ...file, environments: parsed(text) }));
  const ofSettings = settings === undefined ? [] : [environmentsIn(settings)];
  const everywhere = [...files.map(({ environments }) => environments), ...ofSettings];
  const httpyacs = environmentsIn(httpyacSettings);
  const place = projectRoot === undefined ? {} : { projectRoot };
  const read = dotenv.map(({ text, ...file }) => ({ ...file, values: readDotenv(text) }));
  const names = [
    ...[...everywhere, httpyacs].flatMap((source) => [...source.keys()]),
    ...read.flatMap(({ environment }) => environment ?? []),
  ];
  return {
    names: [...new Set(names)].filter((name) => !name.startsWith('$')),
    variables: (environment, system) => {
      const counting = files.filter((file) => isRead(file, files, system.dialect));
      const sources = [
        ...(system.dialect === 'httpyac' ? [httpyacs] : []),
        ...counting.map(({ environments }) => environments),
        ...ofSettings,
      ];
      const dotenvs = read.filter(({ inEnvFolder }) => !inEnvFolder || system.dialect === 'httpyac');
      const own = dotenvs.filter((file) => file.environment === environment && environment !== undefined);
      const common = dotenvs.filter((file) => file.environment === undefined);
      const inDotenv = (name: string) => firstOf([...own, ...common], ({ values }) => values.get(name));
      const every = environment === undefined ? shared : [environment, ...shared];
      /** What the first that has the name says of it. */
      const inSources = (name: string, among: readonly string[] = every) => {
        const path = pathOf(name);
        const all = among.flatMap((one) => sources.map((source) => source.get(one)));
        const holder = all.find((variables) => variables?.has(path));
        return holder && { value: holder.get(path) };
      };
      const variable = (name: string) => inSources(name)?.value;
      return (name) => {
        if (name.startsWith('$shared ')) return inSources(name.slice(8).trim(), ['$shared'])?.value;
        if (name.startsWith('$'))
          return systemVariable(name, { ...system, ...place, dotenv: inDotenv, variable });
        const held = inSources(name);
        if (held) return held.value;
        // httpYac takes the variables of a .env file by their plain name, JetBrains never; Kulala takes those of the process, too.
        const known = system.dialect === 'jetbrains' ? undefined : inDotenv(name);
        return known ?? (system.dialect === 'kulala' ? system.processEnv(name) : undefined);
      };
    },
    headers: (environment = '', dialect) =>
      dialect === 'kulala'
        ? [environment, ...shared].flatMap((one) => files.flatMap((file) => addedIn(file, one)))
        : [],
    doubtful: (environment = '', wanted) => {
      const inFiles = (kind: EnvironmentText['kind'], name: string) =>
        firstOf(files, (file) =>
          file.kind === kind ? file.environments.get(environment)?.get(pathOf(name)) : undefined,
        );
      return wanted.filter((name) => {
        const [own, common] = [inFiles('private', name), inFiles('shared', name)];
        return own !== undefined && common !== undefined && own !== common;
      });
    },
  };
}

type FileOf = Omit<EnvironmentText, 'text'>;

/** The header fields that a file of Kulala's adds in an environment. */
function addedIn(
  { kind, environments }: FileOf & { readonly environments: Environments },
  environment: string,
): readonly (readonly [string, string])[] {
  if (kind === 'user') return [];
  return [...(environments.get(environment) ?? [])].flatMap(([path, value]) => {
    const name = defaultHeader.exec(path)?.[1];
    return name === undefined || value === undefined ? [] : [[name, value] as const];
  });
}

/** Whether a tool reads a file: Visual Studio its `.user`, no private one, and only in the nearest folder that has one. */
function isRead(
  { kind, folder }: FileOf,
  all: readonly FileOf[],
  dialect: HttpDialect = 'rest_client',
): boolean {
  if (dialect === 'rest_client') return true;
  if (dialect !== 'visual_studio') return kind !== 'user';
  const nearest = Math.min(...all.filter((one) => one.kind !== 'private').map((one) => one.folder));
  return kind !== 'private' && folder === nearest;
}

function firstOf<T, R>(all: readonly T[], read: (one: T) => R | undefined): R | undefined {
  for (const one of all) {
    const value = read(one);
    if (value !== undefined) return value;
  }
  return undefined;
}

function parsed(json: string): Environments {
  // Whatever is nested so deep is not an environment file, and what is cut off in a value would send the wrong one.
  const { root, error } = jsonTree(json.replace(/^\uFEFF/, ''));
  const isWhole = root !== undefined && error === undefined;
  return environmentsIn(isWhole ? (getNodeValue(root) as unknown) : undefined);
}

function environmentsIn(value: unknown): Environments {
  return new Map(
    Object.entries(objectOf(value)).flatMap(([name, variables]) =>
      isObject(variables)
        ? [[name, new Map(Object.entries(variables).flatMap(([key, one]) => textsOf(key, one)))] as const]
        : [],
    ),
  );
}

/** How deep values are looked for in objects, and how long the names that lead to them may be. */
const deepest = 10;
const longestName = 200;

/** Numbers and booleans count as they are written; what stands in an object or a list has the path to it as its name. */
function textsOf(
  key: string,
  value: unknown,
  depth = deepest,
): readonly (readonly [string, string | undefined])[] {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return [[key, String(value)]];
  if (depth === 0 || key.length > longestName) return [];
  return [
    [key, undefined],
    ...Object.entries(value ?? {}).flatMap(([name, one]) => textsOf(`${key}.${name}`, one, depth - 1)),
  ];
}

/** `client.['host.url']` and `list[0]` by the names that `textsOf` gives. @see JetBrains, variables as JSONPath */
const pathOf = (name: string) => name.replace(/\.?\[(?:'([^']*)'|"([^"]*)"|(\d+))\]/g, '.$1$2$3');

/** The environment that the name of a `.env` file names: `dev` of `dev.env` and `.env.dev`; absent for every other file. */
export function dotenvEnvironment(fileName: string): string | undefined {
  return /^\.env\.([\w-]{1,60})$/.exec(fileName)?.[1] ?? /^([\w-]{1,60})\.env$/.exec(fileName)?.[1];
}
