import { versionOf } from './version.ts';
import { isSeparator, Spans } from './blocks.ts';
import { headerColon } from './header.ts';
import type { HighlightKind } from './highlightKind.ts';
import { isSpace, LineScanner } from './lineScanner.ts';
import { requestAt, type HttpFile, type HttpFileRequest } from './request.ts';

/** A piece of one line; pieces are in their order and do not overlap. */
export interface Highlight {
  /** Zero-based line. */
  readonly line: number;
  /** UTF-16 code units from the start of the line. */
  readonly character: number;
  readonly length: number;
  readonly kind: HighlightKind;
}

const hash = 35;
const slash = 47;
const at = 64;
const less = 60;
const greater = 62;

const definition = /^(@[^\s=:]+)(\s*)(:?=)(\s*)/;
const method = /^[A-Za-z-]+(?=\s)/;
const fileLine = /^(<>|<@?\w*|>>!?|>)(\s+)(?=\S)/;
const variable = /\{\{[^{}]*\}\}/g;
/** Longer lines are left plain behind this: they are data. */
const longest = 2000;

/** What is to be seen in the lines that `from` to `to` (offsets into `text`) touch; bodies are left to their own languages. */
export function highlight(text: string, file: HttpFile, from: number, to: number): Highlight[] {
  const found = new Highlights(text);
  for (const block of file.blocks) {
    if (block.to <= from || block.from >= to) continue;
    // A script or comment above could reach into the range: begin with what the range's first line belongs to.
    const start = requestAt(file, Math.max(from, block.from))?.request.start ?? block.from;
    const line = lineAt(text, start);
    found.read(new LineScanner(text, start, block.to, line), file, to);
  }
  const first = lineAt(text, from);
  return found.all.filter((piece) => piece.line >= first);
}

class Highlights {
  readonly all: Highlight[] = [];
  readonly #text: string;
  #scanner: LineScanner;

  constructor(text: string) {
    this.#text = text;
    this.#scanner = new LineScanner(text, 0, 0, 0);
  }

  read(scanner: LineScanner, file: HttpFile, to: number): void {
    this.#scanner = scanner;
    const spans = new Spans();
    while (scanner.next < to && scanner.advance()) {
      const { start, line } = scanner;
      if (isSeparator(scanner)) this.#add(scanner.first, scanner.end, 'comment');
      else if (spans.skip(scanner)) this.#span(start, line);
      else if (scanner.code !== 0) this.#line(requestAt(file, start)?.request);
    }
  }

  /** A block comment is one; a script is left to its own language. */
  #span(start: number, line: number): void {
    const comment = new LineScanner(this.#text, start, this.#scanner.next, line);
    if (!comment.advance() || !comment.is('/*')) return;
    do this.#add(comment.first, comment.end, 'comment', comment);
    while (comment.advance());
  }

  #line(request: HttpFileRequest | undefined): void {
    const { code, start, first, end } = this.#scanner;
    if (request?.kind === 'response' || start >= (request?.responseStart ?? Infinity)) return;
    if (code === hash || (code === slash && this.#scanner.peek(1) === slash))
      this.#add(first, end, 'comment');
    else if (!request || start < request.requestStart) this.#aboveRequest();
    else if (start === request.requestStart) this.#requestLine();
    else if (start <= request.urlEnd) this.#value(first, end);
    else if (start < request.headersEnd) this.#header();
    else this.#body();
  }

  #aboveRequest(): void {
    const { code, first, end } = this.#scanner;
    if (code !== at) {
      this.#body();
      return;
    }
    const [, name = '', gap = '', sign = '', space = ''] = definition.exec(this.#scanner.content()) ?? [];
    const operator = first + name.length + gap.length;
    this.#add(first, first + name.length, 'variable');
    this.#add(operator, operator + sign.length, 'operator');
    this.#value(operator + sign.length + space.length, sign === '' ? first : end);
  }

  #requestLine(): void {
    const { first, end } = this.#scanner;
    const content = this.#scanner.content();
    const verb = method.exec(content)?.[0] ?? '';
    const protocol = versionOf(content);
    const urlEnd = protocol === undefined ? end : first + content.lastIndexOf(protocol);
    let url = first + verb.length;
    while (url < urlEnd && isSpace(this.#text.charCodeAt(url))) url++;
    this.#add(first, first + verb.length, 'keyword');
    this.#value(url, urlEnd);
    if (protocol !== undefined) this.#add(urlEnd, urlEnd + protocol.length, 'keyword');
  }

  #header(): void {
    const { first, end } = this.#scanner;
    const colon = headerColon(this.#scanner);
    if (colon < 0) {
      this.#value(first, end);
      return;
    }
    this.#add(first, colon, 'property');
    this.#value(colon + 1, end);
  }

  /** The lines of a body that speak of files, and variables anywhere. */
  #body(): void {
    const { code, first, end } = this.#scanner;
    const [whole, mark = ''] =
      code === less || code === greater ? (fileLine.exec(this.#scanner.content()) ?? []) : [];
    if (whole === undefined) {
      this.#variables(first, end, undefined);
      return;
    }
    this.#add(first, first + mark.length, 'keyword');
    this.#value(first + whole.length, end);
  }

  #value(from: number, to: number): void {
    this.#variables(from, to, 'string');
  }

  /** `{{variables}}` between `from` and `to`, and what is around them as `around`. */
  #variables(from: number, to: number, around: HighlightKind | undefined): void {
    const limit = Math.min(to, from + longest);
    let plain = from;
    for (const match of this.#text.slice(from, limit).matchAll(variable)) {
      const start = from + match.index;
      if (around !== undefined) this.#add(plain, start, around);
      plain = start + match[0].length;
      this.#add(start, plain, 'variable');
    }
    if (around !== undefined) this.#add(plain, limit, around);
  }

  #add(from: number, to: number, kind: HighlightKind, { start, line } = this.#scanner): void {
    let first = from;
    let last = Math.min(to, from + longest);
    while (first < last && isSpace(this.#text.charCodeAt(first))) first++;
    while (last > first && isSpace(this.#text.charCodeAt(last - 1))) last--;
    if (last > first) this.all.push({ line, character: first - start, length: last - first, kind });
  }
}

function lineAt(text: string, offset: number): number {
  let line = 0;
  for (let feed = text.indexOf('\n'); feed >= 0 && feed < offset; feed = text.indexOf('\n', feed + 1)) line++;
  return line;
}
