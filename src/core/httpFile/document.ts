import { LineScanner } from './lineScanner.ts';
import { parseRequests } from './parse.ts';
import type { HttpBlock, HttpFile, HttpLanguage } from './request.ts';

const fence = /^(`{3,}|~{3,})\s*([^\s`{]*)/;
const backtick = 96;
const tilde = 126;

interface Fence {
  readonly mark: string;
  readonly indent: string;
  readonly http: boolean;
  readonly from: number;
  readonly line: number;
}

/** Finds every request of a document: of all of its text, or of its `http` and `rest` fences when it is Markdown. */
export function parseHttpFile(text: string, language: HttpLanguage = 'http'): HttpFile {
  if (language === 'markdown') return { blocks: markdownBlocks(text) };
  return { blocks: [{ from: 0, to: text.length, indent: '', requests: parseRequests(text) }] };
}

function markdownBlocks(text: string): HttpBlock[] {
  const blocks: HttpBlock[] = [];
  const scanner = new LineScanner(text, 0, text.length, 0);
  let open: Fence | undefined;
  while (scanner.advance()) {
    if (scanner.code !== backtick && scanner.code !== tilde) continue;
    if (!open) open = opened(scanner);
    else if (isClosed(scanner, open.mark)) {
      if (open.http) blocks.push(block(text, open, scanner.start));
      open = undefined;
    }
  }
  if (open?.http) blocks.push(block(text, open, text.length));
  return blocks;
}

function opened(scanner: LineScanner): Fence | undefined {
  const match = fence.exec(scanner.text.slice(scanner.first, Math.min(scanner.end, scanner.first + 200)));
  const [, mark, language] = match ?? [];
  if (mark === undefined || language === undefined) return undefined;
  return {
    mark,
    indent: scanner.text.slice(scanner.start, scanner.first),
    http: /^(?:http|rest)$/i.test(language),
    from: scanner.next,
    line: scanner.line + 1,
  };
}

function isClosed(scanner: LineScanner, mark: string): boolean {
  if (!scanner.text.startsWith(mark, scanner.first)) return false;
  return scanner.content().replaceAll(mark.charAt(0), '').trim() === '';
}

function block(text: string, open: Fence, to: number): HttpBlock {
  return {
    from: open.from,
    to,
    indent: open.indent,
    requests: parseRequests(text, open.from, to, open.line, open.indent.length),
  };
}
