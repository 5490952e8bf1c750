import { maskJwts } from './maskJwts.ts';
import { redactJson } from './redactJson.ts';
import { redactLines } from './redactLines.ts';
import { redactMarkup } from './redactMarkup.ts';
import { redactForm } from './redactParameters.ts';
import { redactProse } from './redactProse.ts';
import { isSecretName } from '../secretNames.ts';

/** JSON in a text in JSON, and so on: what is nested deeper is masked whole. */
const deepest = 4;

/** A body whose secret places are masked, whatever it is written in; linear in its length. */
export function redactBody(text: string, isResponse: boolean): string {
  return maskJwts(maskPrivatePem(redact(text, isResponse, 0)));
}

function redact(text: string, isResponse: boolean, depth: number): string {
  if (text === '') return text;
  if (depth === deepest) return '…';
  const inner = (part: string) =>
    looksWritten(part) ? redact(part, isResponse, depth + 1) : redactProse(part);
  const start = text.slice(0, 1000).trimStart();
  switch (start.charAt(0)) {
    case '{':
    case '[':
    case '"':
      return redactJson(text, isResponse, inner);
    case '<':
      return redactMarkup(text, redactProse);
  }
  if (start.startsWith('--') && /content-disposition/i.test(text))
    return redactMultipart(text, isResponse, depth);
  if (/^[^\s<{["]*=/.test(text) && !text.trimEnd().includes('\n')) return redactProse(redactForm(text));
  const mixed = (part: string, at: number) =>
    redactProse(part.slice(0, at)) + redactProse(redactJson(part.slice(at), isResponse, inner));
  const json = jsonWithin(text);
  if (json !== undefined) return mixed(text, json);
  return redactLines(text, isResponse, (line) => {
    const at = line.search(jsonStart);
    return at < 0 ? redactProse(line) : mixed(line, at);
  });
}

/** Where JSON begins. */
const jsonStart = /[{[]\s{0,20}["'{[]/;

/** Where JSON begins that has something written round it: a call (JSONP), what keeps scripts from reading it, the word of an event. */
function jsonWithin(text: string): number | undefined {
  const at = text.slice(0, 200).search(jsonStart);
  const after = text.length - Math.max(text.lastIndexOf('}'), text.lastIndexOf(']'));
  const name = text.slice(0, Math.max(0, at)).trim();
  return at < 0 || after > 20 || isSecretName(name.replace(/[:=]$/, '')) ? undefined : at;
}

/** A private key in PEM, wherever it stands, also with its line breaks written as in JSON. @see RFC 7468 */
function maskPrivatePem(text: string): string {
  return text.replace(/(-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----)(?:[^-]|-(?!----))+/g, '$1…');
}

/** Whether a text within a text is JSON, markup or a form of its own. */
function looksWritten(text: string): boolean {
  return /^\s{0,100}[{[<]/.test(text) || /^[\w.%[\]-]{1,100}=/.test(text);
}

/** Each part by its name; a part that has none is masked. @see RFC 7578 */
function redactMultipart(text: string, isResponse: boolean, depth: number): string {
  const start = text.indexOf('--');
  const lineEnd = text.slice(start).search(/\r?\n/);
  const boundary = lineEnd < 0 ? text.slice(start) : text.slice(start, start + lineEnd);
  if (boundary.length < 3) return '…';
  return text
    .split(boundary)
    .map((part, index) => (index === 0 ? part : redactPart(part, isResponse, depth)))
    .join(boundary);
}

function redactPart(part: string, isResponse: boolean, depth: number): string {
  const blank = /\n\r?\n/.exec(part);
  if (!blank) return part.length < 10 ? part : '…';
  const from = blank.index + blank[0].length;
  const head = part.slice(0, Math.min(from, 4000));
  const name = /[;\s]name="?([^";\r\n]*)/i.exec(head)?.[1];
  const content = part.slice(from);
  const [ending = ''] = /\r?\n$/.exec(content.slice(-2)) ?? [];
  const value = content.slice(0, content.length - ending.length);
  const shown = name === undefined || isSecretName(name) ? '…' : redact(value, isResponse, depth + 1);
  return `${part.slice(0, from)}${shown}${ending}`;
}
