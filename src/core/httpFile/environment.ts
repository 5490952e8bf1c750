import type { Node } from 'jsonc-parser';
import { jsonTree, type JsonTree } from '../jsonTree.ts';
import { lineEnding } from './lineScanner.ts';
import { applyEdits, type TextEdit } from './textEdit.ts';

/** Where the environment way puts a token: the file beside the request's that holds private variables. */
export type EnvironmentFile = 'http-client.private.env.json' | 'http-client.env.json.user' | '.env';

/** The environments an `http-client*.env.json` names, in their order; undefined when it is not such a file. */
export function environmentsOf(json: string): readonly string[] | undefined {
  if (json.trim() === '') return [];
  const { root, error } = treeOf(json);
  if (error !== undefined || root?.type !== 'object') return undefined;
  return [...propertiesOf(root)].flatMap(([name, { type }]) => (type === 'object' ? [name] : []));
}

/** The value of a variable in one environment; undefined when it is not there or no string. */
export function readEnvironment(json: string, environment: string, name: string): string | undefined {
  const value: unknown = memberOf(memberOf(treeOf(json).root, environment), name)?.value;
  return typeof value === 'string' ? value : undefined;
}

/** The environments in which a variable has a value, in their order; undefined when it is not an environment file. */
export function environmentsWith(json: string, name: string): readonly string[] | undefined {
  const { root, error } = treeOf(json);
  if (error !== undefined || root?.type !== 'object') return json.trim() === '' ? [] : undefined;
  return [...propertiesOf(root)].flatMap(([environment, variables]) =>
    typeof memberOf(variables, name)?.value === 'string' ? [environment] : [],
  );
}

/** The values that a variable has in any of the environments; undefined stands for what is not text, number or truth. */
export function valuesIn(json: string, name: string): readonly unknown[] {
  const { root } = treeOf(json);
  if (root?.type !== 'object') return [];
  return [...propertiesOf(root).values()].flatMap((variables) => {
    const known = memberOf(variables, name);
    return known ? [known.value as unknown] : [];
  });
}

/** The file as a tree. */
function treeOf(json: string): JsonTree {
  // A byte order mark is kept, and is nothing to read.
  return jsonTree(json.replace(/^\uFEFF/, ' '));
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
  const text = json.trim() === '' ? `{}${lineEnding(json, 0)}` : json;
  const { root } = treeOf(text);
  if (root?.type !== 'object') return text;
  const lines = new Lines(text);
  const property = `${JSON.stringify(name)}: ${JSON.stringify(value)}`;
  const members = propertiesOf(root);
  const wanted = [...new Set(environments)];
  const there = wanted.flatMap((environment) => members.get(environment) ?? []);
  const missing = wanted.filter((environment) => !members.has(environment));
  const edits = there
    .toSorted((one, other) => one.offset - other.offset)
    .map((variables): TextEdit => {
      const outer = lines.indentation(variables.offset);
      if (variables.type !== 'object')
        return replaced(variables, objectText(property, lines, variables.offset, outer));
      const known = memberOf(variables, name);
      return known ? replaced(known, JSON.stringify(value)) : added(lines, variables, [property], outer);
    });
  const eol = root.offset;
  const objects = missing.map(
    (one) => `${JSON.stringify(one)}: ${objectText(property, lines, eol, lines.unit)}`,
  );
  return applyEdits(text, objects.length === 0 ? edits : [...edits, added(lines, root, objects, '')]);
}

/** The members of an object: of several of one name the last, as JSON is read everywhere. */
function propertiesOf({ children = [] }: Node): ReadonlyMap<string, Node> {
  return new Map(
    children.flatMap(({ children: [name, value] = [] }) => (value ? [[String(name?.value), value]] : [])),
  );
}

function replaced({ offset, length }: Node, text: string): TextEdit {
  return { start: offset, end: offset + length, text };
}

/** An object of one property, on lines of its own. */
function objectText(property: string, lines: Lines, offset: number, outer: string): string {
  const eol = lines.ending(offset);
  return `{${eol}${outer}${lines.unit}${property}${eol}${outer}}`;
}

/** Adds properties below the last one, formatted as that is; jsonc-parser's own edits reformat their neighbours. */
function added(lines: Lines, object: Node, properties: readonly string[], outer: string): TextEdit {
  const { text, unit } = lines;
  const eol = lines.ending(object.offset);
  const last = object.children?.at(-1);
  if (last) {
    const end = last.offset + last.length;
    const ownLine = text.slice(object.offset, last.offset).includes('\n');
    const gap = ownLine ? eol + lines.indentation(last.offset) : ' ';
    return { start: end, end, text: properties.map((one) => `,${gap}${one}`).join('') };
  }
  const start = object.offset + 1;
  const end = object.offset + object.length - 1;
  const gap = `${eol}${outer}${unit}`;
  const inner = text.slice(start, end).trimEnd();
  return { start, end, text: `${inner}${gap}${properties.join(`,${gap}`)}${eol}${outer}` };
}

/** The lines of a text, as they are indented and ended; asked from its beginning to its end, it looks at each once. */
class Lines {
  readonly text: string;
  /** What a level is indented by. */
  readonly unit: string;
  #start = 0;
  #end = -1;
  #ending = '\n';

  constructor(text: string) {
    this.text = text;
    this.unit = /^([ \t]{1,40})"/m.exec(text)?.[1] ?? '  ';
  }

  /** The line ending that the line of `offset` has, see `lineEnding`. */
  ending(offset: number): string {
    this.#seek(offset);
    return this.#ending;
  }

  /** The white space that the line of `offset` starts with, up to what anyone indents by. */
  indentation(offset: number): string {
    this.#seek(offset);
    return /^[ \t]{0,200}/.exec(this.text.slice(this.#start, offset))?.[0] ?? '';
  }

  #seek(offset: number): void {
    if (offset >= this.#start && offset <= this.#end) return;
    const feed = this.text.indexOf('\n', offset);
    this.#start = this.text.lastIndexOf('\n', offset - 1) + 1;
    this.#end = feed < 0 ? this.text.length : feed;
    this.#ending = lineEnding(this.text, this.#end);
  }
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
