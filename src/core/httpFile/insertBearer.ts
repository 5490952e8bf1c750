import { authorizationsOf } from './authorization.ts';
import type { Authorization, AuthorizationKind } from './authorizationValue.ts';
import { curlAuthorizations } from './curlAuthorization.ts';
import { bearerHeader, type TokenHeader } from '../profile/tokenHeader.ts';
import { definitionEdits } from './definition.ts';
import { isSpace, lineEnding, nextLine } from './lineScanner.ts';
import { type HttpBlock, type HttpFile, type HttpFileRequest, requestAt } from './request.ts';
import type { TextEdit } from './textEdit.ts';

/** What goes into a request, by the way the user chose. */
export type Bearer = {
  /** Where the profile's APIs want it; `Authorization: Bearer` unless said otherwise. */
  readonly header?: TokenHeader;
} & (
  | { readonly way: 'literal'; readonly token: string }
  /** `name` is the file variable's name. */
  | { readonly way: 'fileVariable'; readonly token: string; readonly name: string }
  /** `name` is what stands between the braces: a variable's name, or `$dotenv NAME`. */
  | { readonly way: 'environment'; readonly name: string }
  /** `value` is what the user's tool resolves by itself: `Bearer {{$auth.token("id")}}`, `oauth2 client_credentials id`. */
  | { readonly way: 'reference'; readonly value: string }
);

/** What the user answered to the questions of an earlier try. */
export interface Answers {
  /** Replace a value that is not a bearer token. */
  readonly replace?: boolean;
  /** Which of several Authorization headers, counted from 0. */
  readonly which?: number;
  /** Variables of the environments that hold the whole header. */
  readonly holders?: readonly string[];
}

type RefusalReason = 'no_request' | 'saved_response' | 'curl' | 'streaming' | 'unusable_token';

/** The edits to make as one; or what has to be asked first; or why nothing is done. */
export type BearerEdit =
  | { readonly kind: 'edits'; readonly edits: readonly TextEdit[]; readonly request: HttpFileRequest }
  | {
      readonly kind: 'replace';
      readonly holds: Exclude<AuthorizationKind, 'empty' | 'bearer'>;
      /** Zero-based. */
      readonly line: number;
    }
  | { readonly kind: 'which'; readonly headers: readonly Pick<Authorization, 'kind' | 'line'>[] }
  | { readonly kind: 'refusal'; readonly reason: RefusalReason; readonly message: string };

/** Characters that mean nothing in a header, a variable, a template, JSON or a `.env` file. */
const usable = /^[A-Za-z0-9!%&()*+\-./:;=?@[\]^_|~]+$/;

/** Whether a token can be written into a file without changing what the file means. */
export function isUsableToken(token: string): boolean {
  return usable.test(token);
}

/**
 * Puts a token into the request around `offset`, changing the header it belongs in and nothing else.
 *
 * @param file what `text` was parsed to.
 */
export function insertBearer(
  text: string,
  file: HttpFile,
  offset: number,
  bearer: Bearer,
  answers: Answers = {},
): BearerEdit {
  const found = requestAt(file, offset);
  if (!found) return refusal('no_request');
  const { block, request } = found;
  const inResponse = request.responseStart !== undefined && offset >= request.responseStart;
  if (request.kind === 'response' || inResponse) return refusal('saved_response');
  if (request.kind === 'streaming') return refusal('streaming');
  const held = heldToken(bearer);
  if (held !== undefined && !isUsableToken(held)) return refusal('unusable_token');

  const { header: where = bearerHeader } = bearer;
  const isCommand = request.kind === 'curl';
  if (isCommand && !curlAuthorizations(text, request, where)) return refusal('curl');
  const headers = authorizationsOf(text, block, request, where, answers.holders);
  if (headers.length > 1 && answers.which === undefined) return { kind: 'which', headers };
  const header = headers[answers.which ?? 0];
  const value = bearer.way === 'reference' ? bearer.value : where.prefix + credentialsOf(bearer);
  if (isCommand && value.includes("'")) return refusal('unusable_token');
  if (header && isOthers(text, header, value) && answers.replace !== true)
    return { kind: 'replace', holds: header.kind, line: header.line };

  const line = `${where.name}: ${value}`;
  const edits = header
    ? replaceValue(text, header, header.option ? `-H '${line}'` : header.whole ? line : value)
    : addHeader(text, block, request, line);
  if (bearer.way === 'fileVariable') edits.push(...definitionEdits(text, block, bearer.name, bearer.token));
  return { kind: 'edits', edits: edits.sort((a, b) => a.start - b.start), request };
}

/** The token that is written into the file. */
function heldToken(bearer: Bearer): string | undefined {
  return bearer.way === 'literal' || bearer.way === 'fileVariable' ? bearer.token : undefined;
}

function credentialsOf(bearer: Exclude<Bearer, { way: 'reference' }>): string {
  return bearer.way === 'literal' ? bearer.token : `{{${bearer.name}}}`;
}

function isOthers(
  text: string,
  header: Authorization,
  value: string,
): header is Authorization & { readonly kind: Exclude<AuthorizationKind, 'empty' | 'bearer'> } {
  if (header.kind === 'empty' || header.kind === 'bearer') return false;
  return text.slice(header.valueStart, header.valueEnd) !== value;
}

function replaceValue(text: string, header: Authorization, value: string): TextEdit[] {
  const { valueStart: start, valueEnd: end } = header;
  if (text.slice(start, end) === value) return [];
  const spaced = isSpace(text.charCodeAt(start - 1)) || end > start;
  return [{ start, end, text: spaced ? value : ` ${value}` }];
}

function addHeader(text: string, block: HttpBlock, request: HttpFileRequest, header: string): TextEdit[] {
  if (request.kind === 'curl') {
    const word = /^\s*curl/i.exec(text.slice(request.requestStart, request.urlEnd))?.[0] ?? '';
    const at = request.requestStart + word.length;
    return [{ start: at, end: at, text: ` -H '${header}'` }];
  }
  const eol = lineEnding(text, request.urlEnd);
  const next = nextLine(text, request.urlEnd);
  if (next < 0) return [{ start: text.length, end: text.length, text: `${eol}${block.indent}${header}` }];
  return [{ start: next, end: next, text: `${block.indent}${header}${eol}` }];
}

const messages: Record<RefusalReason, string> = {
  no_request: 'There is no HTTP request here. Put the cursor into a request and try again.',
  saved_response: 'This is a saved response, not a request. Put the cursor into a request and try again.',
  curl: 'This curl command is quoted in a way that is left as it is. Add the header with -H yourself.',
  streaming:
    'This is not a plain HTTP request (gRPC, WebSocket, server-sent events, ...) and is left as it is.',
  unusable_token:
    'The token has characters that would change what the file means, so it was not inserted. Copy the token instead.',
};

function refusal(reason: RefusalReason): BearerEdit {
  return { kind: 'refusal', reason, message: messages[reason] };
}
