import { type BodyPart, type BodyStyle, readBody } from './body.ts';
import { headerColon } from './header.ts';
import { LineScanner } from './lineScanner.ts';
import type { HttpBlock, HttpFileRequest } from './request.ts';
import { type VariableSource, fileVariables, resolveVariables } from './resolveVariables.ts';

/** A request as it would be sent, but for files its body takes in and variables nobody knows. */
export interface ReadRequest {
  readonly method: string;
  /** Absolute when the file says enough for that. */
  readonly url: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Absent when the request has none. */
  readonly body?: readonly BodyPart[];
  /** Names between braces that were not resolved, as they stand there. */
  readonly unresolved: readonly string[];
}

const requestLine = /^([A-Za-z-]+)\s+(?=\S)(.*)$/;
const httpVersion = /\s+HTTP\/\S+\s*$/;

/**
 * Reads the request to send it: method, URL, headers and body, with file variables and those of `source` filled in.
 *
 * @param request of kind `http`.
 */
export function readRequest(
  text: string,
  block: HttpBlock,
  request: HttpFileRequest,
  source: VariableSource = () => undefined,
): ReadRequest {
  const unresolved = new Set<string>();
  const variables = fileVariables(text, block);
  const resolve = (value: string) =>
    resolveVariables(value, (name) => variables.get(name) ?? source(name), unresolved);

  const { verb, target } = readTarget(text, request);
  const headers = readHeaders(text, request).map(([name, value]) => [name, resolve(value)] as const);
  const style = bodyStyle(verb, headers);
  const body = readBody(text, request, style, resolve);
  const sent = headers.filter(([name]) => !/^x-request-type$/i.test(name));
  return {
    method: verb === 'GRAPHQL' ? 'POST' : verb,
    url: absolute(resolve(target), headers),
    headers: verb === 'GRAPHQL' ? withJson(sent) : sent,
    ...(body.length > 0 && { body }),
    unresolved: [...unresolved],
  };
}

function readTarget(text: string, request: HttpFileRequest): { verb: string; target: string } {
  const scanner = new LineScanner(text, request.requestStart, request.urlEnd, 0);
  const parts: string[] = [];
  while (scanner.advance())
    if (parts.length === 0 || (scanner.code !== 35 && !scanner.content().startsWith('//')))
      parts.push(scanner.content().trim());
  const whole = parts.map((part, at) => (at === 0 ? part.replace(httpVersion, '') : part)).join('');
  const [, verb, target] = requestLine.exec(whole) ?? [];
  if (verb === undefined || target === undefined)
    return { verb: 'GET', target: whole.replace(httpVersion, '') };
  return { verb: verb.toUpperCase(), target: target.replace(httpVersion, '') };
}

/** The headers in their order; folded lines are joined by one space. @see RFC 9112 section 5.2 */
function readHeaders(text: string, request: HttpFileRequest): (readonly [string, string])[] {
  const headers: (readonly [string, string])[] = [];
  const scanner = new LineScanner(text, request.urlEnd, request.headersEnd, 0);
  scanner.advance();
  while (scanner.advance()) {
    const comment = /^(?:#|\/\/)/.test(scanner.content());
    const colon = comment ? -1 : headerColon(scanner);
    const last = headers.at(-1);
    if (colon >= 0) {
      const name = text.slice(scanner.first, colon).trim();
      headers.push([name, text.slice(colon + 1, scanner.end).trim()]);
    } else if (last && !comment && scanner.first > scanner.start)
      headers[headers.length - 1] = [last[0], `${last[1]} ${scanner.content().trim()}`];
  }
  return headers;
}

const find = (headers: ReadRequest['headers'], wanted: string) =>
  headers.find(([name]) => name.toLowerCase() === wanted)?.[1];

function bodyStyle(verb: string, headers: ReadRequest['headers']): BodyStyle {
  if (verb === 'GRAPHQL' || /^graphql$/i.test(find(headers, 'x-request-type') ?? '')) return 'graphql';
  const type = find(headers, 'content-type') ?? '';
  if (/^application\/x-www-form-urlencoded/i.test(type)) return 'form';
  return /^multipart\//i.test(type) ? 'multipart' : 'text';
}

function withJson(headers: ReadRequest['headers']): ReadRequest['headers'] {
  return find(headers, 'content-type') === undefined
    ? [...headers, ['Content-Type', 'application/json']]
    : headers;
}

/** A path takes its host from the Host header; a host without a scheme is asked by http. */
function absolute(target: string, headers: ReadRequest['headers']): string {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(target) || target.startsWith('{{')) return target;
  if (!target.startsWith('/') && target !== '*') return `http://${target}`;
  const host = find(headers, 'host');
  if (host === undefined) return target;
  const origin = /^https?:\/\//i.test(host) ? host : `${/:8?443$/.test(host) ? 'https' : 'http'}://${host}`;
  return target === '*' ? origin : origin.replace(/\/$/, '') + target;
}
