import { ofConnection } from '../http/ofConnection.ts';
import { headerValue, type HeaderList } from '../record/exchange.ts';
import type { BodyPart } from './bodyPart.ts';
import type { DialectRules } from './dialect.ts';
import { headerLine } from './header.ts';
import type { HttpFileRequest } from './request.ts';
import type { RequestNote } from './requestNotes.ts';

/** Stands, where a request is read before all is known, for what an answer, a token or the moment gives. No file holds it. */
export const notYetKnown = '\uE000';

/** What every tool but this one can send. */
export function sendingNotes(
  text: string,
  request: HttpFileRequest,
  {
    method,
    url,
    headers,
    body,
    rules: { guessesType, joinsHeaders },
  }: {
    readonly method: string;
    readonly url: string;
    readonly headers: HeaderList;
    readonly body: readonly BodyPart[];
    readonly rules: Pick<DialectRules, 'guessesType' | 'joinsHeaders'>;
  },
): readonly RequestNote[] {
  const notes: RequestNote[] = [];
  if (method === 'CONNECT')
    notes.push({
      line: request.line,
      message: 'CONNECT asks a proxy for a tunnel, so the request is not sent.',
      stops: true,
    });
  if (/^https?:\/\/unix:(?!\d)/i.test(url))
    notes.push({
      line: request.line,
      message: 'A Unix socket cannot be reached from here, so the request is not sent.',
      stops: true,
    });
  if (guessesType && body.length > 0 && headerValue(headers, 'content-type') === undefined)
    notes.push({
      line: request.line,
      message: 'Kulala would send no body, as nothing tells its Content-Type; it is sent.',
    });
  const names = new Set<string>();
  const unequal = headers
    .map(([name, value]) => [name.toLowerCase(), value.replaceAll(notYetKnown, 'x')] as const)
    .find(([name, value]) => {
      const isFirst = name === 'cookie' || names.size < names.add(name).size;
      return /[^\0-\x7f]/.test(value) || (!joinsHeaders && !(isFirst && value !== ''));
    });
  if (unequal !== undefined)
    notes.push({
      line: headerLine(text, request, unequal[0]),
      message: 'Not every tool sends this header in the same way.',
    });
  for (const [name, value] of headers)
    if (ofConnection.test(name) && !goesOutAnyway(name, value, { url, body }))
      notes.push({
        line: headerLine(text, request, name),
        message: 'This header is not sent as it is written: it belongs to the connection.',
      });
  return notes;
}

/** Whether a header of the connection says what is so anyway. */
function goesOutAnyway(
  name: string,
  value: string,
  { url, body }: { readonly url: string; readonly body: readonly BodyPart[] },
): boolean {
  switch (name.toLowerCase()) {
    case 'host':
      // One with a scheme is the URL's own; with braces left in it nothing is sent.
      return /^https?:/i.test(value) || !URL.canParse(url) || sameHost(value, url);
    case 'connection':
      return /^keep-alive$/i.test(value);
    case 'content-length': {
      const sent = body.map((part) => (part.kind === 'text' ? part.text : '')).join('');
      const isAll = body.every(({ kind }) => kind === 'text');
      return sent.includes(notYetKnown) || (isAll && value === String(Buffer.byteLength(sent)));
    }
    default:
      return false;
  }
}

/** With the port that its scheme has anyway or without. */
function sameHost(host: string, url: string): boolean {
  const { protocol, host: own } = new URL(url);
  return URL.canParse(`${protocol}//${host}`) && new URL(`${protocol}//${host}`).host === own;
}
