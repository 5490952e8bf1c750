import { shellCommands, shellOf } from '../import/shellWords.ts';
import { Spans } from './blocks.ts';
import { LineScanner } from './lineScanner.ts';
import type { HttpFileRequest } from './request.ts';

/** A word of a command as it is written, with its place in the file. */
export interface WrittenWord {
  readonly written: string;
  readonly start: number;
}

/** A word for REST Client: quotes hold what is between them, and a backslash means something at the end of a line only. */
const writtenWord = /(?:"[^"]*"?|'[^']*'?|\\(?!\r?\n)|[^\s"'\\])+/g;
const variable = /\{\{[^{}\r\n]*\}\}/g;
/** What stands for blanks, quotes and the like between the braces of a variable while words are told apart. */
const shift = 0xe000;

/** The text of the command without comments and scripts, each replaced by blanks, so that every place stays. */
export function commandText(text: string, request: HttpFileRequest): string {
  const { requestStart, responseStart, end } = request;
  const pieces: string[] = [];
  const spans = new Spans();
  const scanner = new LineScanner(text, requestStart, responseStart ?? end, 0);
  while (scanner.advance()) {
    const { start, code } = scanner;
    const isAside = code === 35 || (code === 47 && scanner.peek(1) === 47) || spans.skip(scanner);
    const lines = text.slice(start, scanner.next);
    pieces.push(isAside ? lines.replace(/[^\r\n]/g, ' ') : lines);
  }
  return shielded(pieces.join(''));
}

/** The words of a command as they are written. */
export function writtenWords(command: string, start: number): readonly WrittenWord[] {
  return [...command.matchAll(writtenWord)].map(({ 0: written, index }) => ({
    written,
    start: start + index,
  }));
}

/** Whether the command is quoted as shells on Unix do. */
export const isPosix = (command: string) => /^(?:posix|fish)$/.test(shellOf(command));

/** The words that the shell hands on to curl. */
export function shellWords(command: string): readonly string[] {
  return (shellCommands(command)[0] ?? []).map(unshielded);
}

/**
 * The words as REST Client reads them: no escapes, and of several blanks or line ends one blank is left, within quotes, too.
 *
 * @see vscode-restclient, curlRequestParser.ts
 */
export function restClientWords(command: string): readonly string[] {
  return writtenWords(command, 0).map(({ written }) =>
    unshielded(written.replace(/\\\r?\n/g, '').replace(/\s{2,}/g, ' ')),
  );
}

/** Without the quotes around all of it. */
export const withoutQuotes = (word: string) => /^(["'])([^]*)\1$/.exec(word)?.[2] ?? word;

function shielded(text: string): string {
  return text.replace(variable, (whole) =>
    whole.replace(/[^\w{}.-]/g, (char) => {
      const code = char.charCodeAt(0);
      return code < 0x80 ? String.fromCharCode(shift + code) : char;
    }),
  );
}

/** The text of a word with what stands between braces as it is written. */
export function unshielded(text: string): string {
  return text.replace(variable, (whole) =>
    whole.replace(/[\ue000-\ue07f]/g, (char) => String.fromCharCode(char.charCodeAt(0) - shift)),
  );
}
