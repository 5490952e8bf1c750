import { isList, isObject, objectOf } from '../../shared/json.ts';

/** An answer in what a tool recorded: the text of a response or the address of a redirect; absent where nothing failed, or nothing came. */
export interface CapturedAnswer {
  readonly found: { readonly text: string } | 'success' | 'nothing';
}

/**
 * The answer in a recording: what `curl -v` says, a request with its response, or an HTTP Archive, in which it is the last that
 * failed. Absent where the text is not a recording. Never throws; linear.
 */
export function capturedAnswer(text: string): CapturedAnswer | undefined {
  return fromArchive(text) ?? fromCurl(text) ?? fromMessages(text);
}

/** A request, and below it its response. */
function fromMessages(text: string): CapturedAnswer | undefined {
  if (!/^[A-Z]{3,10} \S{1,2000} HTTP\/\d/.test(text)) return undefined;
  const at = text.search(/^HTTP\/\d/m);
  return at < 0 ? undefined : { found: { text: text.slice(at) } };
}

/** What curl says of its own, beside header fields and body. */
const ofCurl = /^(?:[*>](?: |$)|[{}] \[\d{1,20} bytes data\]|.{0,40}% Total {4}%| {10,60}Dload )|--:--:--/;
/** Said where the body has ended, with no line end before it. */
const endOfCurl = /\* (?:Connection #|Closing connection|closing connection|shutting down connection)/;

function fromCurl(text: string): CapturedAnswer | undefined {
  if (!/^< ?HTTP\/\d/m.test(text)) return undefined;
  let [head, body, inHead]: [string[], string[], boolean] = [[], [], false];
  for (const line of text.split(/\r?\n/)) {
    if (/^< ?HTTP\/\d/.test(line)) [head, body, inHead] = [[], [], true];
    if (inHead && line.startsWith('<')) {
      const field = line.slice(1).trim();
      if (field === '') inHead = false;
      else head.push(field);
    } else if (!ofCurl.test(line)) body.push(line.split(endOfCurl, 1)[0] ?? '');
  }
  // With -i the head stands among the lines of the body again.
  const whole = body.join('\n').trimStart();
  return { found: { text: /^HTTP\/\d/.test(whole) ? whole : [...head, '', whole].join('\n') } };
}

function fromArchive(text: string): CapturedAnswer | undefined {
  if (!/^\{\s{0,1000}"log"\s{0,1000}:\s{0,1000}\{/.test(text)) return undefined;
  const entries = entriesIn(text);
  if (entries === undefined) return undefined;
  const answers = entries.map(answerOf).filter((answer) => answer !== undefined);
  const failed = (least: Rank) => answers.findLast(({ rank }) => rank === least);
  const found = failed('oauth') ?? failed('status');
  return { found: found ?? (answers.length === 0 ? 'nothing' : 'success') };
}

function entriesIn(text: string): readonly unknown[] | undefined {
  try {
    const { entries } = objectOf(objectOf(JSON.parse(text) as unknown)['log']);
    return Array.isArray(entries) ? entries : undefined;
  } catch {
    // No JSON, or nested more deeply than it can be read.
    return undefined;
  }
}

/** Whether an answer says an OAuth error, is a failure by its status only, or none. */
type Rank = 'oauth' | 'status' | 'none';

/** @see HAR 1.2 */
function answerOf(entry: unknown): { readonly rank: Rank; readonly text: string } | undefined {
  const { response } = objectOf(entry);
  const { status, statusText, headers, content } = objectOf(response);
  if (typeof status !== 'number' || !Number.isInteger(status) || status < 100 || status > 599)
    return undefined;
  const fields = (isList(headers) ? headers : []).flatMap((one) => {
    const { name, value } = isObject(one) ? one : {};
    return typeof name === 'string' && typeof value === 'string' ? [[name, value] as const] : [];
  });
  const body = bodyOf(objectOf(content));
  const saysWhy =
    fields.some(
      ([name, value]) =>
        (status < 400 && /^location$/i.test(name) && /[?&#]error=/.test(value)) ||
        (/^www-authenticate$/i.test(name) && /^(?:bearer|dpop)\b/i.test(value)),
    ) || /^\s*\{[^]{0,2000}"error"\s*:\s*"/.test(body);
  const rank: Rank = saysWhy && status >= 300 ? 'oauth' : status >= 400 ? 'status' : 'none';
  const line = `HTTP/1.1 ${status} ${typeof statusText === 'string' ? oneLine(statusText) : ''}`;
  const lines = fields.map(([name, value]) => `${oneLine(name)}: ${oneLine(value)}`);
  return { rank, text: [line, ...lines, '', body].join('\n') };
}

function bodyOf({ text, encoding }: Readonly<Record<string, unknown>>): string {
  if (typeof text !== 'string') return '';
  return encoding === 'base64' ? Buffer.from(text, 'base64').toString('utf8') : text;
}

function oneLine(text: string): string {
  return text.replace(/[\r\n]+/g, ' ');
}
