import { isDeepStrictEqual } from 'node:util';
import {
  applyEdits,
  createScanner,
  findNodeAtLocation,
  getNodeValue,
  modify,
  visit,
  type Edit,
  type FormattingOptions,
  type JSONPath,
  type Node,
} from 'jsonc-parser';
import { jsonTree } from '../jsonTree.ts';
import { findSetting } from './locateEntry.ts';
import { isList, isObject } from '../../shared/json.ts';

/** Whether the setting contains comments, which rewriting its value would lose. */
export function hasComments(text: string): boolean {
  const { root } = jsonTree(text);
  const setting = root && findSetting(root)?.node;
  if (!setting) return false;
  let found = false;
  visit(text, {
    onComment: (offset) => {
      found ||= offset > setting.offset && offset < setting.offset + setting.length;
    },
  });
  return found;
}

/** Whether the text of a settings file is complete, and not cut off. */
export function isWhole(text: string): boolean {
  return jsonTree(text).error === undefined;
}

/**
 * Changes the setting in the text of a settings file with as few edits as possible: comments, order and white space of
 * everything that stays are kept.
 *
 * @returns undefined when the text is too malformed to be changed safely
 */
export function editText(text: string, change: (value: unknown) => readonly unknown[]): string | undefined {
  const { root, error } = jsonTree(text);
  const setting = root && findSetting(root);
  if (error !== undefined || !setting) return undefined;
  // When a setting is there twice, the last one counts, but the parser would change the first.
  if (findNodeAtLocation(root, [...setting.path]) !== setting.node) return undefined;
  const before: unknown = getNodeValue(setting.node);
  const after = change(before);
  const removed = removedIndex(before, after);
  if (removed !== undefined) return applyEdits(text, removal(text, setting.node.children ?? [], removed));
  const options = { formattingOptions: formatting(text) };
  return steps(before, after).reduce(
    (edited, { path, value, isArrayInsertion }) =>
      applyEdits(edited, modify(edited, [...setting.path, ...path], value, { ...options, isArrayInsertion })),
    text,
  );
}

/** The index of the removed entry, when removing it is the only change. */
function removedIndex(before: unknown, after: readonly unknown[]): number | undefined {
  if (!Array.isArray(before) || after.length !== before.length - 1) return undefined;
  const differing = before.findIndex((entry, index) => !isDeepStrictEqual(entry, after[index]));
  return isDeepStrictEqual(before.toSpliced(differing, 1), after) ? differing : undefined;
}

/** Removes an entry with its comma and the lines that this leaves empty; comments around it stay (jsonc-parser would remove them). */
function removal(text: string, entries: readonly Node[], index: number): Edit[] {
  const [entry, previous] = [entries[index], entries[index - 1]];
  if (!entry) return [];
  const end = entry.offset + entry.length;
  const after = commaAt(text, end);
  const before =
    after === undefined && previous ? commaAt(text, previous.offset + previous.length) : undefined;
  const comma = after ?? before;
  const spans = [wholeLine(text, entry.offset, after === end ? end + 1 : end)];
  if (comma !== undefined && comma !== end) spans.push([comma, comma + 1]);
  return spans.map(([from, to]) => ({ offset: from, length: to - from, content: '' }));
}

/** The position of the next token, if it is a comma. */
function commaAt(text: string, from: number): number | undefined {
  const scanner = createScanner(text, true);
  scanner.setPosition(from);
  scanner.scan();
  const at = scanner.getTokenOffset();
  return text[at] === ',' ? at : undefined;
}

/** Extends a range by indentation and line end, when nothing else is on its lines. */
function wholeLine(text: string, from: number, to: number): [number, number] {
  const indent = /(?<=[\r\n])[ \t]*$/.exec(text.slice(0, from));
  const rest = /^[ \t]*\r?\n/.exec(text.slice(to));
  return indent && rest ? [indent.index, to + rest[0].length] : [from, to];
}

interface Step {
  readonly path: JSONPath;
  /** Absent: the value is removed. */
  readonly value?: unknown;
  readonly isArrayInsertion: boolean;
}

/** The edits that turn `before` into `after`, entry by entry and field by field. */
function steps(before: unknown, after: readonly unknown[]): readonly Step[] {
  if (!isList(before)) return [{ path: [], value: after, isArrayInsertion: false }];
  if (after.length === before.length + 1 && isDeepStrictEqual(after.slice(0, -1), before))
    return [{ path: [before.length], value: after.at(-1), isArrayInsertion: true }];
  if (after.length !== before.length) return [{ path: [], value: after, isArrayInsertion: false }];
  return after.flatMap((entry, index) => entrySteps(index, before[index], entry));
}

function entrySteps(index: number, before: unknown, after: unknown): readonly Step[] {
  if (isDeepStrictEqual(before, after)) return [];
  if (!isObject(before) || !isObject(after))
    return [{ path: [index], value: after, isArrayInsertion: false }];
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return fields
    .filter((field) => !isDeepStrictEqual(own(before, field), own(after, field)))
    .map((field) => ({ path: [index, field], value: own(after, field), isArrayInsertion: false }));
}

/** The entry's own value for a field, not what every object inherits, such as `toString`. */
function own(entry: Readonly<Record<string, unknown>>, field: string): unknown {
  return Object.hasOwn(entry, field) ? entry[field] : undefined;
}

/** The indentation and line ends that the file already uses. */
function formatting(text: string): FormattingOptions {
  const indent = /^([ \t]+)\S/m.exec(text)?.[1] ?? '  ';
  return {
    insertSpaces: !indent.startsWith('\t'),
    tabSize: indent.startsWith('\t') ? 4 : indent.length,
    eol: text.includes('\r\n') ? '\r\n' : '\n',
  };
}
