import { isSeparator } from './blocks.ts';
import { LineScanner, lineEnding } from './lineScanner.ts';
import type { HttpBlock } from './request.ts';
import type { TextEdit } from './textEdit.ts';
import { definitionsOf } from './variable.ts';

const byteOrderMark = 0xfeff;

/** The edits that make the file variable `name` hold `value`: where it is defined, else once at the top of the block. */
export function definitionEdits(text: string, block: HttpBlock, name: string, value: string): TextEdit[] {
  const known = definitionsOf(text, name, block.from, block.to);
  if (known.length === 0) return [newDefinition(text, block, `@${name} = ${value}`)];
  return known
    .filter(({ valueStart, valueEnd }) => text.slice(valueStart, valueEnd) !== value)
    .map(({ valueStart, valueEnd }) => ({ start: valueStart, end: valueEnd, text: value }));
}

function newDefinition(text: string, block: HttpBlock, definition: string): TextEdit {
  const eol = lineEnding(text, block.from);
  const line = `${block.indent}${definition}${eol}`;
  const top = topOf(text, block);
  // A region of its own: httpYac gives what is defined in a request's region to that request only.
  const shared = block.requests.length > 1 && block.requests[0]?.start === block.from;
  const separator = `${eol}${block.indent}###${eol}${eol}`;
  if (top.besideDefinitions && !shared) return { start: top.offset, end: top.offset, text: line };
  // What stands above the definitions there are belongs to their request: the new region goes before it all.
  const offset = top.besideDefinitions ? top.heading : top.offset;
  return { start: offset, end: offset, text: line + (shared ? separator : eol) };
}

interface Top {
  readonly offset: number;
  /** Below the comment that heads the file, else its start. */
  readonly heading: number;
  readonly besideDefinitions: boolean;
}

/** Where a first definition goes: above the first one there is, else below the comment that heads the file, else at the start. */
function topOf(text: string, block: HttpBlock): Top {
  const start = text.charCodeAt(block.from) === byteOrderMark ? block.from + 1 : block.from;
  const scanner = new LineScanner(text, block.from, block.requests[0]?.requestStart ?? block.to, 0);
  let heading = start;
  let inHeading = true;
  while (scanner.advance() && !isSeparator(scanner)) {
    if (/^@[^\s=:]+\s*:?=/.test(scanner.content()))
      return { offset: Math.max(start, scanner.start), heading, besideDefinitions: true };
    if (inHeading && scanner.code === 0 && scanner.start > block.from) heading = scanner.next;
    if (scanner.code === 0 || !isPlainComment(scanner)) inHeading = false;
  }
  return { offset: heading, heading, besideDefinitions: false };
}

/** A comment that says nothing to a tool: no `# @name ...`. */
function isPlainComment(scanner: LineScanner): boolean {
  const content = scanner.content();
  return (content.startsWith('#') || content.startsWith('//')) && !/^[#/]+\s*@/.test(content);
}
