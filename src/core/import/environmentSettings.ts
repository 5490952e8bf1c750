import { isObject } from '../../shared/json.ts';
import { longestEnvironment, mostVariables, variableProblem } from '../profile/environments.ts';
import type { ImportedEnvironment } from './imported.ts';
import { placeholderIn, resolve } from './placeholder.ts';

/** Environments of another tool as `oauthExplorer.environments` has them. */
export interface EnvironmentSettings {
  readonly environments: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/**
 * What the environments that a tool switches between come to here: without secrets, empty values and those that stand for what
 * is not there; variables in values are resolved.
 *
 * @param secrets of the profiles that were found: what holds one is a secret, whatever its variable is called.
 */
export function environmentSettings(
  found: readonly ImportedEnvironment[],
  secrets: readonly string[] = [],
): EnvironmentSettings {
  const environments: [string, Record<string, string>][] = [];
  for (const { name, variables, switched } of found.slice(0, mostVariables)) {
    if (switched !== true) continue;
    const known = new Map(Object.entries(variables));
    const taken = [...known]
      .map(([key, text]) => [key, resolve(text, known).trim()] as const)
      .filter(
        ([, text]) =>
          !secrets.some((secret) => text === secret || (secret.length > 5 && text.includes(secret))),
      )
      .filter(([key, text]) => variableProblem(key, text) === undefined && placeholderIn(text) === undefined)
      .slice(0, mostVariables);
    if (taken.length > 0)
      environments.push([name.trim().slice(0, longestEnvironment).trim(), Object.fromEntries(taken)]);
  }
  return { environments: Object.fromEntries(environments) };
}

/** The setting with environments added; one that is there keeps its values, and gets the variables that it lacks. */
export function withEnvironments(
  setting: unknown,
  { environments }: EnvironmentSettings,
): Readonly<Record<string, unknown>> {
  const result = new Map(Object.entries(isObject(setting) ? setting : {}));
  for (const [name, variables] of Object.entries(environments)) {
    const there = [...result.keys()].find((one) => one.toLowerCase() === name.toLowerCase()) ?? name;
    const before = result.get(there);
    result.set(there, { ...variables, ...(isObject(before) && before) });
  }
  return Object.fromEntries(result);
}
