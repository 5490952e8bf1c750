import { maskJwts } from './maskJwts.ts';
import { redactJson, type RedactText } from './redactJson.ts';
import { redactLines } from './redactLines.ts';
import { redactMarkup, redactReferences } from './redactMarkup.ts';
import { maskSeen, type Seen } from './mask.ts';
import { maskEncoded } from './maskEncoded.ts';
import { redactAligned } from './redactAligned.ts';
import { redactCodes } from './redactCodes.ts';
import { redactBehind } from './redactBehind.ts';
import { redactForm, shortestPlace } from './redactParameters.ts';
import { redactProse } from './redactProse.ts';
import { readable } from './readable.ts';
import { redactInserts } from './redactInserts.ts';
import { redactKnownFiles, redactPairs } from './redactKnownFiles.ts';
import { redactTables } from './redactTables.ts';
import { isSecretName } from '../secretNames.ts';

/** JSON in a text in JSON, and so on: what is nested deeper is masked whole. */
const deepest = 4;

/**
 * A body whose secret places are masked, whatever it is written in; linear in its length. One that had to be made readable first
 * (chunks, UTF-16) comes back readable when something in it was masked.
 *
 * @param replace takes out what is known to be secret
 */
export function redactBody(
  text: string,
  isResponse: boolean,
  seen?: Seen,
  replace = (body: string) => body,
): string {
  const masked = (body: string) =>
    redactEncoded(
      redactCodes(maskJwts(maskPrivatePem(redact(replace(body), isResponse, seen, 0))), seen),
      seen,
      replace,
    );
  const body = readable(text);
  const shown = masked(body);
  return shown === body && body !== text ? masked(text) : shown;
}

/**
 * A text whose base64 and hexadecimal digits are masked where what they stand for has a secret place.
 *
 * @param replace takes out what is known to be secret
 */
export function redactEncoded(text: string, seen?: Seen, replace = (packed: string) => packed): string {
  return maskEncoded(text, { redact: (encoded) => redact(encoded, false, seen, 1), replace });
}

function redact(text: string, isResponse: boolean, seen: Seen | undefined, depth: number): string {
  if (depth === deepest) return '…';
  const files = (part: string) => redactPairs(redactInserts(redactKnownFiles(part, seen), seen), seen);
  const prose = (part: string) => redactProse(part, seen);
  const inner = (part: string): string =>
    looksWritten(part)
      ? redact(part, isResponse, seen, depth + 1)
      : line(mayHaveForm.test(part) ? files(part) : part);
  // What is written without escapes is read with what stands round it.
  const once: RedactText = (part, literal = '\\') =>
    literal.includes('\\') || looksWritten(part) ? inner(part) : part;
  const mixed = (part: string, at: number) => {
    const shown = prose(part.slice(0, at)) + prose(redactJson(part.slice(at), isResponse, once, seen));
    // What stands before may be the name of it all.
    return /[:=]\s?$/.test(part.slice(Math.max(0, at - 2), at)) ? redactBehind(shown, seen) : shown;
  };
  const line = (part: string) => {
    if (part.length < shortestPlace) return part;
    const at = part.search(jsonStart);
    return at < 0 ? prose(part) : mixed(part, at);
  };
  const start = text.slice(0, 1000).trimStart();
  // The sections of an INI file, and a program that says where it begins.
  if (/^(?:\[{1,2}[^[\]{}\n]{1,100}\]{1,2}[ \t\r]{0,9}\n|<\?php)/.test(start))
    return redactLines(text, isResponse, prose, seen);
  switch (start.charAt(0)) {
    case '{':
    case '[':
      return redactJson(redactPairs(text, seen), isResponse, inner, seen);
    case '"':
      return redactJson(redactTables(text, seen), isResponse, inner, seen);
    case '<':
      return redactMarkup(text, isResponse, (part) => line(redactReferences(part, inner)), seen);
  }
  const boundary = /content-disposition/i.test(text) ? boundaryOf(text) : undefined;
  if (boundary !== undefined) return redactMultipart(text, boundary, isResponse, seen, depth);
  const known = files(text);
  if (/^[^\s<{["]*=/.test(text) && !text.trimEnd().includes('\n')) return prose(redactForm(known, 0, seen));
  const json = isOfEvents.test(start) ? known.search(/[{[]/) : jsonWithin(known);
  if (json !== undefined && json >= 0) return mixed(known, json);
  return redactLines(redactAligned(redactTables(known, seen), seen), isResponse, line, seen);
}

/** What a text in JSON has that is written as a file or a protocol has it: a sign, or a word of theirs. */
const mayHaveForm =
  /[:$}][^]{4}|pass|auth|login|identified|insert|copy|\b(?:env|arg|set)[ \t]|setenv|secure/i;

/** Where JSON begins. */
const jsonStart = /[{[]\s{0,20}["'{[]/;

/** Of a stream of events, whose data may be parted into lines wherever JSON has a blank. */
const isOfEvents = /^(?:(?:event|id|retry)?:[^\n]{0,500}\n\s{0,9}){0,20}data:/;

/** Where JSON begins that has something written round it: a call (JSONP), what keeps scripts from reading it, the word of an event. */
function jsonWithin(text: string): number | undefined {
  const at = text.slice(0, 200).search(jsonStart);
  const after = text.length - Math.max(text.lastIndexOf('}'), text.lastIndexOf(']'));
  const before = text.slice(0, Math.max(0, at));
  return at < 0 || after > 20 || isSecretName(before) || /tokens\W{1,9}$/i.test(before) ? undefined : at;
}

/**
 * A private key in PEM, of SSH2 or of PuTTY, wherever it stands, also percent-encoded or with its line breaks written as in JSON.
 *
 * @see RFC 7468, RFC 4716
 */
function maskPrivatePem(text: string): string {
  return text
    .replace(
      /(-{4,5}(?:[ +]|%20)?BEGIN[A-Z\d %+]{1,40}PRIVATE(?:[ +]|%20)KEY[A-Z\d %+]{0,10}-{4,5})(?:[^-]|-(?!---))+/gi,
      '$1…',
    )
    .replace(/(Private-Lines(?::|%3A)(?:[ +]|%20)?\d{1,4})(?:(?!Private-)[^"&])+/gi, '$1…');
}

/** Whether a text within a text is JSON, markup or a form of its own. */
function looksWritten(text: string): boolean {
  return /^\s{0,100}[{[<][^]{3}/.test(text) || /^[\w.%[\]-]{1,100}=/.test(text);
}

/** The line that parts are told by; there may be text before the first. @see RFC 2046 section 5.1.1 */
function boundaryOf(text: string): string | undefined {
  const trimmed = text.trimStart();
  const at = trimmed.startsWith('--') ? 0 : trimmed.indexOf('\n--') + 1;
  const line = trimmed.slice(at, at + 200).split(/\r?\n/, 1)[0] ?? '';
  return line.startsWith('--') && line.length > 2 ? line : undefined;
}

/** Each part by its name; a part that has none is masked. @see RFC 7578 */
function redactMultipart(
  text: string,
  boundary: string,
  isResponse: boolean,
  seen: Seen | undefined,
  depth: number,
): string {
  return text
    .split(boundary)
    .map((part, index) => (index === 0 ? part : redactPart(part, isResponse, seen, depth)))
    .join(boundary);
}

function redactPart(part: string, isResponse: boolean, seen: Seen | undefined, depth: number): string {
  const blank = /\n\r?\n/.exec(part);
  if (!blank) return part.length < 10 ? part : '…';
  const from = blank.index + blank[0].length;
  const head = part.slice(0, from);
  const name = /[;\s]name="?([^";\r\n]*)/i.exec(head)?.[1];
  const file = /[;\s]filename="?([^".;\r\n]*)/i.exec(head)?.[1];
  const content = part.slice(from);
  const [ending = ''] = /\r?\n$/.exec(content) ?? [];
  const value = content.slice(0, content.length - ending.length);
  const shown = (): string => {
    if (name !== undefined && isSecretName(name))
      return maskSeen(isBase64.test(head) ? Buffer.from(value, 'base64').toString('utf8') : value, seen);
    const isKnown = name !== undefined || /^\s{0,100}[{[]/.test(value);
    if (!isKnown) return '…';
    const redacted = redact(value, isResponse, seen, depth + 1);
    // A file may be called `code` or `key` for other reasons.
    if (!isSecretName(`file-${file ?? ''}`)) return redacted;
    if (!value.trim().includes('\n')) seen?.(value.trim());
    return '…';
  };
  return `${part.slice(0, from)}${shown()}${ending}`;
}

const isBase64 = /content-transfer-encoding: ?base64/i;
