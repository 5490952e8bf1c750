import { isSpace, type LineScanner } from './lineScanner.ts';
import type { RequestKind } from './request.ts';

/** The methods that start a request wherever a line can be one. */
const httpMethods = new Set(
  (
    'GET POST PUT DELETE PATCH HEAD OPTIONS CONNECT TRACE PROPFIND PROPPATCH MKCOL COPY MOVE LOCK UNLOCK CHECKOUT ' +
    'CHECKIN REPORT MERGE MKACTIVITY MKWORKSPACE VERSION-CONTROL BASELINE-CONTROL MKCALENDAR ACL SEARCH QUERY GRAPHQL'
  ).split(' '),
);
const streamingMethods = new Set(
  'GRPC WS WSS WEBSOCKET SSE EVENTSOURCE MQTT MQTTS AMQP RSOCKET STOMP'.split(' '),
);
/** What JetBrains' and Kulala's files write in the place of a request. */
const directives = new Set(['import', 'run']);
const longestMethod = 16;

const httpScheme = /^https?:/i;
const scheme = /^[a-z][a-z0-9+.-]*:\/\//i;
const template = /^\{\{[^}]+\}\}/;
const path = /^\/(?![/*])/;
const host =
  /^(?:localhost|\[[0-9a-f:]+\]|[a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)+|[a-z0-9-]+(?=:\d))(?::\d+)?(?:[/?#]\S*)?(?:\s+HTTP\/\S+)?\s*$/i;
/** Longer lines are cut before they are looked at: what decides is at their start. */
const lookAt = 300;

const isLetter = (code: number) => (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 45;

/** The first word of the scanner's line when white space and something else follow it, else `''`. */
function method(scanner: LineScanner): string {
  let length = 0;
  while (length <= longestMethod && isLetter(scanner.peek(length))) length++;
  if (length === 0 || length > longestMethod || !isSpace(scanner.peek(length) || 65)) return '';
  return scanner.text.slice(scanner.first, scanner.first + length);
}

function target(scanner: LineScanner, methodLength: number): string {
  const from = scanner.first + methodLength;
  return scanner.text.slice(from, Math.min(scanner.end, from + lookAt)).trim();
}

/** Whether `text` can be nothing but what a request is sent to. */
function isTarget(text: string): boolean {
  return scheme.test(text) || template.test(text) || path.test(text) || host.test(text);
}

/**
 * The request that the scanner's line starts where a new one is looked for: a method with a target, or a bare URL.
 *
 * @returns undefined when the line starts none.
 */
export function startsRequest(scanner: LineScanner): RequestKind | undefined {
  const word = method(scanner);
  if (word === '') return bareUrl(scanner);
  if (httpMethods.has(word)) return target(scanner, word.length) === '' ? undefined : kindOf(scanner, word);
  if (streamingMethods.has(word)) return 'streaming';
  if (word.toLowerCase() === 'curl') return 'curl';
  if (directives.has(word) || !isTarget(target(scanner, word.length))) return bareUrl(scanner);
  return word === word.toUpperCase() || httpMethods.has(word.toUpperCase()) ? 'http' : undefined;
}

/**
 * The request that the scanner's line starts below another one without a separator, as httpYac allows.
 *
 * Only a line that cannot well be text of a body is one: an upper-case method and a URL.
 */
export function startsNextRequest(scanner: LineScanner): RequestKind | undefined {
  if (scanner.code < 65 || scanner.code > 90) return undefined;
  const word = method(scanner);
  if (!httpMethods.has(word) && !streamingMethods.has(word)) return undefined;
  return isTarget(target(scanner, word.length)) ? kindOf(scanner, word) : undefined;
}

function kindOf(scanner: LineScanner, word: string): RequestKind {
  if (streamingMethods.has(word)) return 'streaming';
  const url = target(scanner, word.length);
  return scheme.test(url) && !httpScheme.test(url) ? 'streaming' : 'http';
}

function bareUrl(scanner: LineScanner): RequestKind | undefined {
  const text = target(scanner, 0);
  if (!isTarget(text)) return undefined;
  return scheme.test(text) && !httpScheme.test(text) ? 'streaming' : 'http';
}

/** Whether the scanner's line is the status line of a saved response. */
export function isStatusLine(scanner: LineScanner): boolean {
  if (scanner.code !== 72 || !scanner.text.startsWith('HTTP/', scanner.first)) return false;
  return /^HTTP\/[\d.]+\s+[1-5]\d\d\b/.test(scanner.text.slice(scanner.first, scanner.first + 40));
}
