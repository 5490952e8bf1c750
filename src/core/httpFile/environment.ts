import type { Node } from 'jsonc-parser';
import { isTooDeep } from '../http/jsonDepth.ts';
import { jsonTree, type JsonTree } from '../jsonTree.ts';
import { lineEnding } from './lineScanner.ts';

/** Where the environment way puts a token: the file beside the request's that holds private variables. */
export type EnvironmentFile = 'http-client.private.env.json' | '.env';

/** The environments an `http-client*.env.json` names, in their order; undefined when it is not such a file. */
export function environmentsOf(json: string): readonly string[] | undefined {
  if (json.trim() === '') return [];
  const { root, error } = treeOf(json);
  if (error !== undefined || root?.type !== 'object') return undefined;
  // Of several of one name the last counts, as in `memberOf`; to ask that for each would be quadratic.
  const kinds = new Map(
    (root.children ?? []).map(({ children: [name, value] = [] }) => [String(name?.value), value?.type]),
  );
  return [...kinds].flatMap(([name, kind]) => (kind === 'object' ? [name] : []));
}

/** The value of a variable in one environment; undefined when it is not there or no string. */
export function readEnvironment(json: string, environment: string, name: string): string | undefined {
  const value: unknown = memberOf(memberOf(treeOf(json).root, environment), name)?.value;
  return typeof value === 'string' ? value : undefined;
}

/** Empty, too, where it is nested so deep that it is no environment file. */
function treeOf(json: string): JsonTree {
  return isTooDeep(json) ? { root: undefined } : jsonTree(json);
}

/** A member of an object: the last one of that name, as JSON is read everywhere. */
function memberOf(object: Node | undefined, wanted: string): Node | undefined {
  if (object?.type !== 'object') return undefined;
  return object.children?.findLast(({ children: [name] = [] }) => name?.value === wanted)?.children?.[1];
}

/**
 * The text of an `http-client.private.env.json` in which each of `environments` has the variable; all else stays as it is.
 * What holds no variables but stands in the place of an environment (null, a text, a list) becomes one.
 *
 * @param json the text before; empty for a file that is not there yet. Must be one `environmentsOf` can read.
 */
export function setEnvironment(
  json: string,
  environments: readonly string[],
  name: string,
  value: string,
): string {
  let text = json.trim() === '' ? `{}${lineEnding(json, 0)}` : json;
  for (const environment of environments) text = setOne(text, environment, name, JSON.stringify(value));
  return text;
}

function setOne(text: string, environment: string, name: string, value: string): string {
  const { root } = treeOf(text);
  if (root?.type !== 'object') return text;
  const variables = memberOf(root, environment);
  if (variables?.type === 'object') {
    const known = memberOf(variables, name);
    if (!known) return addProperty(text, variables, name, value, indentation(text, variables.offset));
    return replaceNode(text, known, value);
  }
  const eol = lineEnding(text, root.offset);
  const unit = indentUnit(text);
  const outer = variables ? indentation(text, variables.offset) : unit;
  const object = `{${eol}${outer}${unit}${JSON.stringify(name)}: ${value}${eol}${outer}}`;
  return variables ? replaceNode(text, variables, object) : addProperty(text, root, environment, object, '');
}

function replaceNode(text: string, { offset, length }: Node, value: string): string {
  return text.slice(0, offset) + value + text.slice(offset + length);
}

function indentUnit(text: string): string {
  return /^([ \t]+)"/m.exec(text)?.[1] ?? '  ';
}

/** Adds a property below the last one, formatted as that is; jsonc-parser's own edits reformat their neighbours. */
function addProperty(text: string, object: Node, name: string, value: string, outer: string): string {
  const property = `${JSON.stringify(name)}: ${value}`;
  const last = object.children?.at(-1);
  if (last) {
    const end = last.offset + last.length;
    const ownLine = text.slice(object.offset, last.offset).includes('\n');
    const gap = ownLine ? lineEnding(text, object.offset) + indentation(text, last.offset) : ' ';
    return `${text.slice(0, end)},${gap}${property}${text.slice(end)}`;
  }
  const eol = lineEnding(text, object.offset);
  const close = object.offset + object.length - 1;
  const inner = text.slice(object.offset + 1, close).trimEnd();
  const unit = indentUnit(text);
  const start = text.slice(0, object.offset + 1);
  return `${start}${inner}${eol}${outer}${unit}${property}${eol}${outer}${text.slice(close)}`;
}

/** The white space that the line of `offset` starts with. */
function indentation(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(start, offset))?.[0] ?? '';
}

/**
 * The text of a `.env` file in which `name` is `value`; all else stays as it is, a comment behind the value included. Of several
 * definitions the last is changed, since that one counts. `value` needs no quotes (see `isUsableToken`).
 */
export function setDotenv(text: string, name: string, value: string): string {
  let last: RegExpExecArray | undefined;
  for (const match of text.matchAll(assignment)) if (match[2] === name) last = match;
  if (last !== undefined) {
    const start = last.index + last[0].length;
    return text.slice(0, start) + value + text.slice(start + valueLength(text, start));
  }
  const eol = lineEnding(text, 0);
  const gap = text === '' || text.endsWith('\n') ? '' : eol;
  return `${text}${gap}${name}=${value}${eol}`;
}

const assignment = /^([ \t]*(?:export[ \t]+)?)([A-Za-z_][\w.-]{0,200})[ \t]*=[ \t]*/gm;

/** How long the value at `start` is: with its quotes, or up to a comment or the end of the line, without blanks at its end. */
function valueLength(text: string, start: number): number {
  const quote = text.charAt(start);
  if (quote === '"' || quote === "'" || quote === '`') {
    const end = text.indexOf(quote, start + 1);
    if (end >= 0) return end + 1 - start;
  }
  const feed = text.indexOf('\n', start);
  const line = text.slice(start, feed < 0 ? text.length : feed);
  const comment = line.indexOf('#');
  return (comment < 0 ? line : line.slice(0, comment)).trimEnd().length;
}
