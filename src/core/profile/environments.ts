import { isObject } from '../../shared/json.ts';
import { textProblem } from './fields/entryReader.ts';
import { isSecretName } from '../secretNames.ts';
import type { ProfileSource } from './profileSource.ts';
import { kindOf, quoted } from './problem.ts';

/** A named set of values for the variables (`${name}`) in profiles. Never holds a secret. */
interface Environment {
  readonly name: string;
  readonly source: ProfileSource;
  readonly values: ReadonlyMap<string, string>;
  /** Variables that cannot be used, with the reason as a sentence. */
  readonly refused: ReadonlyMap<string, string>;
}

/** The setting `oauthExplorer.environments`, parsed. */
export interface EnvironmentList {
  readonly environments: readonly Environment[];
  /** Problems, each with the settings it was found in. */
  readonly problems: readonly { readonly source: ProfileSource; readonly message: string }[];
}

/** What the variables of profiles are resolved with. */
export interface Variables {
  /** The environment in force; absent when none was chosen. */
  readonly environment?: Environment | undefined;
  /** The names of all there are. */
  readonly names: readonly string[];
}

/** Longest name of an environment, in characters. */
export const longestEnvironment = 60;

/** Longest value of a variable, in characters. */
export const longestVariable = 2048;

/** Most environments in one settings file, and most variables in one environment. */
export const mostVariables = 200;

/** The name of a variable, without the signs around it. */
export const variableNamePattern = /^[\w.-]{1,64}$/u;

/** Parses the setting of one settings file. A problem is reported and spoils nothing beside it. Never throws. */
export function parseEnvironments(value: unknown, source: ProfileSource): EnvironmentList {
  const problems: { source: ProfileSource; message: string }[] = [];
  const say = (message: string) => {
    if (problems.length < mostVariables) problems.push({ source, message });
    else
      problems[mostVariables] = {
        source,
        message: 'There is more in oauthExplorer.environments that cannot be used.',
      };
  };
  if (value === undefined || value === null) return { environments: [], problems };
  if (!isObject(value)) {
    say(`oauthExplorer.environments must be an object of environments, not ${kindOf(value)}.`);
    return { environments: [], problems };
  }
  const environments: Environment[] = [];
  const entries = Object.entries(value);
  if (entries.length > mostVariables) say(tooMany('environments', 'oauthExplorer.environments', entries));
  for (const [name, written] of entries.slice(0, mostVariables)) {
    const wrong =
      textProblem('The name of an environment', name, longestEnvironment) ??
      (isObject(written)
        ? undefined
        : `The environment ${quoted(name)} must be an object of names and texts, not ${kindOf(written)}.`);
    if (wrong !== undefined) say(wrong);
    else if (environments.some((one) => isCalled(one, name)))
      say(`There are two environments ${quoted(name)}, told apart by upper and lower case only.`);
    else {
      const read = readValues(name, written as Readonly<Record<string, unknown>>);
      const variables = Object.entries(written as object);
      if (variables.length > mostVariables)
        say(tooMany('variables', `the environment ${quoted(name)}`, variables));
      for (const message of read.refused.values()) say(message);
      environments.push({ name, source, ...read });
    }
  }
  return { environments, problems };
}

function tooMany(
  what: 'environments' | 'variables',
  where: string,
  entries: readonly (readonly [string, unknown])[],
): string {
  const [first = ''] = entries[mostVariables] ?? [];
  return `There are ${entries.length} ${what} in ${where}, of which the first ${mostVariables} are used: not ${quoted(first)} and what follows it.`;
}

function readValues(
  environment: string,
  written: Readonly<Record<string, unknown>>,
): Pick<Environment, 'values' | 'refused'> {
  const values = new Map<string, string>();
  const refused = new Map<string, string>();
  for (const [name, value] of Object.entries(written).slice(0, mostVariables)) {
    const what = `${quoted(name)} in the environment ${quoted(environment)}`;
    const wrong = variableProblem(name, value, what);
    if (wrong === undefined) values.set(name, value as string);
    else refused.set(name, wrong);
  }
  return { values, refused };
}

/** Why a variable cannot be used, as a sentence that never contains its value; undefined when it can. */
export function variableProblem(name: string, value: unknown, what = quoted(name)): string | undefined {
  if (!variableNamePattern.test(name))
    return `${what} is not the name of a variable: 1 to 64 letters, digits and the signs _ . -`;
  if (isSecretName(name))
    return `${what} would put a secret into the settings. Remove it and use “Set Client Secret”: the keychain keeps one for each environment.`;
  if (typeof value === 'string' && value.includes('${'))
    return `${what} holds a variable itself. Write what it stands for.`;
  return textProblem(what, value, longestVariable);
}

/** Merges the environments of all settings, the widest first: a later one replaces an earlier one with the same name. */
export function mergeEnvironments(lists: readonly EnvironmentList[]): EnvironmentList {
  const merged = new Map<string, Environment>();
  for (const one of lists.flatMap(({ environments }) => environments))
    merged.set(one.name.toLowerCase(), one);
  return { environments: [...merged.values()], problems: lists.flatMap(({ problems }) => problems) };
}

/**
 * The variables when the environment `chosen` is in force. Without a choice, the only environment is; of several none is
 * guessed, as a wrong guess may mean a wrong server.
 */
export function variablesOf({ environments }: EnvironmentList, chosen: string | undefined): Variables {
  const only = environments.length === 1 ? environments[0] : undefined;
  const called = chosen === undefined ? undefined : environments.find((one) => isCalled(one, chosen));
  return { environment: called ?? only, names: environments.map(({ name }) => name) };
}

function isCalled({ name }: Environment, other: string): boolean {
  return name.toLowerCase() === other.toLowerCase();
}
