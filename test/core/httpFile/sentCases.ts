import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HttpDialect } from '../../../src/core/httpFile/dialect.ts';

/** What goes over the wire of a request; headers in lower case, as far as they stand in the file. */
export interface Message {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

/** One small file of a dialect. */
export interface SentCase {
  readonly title: string;
  readonly text: string;
  /** What its own tool sends, by its documentation; absent where httpYac itself is asked. */
  readonly sent?: readonly Message[];
}

/** The origin that stands for `HOST` in what is expected. */
export const host = 'https://api.example.com';

/**
 * The files of a dialect: `%%% title`, the file, and for each of its requests `>>>` with the message that is sent. Blanks at the
 * end of a line stand as `·`.
 */
export function sentCases(dialect: HttpDialect): readonly SentCase[] {
  const text = readFileSync(join(import.meta.dirname, 'sent', `${dialect}.txt`), 'utf8');
  return text
    .split(/^%%% /m)
    .slice(1)
    .map((piece) => {
      const end = piece.indexOf('\n');
      const [file = '', ...sent] = piece.slice(end + 1).split(/^>>>\n/m);
      const title = piece.slice(0, end);
      return { title, text: unescaped(file), ...(sent.length > 0 && { sent: sent.map(message) }) };
    });
}

const unescaped = (text: string) =>
  text
    .replace(/·+$/gm, (dots) => ' '.repeat(dots.length))
    .replaceAll('\\r\n', '\r\n')
    .replaceAll('\\t', '\t')
    .replaceAll('\\uFEFF', '\uFEFF');

function message(text: string): Message {
  const [head = '', ...rest] = unescaped(text).replaceAll('HOST', host).split('\n\n');
  const [start = '', ...headers] = head.trimEnd().split('\n');
  const space = start.indexOf(' ');
  return {
    method: start.slice(0, space),
    url: start.slice(space + 1),
    headers: headers.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const;
    }),
    // The last line feed is that of the case itself.
    body: rest.join('\n\n').replace(/\n$/, ''),
  };
}
