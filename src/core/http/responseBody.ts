import { parseShallow } from './jsonDepth.ts';
import { isReadable } from './plainText.ts';
import { isObject, kindOf, type JsonObject } from '../../shared/json.ts';

/** What a response's body turned out to be. */
export type ResponseBody =
  | { readonly format: 'json' | 'form'; readonly members: JsonObject }
  | { readonly format: 'other_json'; readonly value: unknown }
  | { readonly format: 'text'; readonly text: string }
  | { readonly format: 'html' | 'xml' | 'broken_json' | 'truncated_json' | 'empty' };

/** Recognises a body by what it is, whatever its content type claims. */
export function responseBody(text: string, contentType: string | undefined): ResponseBody {
  const body = unwrapped(text.replace(/^\uFEFF/, '').trim());
  if (!isReadable(body)) return { format: 'empty' };
  if (body.startsWith('<')) return { format: isXml(body, contentType) ? 'xml' : 'html' };
  if (/^[{[]/.test(body)) return json(body);
  const read = json(body);
  if (read.format === 'other_json') return read;
  if (isForm(body, contentType))
    return { format: 'form', members: Object.fromEntries(new URLSearchParams(body)) };
  return { format: 'text', text: body };
}

/** The members of a body that has any. */
export function membersOf(body: ResponseBody): JsonObject | undefined {
  return 'members' in body ? body.members : undefined;
}

/** What a body is that holds no members to use, for a sentence: `JSON that is not an object (an array)`. */
export function bodyInWords(body: ResponseBody): string {
  if (body.format !== 'other_json') return inWords[body.format];
  const twice = typeof body.value === 'string' && /^[{[]/.test(body.value.trim());
  return `JSON that is not an object (${kindOf(body.value)}${twice ? ' of JSON, which is encoded twice' : ''})`;
}

const inWords: Readonly<Record<Exclude<ResponseBody['format'], 'other_json'>, string>> = {
  json: 'a JSON object',
  form: 'a form',
  empty: 'an empty body',
  html: 'an HTML page',
  xml: 'XML',
  text: 'plain text',
  broken_json: 'broken JSON',
  truncated_json: 'JSON that ends in the middle',
};

/** Whether a body is one long word, as a token is that comes alone. */
export function isLoneWord(text: string): boolean {
  return /^"?[\w.~+/=:%-]{16,}"?$/.test(text.trim());
}

/** The JSON in a call of a script (JSONP), as QQ answers, or after what keeps scripts from reading it. */
function unwrapped(body: string): string {
  const [guard] = /^(?:\)\]\}',?|while\(1\);|for\(;;\);)\s*(?=\{)/.exec(body) ?? [];
  if (guard !== undefined) return body.slice(guard.length);
  const [call] = /^[\w$.]{1,64}\(\s*(?=\{)/.exec(body) ?? [];
  const end = call === undefined ? -1 : body.lastIndexOf(')');
  return end > 0 && /^\)[\s;]*$/.test(body.slice(end)) ? body.slice(call?.length ?? 0, end).trim() : body;
}

/** What is XML and not a page for a browser. */
function isXml(body: string, contentType = ''): boolean {
  if (/<html[\s>]|<!doctype html/i.test(body.slice(0, 1000))) return false;
  return body.startsWith('<?xml') || /^(?:application|text)\/(?:[\w.+-]+\+)?xml$/.test(contentType);
}

function json(body: string): ResponseBody {
  try {
    const value: unknown = parseShallow(body);
    return isObject(value) ? { format: 'json', members: value } : { format: 'other_json', value };
  } catch {
    return { format: /[}\]]$/.test(body) ? 'broken_json' : 'truncated_json' };
  }
}

function isForm(body: string, contentType: string | undefined): boolean {
  if (/\s/.test(body)) return false;
  if (contentType === 'application/x-www-form-urlencoded') return body.includes('=');
  return /^(?:[\w.~%-]+=[^&=]*&)*(?:access_token|error|token_type)=/.test(body);
}
