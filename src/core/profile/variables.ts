import { isDeepStrictEqual } from 'node:util';
import { isList, isObject } from '../../shared/json.ts';
import type { Variables } from './environments.ts';
import type { Field } from './fields/field.ts';
import { oneOf, quoted, type ProfileProblem } from './problem.ts';
import type { Profile } from './profile.ts';

/** An entry of the settings with its variables resolved. */
export interface FilledEntry {
  readonly entry: Readonly<Record<string, unknown>>;
  /** The fields with variables, before they were resolved. */
  readonly written: ReadonlyMap<string, unknown>;
  /** Unknown variables, at most one problem per text. */
  readonly problems: readonly ProfileProblem[];
}

/** Whether a field may contain variables: an id must not change, and files and commands of this computer are set by its user alone. */
export function mayVary({ name, kind, ownHandsOnly }: Field): boolean {
  return name !== 'id' && ownHandsOnly !== true && ['text', 'url', 'list', 'pairs', 'json'].includes(kind);
}

/** Resolves the variables of an entry in the environment in force; a value is not searched for variables again. */
export function fillVariables(
  entry: Readonly<Record<string, unknown>>,
  fields: readonly Field[],
  variables: Variables,
): FilledEntry {
  const filled = new Map(Object.entries(entry));
  const written = new Map<string, unknown>();
  const problems: ProfileProblem[] = [];
  for (const field of fields) {
    const value = filled.get(field.name);
    if (!mayVary(field) || !holdsVariable(value)) continue;
    written.set(field.name, value);
    filled.set(field.name, fillField(field, value, variables, problems));
  }
  return { entry: Object.fromEntries(filled), written, problems };
}

/** Whether a field's value contains a variable anywhere. */
export function holdsVariable(value: unknown): boolean {
  return JSON.stringify([value]).includes('${');
}

function fillField(
  { name: field, kind, ...rest }: Field,
  value: unknown,
  variables: Variables,
  problems: ProfileProblem[],
): unknown {
  const fill = (text: string, ...path: readonly (string | number)[]): string => {
    const found = fillText(text, variables);
    if (typeof found === 'string') return found;
    problems.push({ path: [field, ...path], message: found.problem });
    return text;
  };
  if (typeof value === 'string') return fill(value);
  if (kind === 'list' && isList(value)) {
    // Other tools keep scopes in one text: a variable may stand for several of them.
    const splits = 'single' in rest && rest.single === 'split';
    return value.flatMap((item, index) => {
      if (typeof item !== 'string') return [item];
      const text = fill(item, index);
      return splits && text !== item ? text.split(' ').filter(Boolean) : [text];
    });
  }
  if (kind === 'pairs' && isObject(value))
    return Object.fromEntries(
      Object.entries(value).map(([name, text]) => [name, typeof text === 'string' ? fill(text, name) : text]),
    );
  const inner = (_: string, one: unknown) => (typeof one === 'string' ? fill(one) : one);
  return kind === 'json' ? (JSON.parse(JSON.stringify(value, inner)) as unknown) : value;
}

/** A text with its variables resolved, or the problem with its first unknown one. Linear in its length. */
function fillText(text: string, variables: Variables): string | { readonly problem: string } {
  const [start = '', ...parts] = text.split('${');
  let filled = start;
  for (const part of parts) {
    const end = part.indexOf('}');
    const name = part.slice(0, Math.max(end, 0));
    const value = variables.environment?.values.get(name);
    if (value === undefined)
      return { problem: end < 0 ? 'After “${” the “}” is missing.' : missing(name, variables) };
    filled += value + part.slice(end + 1);
  }
  return filled;
}

function missing(name: string, { environment, names }: Variables): string {
  const variable = quoted(`\${${name}}`);
  if (/^\w+:/.test(name) || editorsOwn.has(name))
    return `${variable} is a variable of VS Code’s own, which has no value in a profile. Add one to oauthExplorer.environments and use that.`;
  if (names.length === 0)
    return `${variable} has no value: there are no environments. Add one to oauthExplorer.environments.`;
  if (environment === undefined)
    return `${variable} has no value: choose an environment (${oneOf(names.map(quoted))}).`;
  return (
    environment.refused.get(name) ??
    `${variable} has no value in the environment ${quoted(environment.name)}. Add it to oauthExplorer.environments.`
  );
}

/**
 * VS Code's own variables, which it resolves in tasks and launch configurations. @see
 * https://code.visualstudio.com/docs/reference/variables-reference
 */
const editorsOwn: ReadonlySet<string> = new Set([
  ...['userHome', 'workspaceFolder', 'workspaceFolderBasename', 'file', 'fileWorkspaceFolder', 'cwd'],
  ...['relativeFile', 'relativeFileDirname', 'fileBasename', 'fileBasenameNoExtension', 'fileExtname'],
  ...['fileDirname', 'fileDirnameBasename', 'lineNumber', 'columnNumber', 'selectedText', 'execPath'],
  ...['defaultBuildTask', 'pathSeparator'],
]);

/**
 * The profile to write for one in effect: where a value is still what a variable stands for, the variable is written.
 *
 * @param from the stored profile that it was made from, in the same environment
 */
export function withVariables(
  profile: Profile,
  from: { readonly profile: Profile; readonly written?: Profile } | undefined,
): Profile {
  const { environment: _, ...values } = profile;
  if (from?.written === undefined) return values;
  const [before, written] = [from.profile, from.written].map((one) => new Map(Object.entries(one)));
  const kept = Object.entries(values).map(([name, value]) => [
    name,
    writtenValue(value, before?.get(name), written?.get(name)),
  ]);
  return Object.fromEntries(kept) as Profile;
}

function writtenValue(value: unknown, before: unknown, written: unknown): unknown {
  if (isDeepStrictEqual(value, before)) return written;
  if (Array.isArray(value) && Array.isArray(before) && Array.isArray(written))
    return writtenItems(value, before, written);
  if (!isObject(value) || !isObject(before) || !isObject(written)) return value;
  const pairs = Object.entries(value).map(([name, one]) => [
    name,
    Object.hasOwn(before, name) && one === before[name] ? written[name] : one,
  ]);
  return Object.fromEntries(pairs);
}

/** Items that came from one variable are written as that variable while all of them are there, else one by one. */
function writtenItems(value: unknown[], before: unknown[], written: unknown[]): unknown[] {
  if (before.length !== written.length) {
    const added = value.filter((item) => !before.includes(item));
    return before.every((item) => value.includes(item)) ? [...written, ...added] : value;
  }
  return value.map((item) => (before.includes(item) ? written[before.indexOf(item)] : item));
}
