import type { BodyPart } from './bodyPart.ts';
import { commandText, isPosix, restClientWords, shellWords, withoutQuotes } from './curlCommand.ts';
import {
  type CurlOption,
  dataOptions,
  isSet,
  lost,
  optionsOf,
  type Say,
  sayOptions,
  sayTwice,
  values,
} from './curlOptions.ts';
import { dialectRules, type HttpDialect } from './dialect.ts';
import { linesBetween } from './lineScanner.ts';
import type { HttpFileRequest } from './request.ts';
import type { RequestNote } from './requestNotes.ts';

/** What a curl command sends, its variables not yet filled in. */
export interface CurlCommand {
  readonly verb: string;
  readonly target: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** `name:password` that goes as HTTP Basic. */
  readonly user?: string;
  readonly body: readonly BodyPart[];
  readonly notes: readonly RequestNote[];
}

/** More are not told, but for the first that stops the request. */
const mostNotes = 20;

/** Reads a request that is written as a curl command. @see https://curl.se/docs/manpage.html */
export function readCurl(text: string, request: HttpFileRequest, dialect: HttpDialect): CurlCommand {
  const command = commandText(text, request);
  const byRestClient = dialect === 'rest_client' && isPosix(command);
  const options = byRestClient
    ? optionsOf(restClientWords(command), withoutQuotes)
    : optionsOf(shellWords(command), (value) => value);
  const notes: RequestNote[] = [];
  const say = (name: string, message: string, stops?: true) => {
    if (notes.length >= mostNotes && (!stops || notes.some((note) => note.stops))) return;
    const at = Math.max(0, command.indexOf(name));
    notes.push({ line: request.line + linesBetween(command, 0, at), message, ...(stops && { stops }) });
  };
  sayOptions(options, dialect, say);
  if (byRestClient) sayTwice(options, say);
  const { title } = dialectRules[dialect];
  if (dialect !== 'rest_client') say('', `${title} reads no curl commands; this one is sent as curl would.`);
  const targets = [...values(options, ['']), ...values(options, ['--url'])];
  if (targets[0] === undefined) say('', 'The command names no URL, so there is nothing to send.', true);
  if (targets.slice(1).some((one) => /^https?:/i.test(one)))
    say('', 'curl would ask several addresses; only the first one is asked.');
  const body = bodyOf(options, byRestClient, say);
  const isQuery = isSet(options, /^(?:-G|--get)$/);
  if (isQuery && body.some(({ kind }) => kind === 'file')) say('-d', lost, true);
  const user = values(options, ['-u', '--user']).at(-1);
  return {
    verb: verbOf(options, body.length > 0 && !isQuery),
    target: isQuery ? withQuery(targets[0] ?? '', body) : (targets[0] ?? ''),
    headers: headersOf(options, body.length > 0 && !isQuery, byRestClient, say),
    ...(user !== undefined && { user }),
    body: isQuery ? [] : body,
    notes,
  };
}

function verbOf(options: readonly CurlOption[], hasBody: boolean): string {
  const named = values(options, ['-X', '--request']).at(-1);
  if (named !== undefined && named !== '') return named.toUpperCase();
  if (isSet(options, /^(?:-I|--head)$/)) return 'HEAD';
  return hasBody || isSet(options, /^--json$/) ? 'POST' : 'GET';
}

function headersOf(
  options: readonly CurlOption[],
  hasBody: boolean,
  byRestClient: boolean,
  say: Say,
): readonly (readonly [string, string])[] {
  const headers: (readonly [string, string])[] = [];
  const removed = new Set<string>();
  for (const line of values(options, ['-H', '--header'])) {
    if (line.startsWith('@')) say(line, lost, true);
    const [name = '', ...value] = line.split(':');
    // `Name:` takes a header away that curl would add; `Name;` is one without a value.
    if (value.join('').trim() === '' && value.length > 0 && !byRestClient)
      removed.add(name.trim().toLowerCase());
    else headers.push([name.replace(/;\s*$/, '').trim(), value.join(':').trim()]);
  }
  const has = (wanted: string) =>
    removed.has(wanted) || headers.some(([name]) => name.toLowerCase() === wanted);
  for (const [names, header, prefix] of ownHeaders)
    for (const value of values(options, names).slice(-1))
      if (!has(header.toLowerCase())) headers.push([header, prefix + value]);
  const cookie = values(options, ['-b', '--cookie']).at(-1);
  if (cookie?.includes('=')) {
    const others = headers.filter(([name]) => !(byRestClient && name.toLowerCase() === 'cookie'));
    headers.splice(0, headers.length, ...others, ['Cookie', cookie]);
  } else if (cookie !== undefined && cookie !== '') say(cookie, 'The cookies of this file are not sent.');
  const isJson = isSet(options, /^--json$/);
  if (isJson && !has('accept')) headers.push(['Accept', 'application/json']);
  if (hasBody && !has('content-type'))
    headers.push(['Content-Type', isJson ? 'application/json' : 'application/x-www-form-urlencoded']);
  return headers;
}

/** The options that are a header. */
const ownHeaders: readonly (readonly [names: readonly string[], header: string, prefix: string])[] = [
  [['-A', '--user-agent'], 'User-Agent', ''],
  [['-e', '--referer'], 'Referer', ''],
  [['--oauth2-bearer'], 'Authorization', 'Bearer '],
];

function bodyOf(options: readonly CurlOption[], byRestClient: boolean, say: Say): readonly BodyPart[] {
  const wanted = byRestClient ? dataOptions.find((name) => values(options, [name]).some(Boolean)) : undefined;
  const others = /^--(?:data-urlencode|json)$/;
  const isSent = ({ name }: CurlOption) =>
    others.test(name) || (wanted === undefined ? dataOptions.includes(name) : name === wanted);
  const data = options.filter(isSent);
  const left = options.filter((one) => dataOptions.includes(one.name) && !isSent(one));
  for (const { name } of left) say(name, `REST Client would send ${wanted ?? ''} only, and not this.`);
  const parts: BodyPart[] = [];
  data.forEach(({ name, value }, at) => {
    // Of an empty body REST Client makes none.
    if (byRestClient && value === '' && data.length === 1) return;
    if (at > 0) parts.push({ kind: 'text', text: name === '--json' ? '' : '&' });
    parts.push(dataPart(name, value, byRestClient && at === 0, say));
  });
  return parts;
}

/** @param raw `--data-raw` names a file, too: to REST Client all of them are the same */
function dataPart(name: string, value: string, raw: boolean, say: Say): BodyPart {
  if (name === '--data-urlencode') {
    const end = value.search(/[=@]/);
    const [field, rest] = end < 0 ? [value, ''] : [value.slice(0, end), value.slice(end + 1)];
    if (value[end] === '@') say(name, lost, true);
    if (end < 0) return { kind: 'text', text: encoded(field) };
    return { kind: 'text', text: `${field}${field === '' ? '' : '='}${encoded(rest)}` };
  }
  if (!value.startsWith('@') || (name === '--data-raw' && !raw)) return { kind: 'text', text: value };
  if (!raw && !/^--(?:data-binary|json)$/.test(name))
    say(value, 'curl would leave out the line ends of this file; they are sent.');
  return { kind: 'file', path: value.slice(1), resolveVariables: false };
}

/** Percent-encoded, but for what stands between the braces of a variable. */
const encoded = (text: string) =>
  text.replace(
    /(\{\{[^{}]*\}\})|([^{]+|\{)/g,
    (_, variable?: string, plain = '') =>
      variable ??
      encodeURIComponent(String(plain))
        .replaceAll('%20', '+')
        .replace(/[!'()*]/g, hex),
  );

const hex = (char: string) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`;

/** With `-G` the data are a part of the query. */
function withQuery(url: string, data: readonly BodyPart[]): string {
  const query = data.map((part) => (part.kind === 'text' ? part.text : '')).join('');
  return query === '' ? url : url + (url.includes('?') ? '&' : '?') + query;
}
