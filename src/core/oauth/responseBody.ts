import { parseShallow } from '../http/jsonDepth.ts';
import { isObject } from '../../shared/json.ts';

/** What a response's body turned out to be. */
export type ResponseBody =
  | { readonly format: 'json' | 'form'; readonly members: Readonly<Record<string, unknown>> }
  | { readonly format: 'html' | 'xml' | 'text' | 'broken_json' | 'truncated_json' | 'other_json' | 'empty' };

/** Recognises a body by what it is, whatever its content type claims. */
export function responseBody(text: string, contentType: string | undefined): ResponseBody {
  const body = unwrapped(text.replace(/^\uFEFF/, '').trim());
  if (body === '') return { format: 'empty' };
  if (body.startsWith('<')) return { format: isXml(body, contentType) ? 'xml' : 'html' };
  if (/^[{[]/.test(body)) return json(body);
  if (isForm(body, contentType))
    return { format: 'form', members: Object.fromEntries(new URLSearchParams(body)) };
  return { format: 'text' };
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
    return isObject(value) ? { format: 'json', members: value } : { format: 'other_json' };
  } catch {
    return { format: /[}\]]$/.test(body) ? 'broken_json' : 'truncated_json' };
  }
}

function isForm(body: string, contentType: string | undefined): boolean {
  if (/\s/.test(body)) return false;
  if (contentType === 'application/x-www-form-urlencoded') return body.includes('=');
  return /^(?:[\w.~%-]+=[^&=]*&)*(?:access_token|error|token_type)=/.test(body);
}
