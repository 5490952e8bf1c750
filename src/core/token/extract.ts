import { trimEnd } from '../http/ends.ts';
import { parseJsonObject, type JsonObject } from './json.ts';
import { isObject, objectOf } from '../../shared/json.ts';

/** Longest text that is examined, in characters. */
export const inputLimit = 1024 * 1024;

/** What was found in a text. */
export type Extracted =
  | {
      readonly kind: 'token';
      readonly token: string;
      /** Whether line breaks or spaces inside the token were removed. */
      readonly joined: boolean;
      /** How many more tokens the text contains. */
      readonly others: number;
    }
  | { readonly kind: 'response'; readonly members: JsonObject }
  | { readonly kind: 'nothing'; readonly why: 'empty' | 'too_long' | 'no_token' };

/**
 * Finds the token in any text: bare, quoted, wrapped over lines, in an `Authorization` header, a log or a curl command; a token
 * response as JSON or form, with or without header fields; a redirect URL with the token in its fragment. Never throws; linear
 * in its length.
 */
export function extractToken(text: string): Extracted {
  if (text.length > inputLimit) return { kind: 'nothing', why: 'too_long' };
  const trimmed = text.replace(invisible, '').trim();
  if (trimmed === '') return { kind: 'nothing', why: 'empty' };
  return fromJson(trimmed) ?? fromJson(bodyOf(trimmed)) ?? fromParameters(trimmed) ?? fromText(trimmed);
}

/** Invisible characters that web pages and chat programs insert. */
const invisible = /[\u00ad\u200b-\u200d\u2060\ufeff]/g;

/** The part below the header fields of a response, as `curl -i` prints it. */
function bodyOf(text: string): string {
  const end = /^HTTP\/\d/.test(text) ? /\r?\n\r?\n/.exec(text) : null;
  return end === null ? '' : text.slice(end.index + end[0].length);
}

const wrappers = ['data', 'result', 'token', 'tokens', 'response'];

function fromJson(text: string): Extracted | undefined {
  if (!text.startsWith('{')) return undefined;
  const parsed = parseJsonObject(text);
  if (parsed.kind !== 'object') return undefined;
  const members =
    withTokens(parsed.value) ?? wrappers.map((name) => withTokens(parsed.value[name])).find(Boolean);
  if (members) return { kind: 'response', members };
  const compact = compactOf(parsed.value);
  return compact === undefined ? undefined : { kind: 'token', token: compact, joined: false, others: 0 };
}

/** The standard names of camelCase members. */
const standardNames: Readonly<Record<string, string>> = {
  accessToken: 'access_token',
  idToken: 'id_token',
  refreshToken: 'refresh_token',
  tokenType: 'token_type',
  expiresIn: 'expires_in',
};

function withTokens(value: unknown): JsonObject | undefined {
  if (!isObject(value)) return undefined;
  const entries = Object.entries(value).map(([name, member]): [string, unknown] => [
    Object.hasOwn(standardNames, name) ? (standardNames[name] ?? name) : name,
    member,
  ]);
  const members: JsonObject = Object.fromEntries(entries);
  return ['access_token', 'id_token'].some((name) => typeof members[name] === 'string') ? members : undefined;
}

/** The compact form of a JWS in its JSON serialization (the first signature). @see RFC 7515 section 7.2 */
function compactOf(value: JsonObject): string | undefined {
  const { payload, signatures } = value;
  if (typeof payload !== 'string') return undefined;
  const first: unknown = Array.isArray(signatures) ? signatures[0] : value;
  const { protected: header, signature } = objectOf(first);
  return typeof header === 'string' && typeof signature === 'string'
    ? `${header}.${payload}.${signature}`
    : undefined;
}

const parameterNames = /(?:^|[#?&])(?:access_token|id_token)=/;

function fromParameters(text: string): Extracted | undefined {
  if (!parameterNames.test(text) || /\s/.test(text)) return undefined;
  const start = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) || /^[#?]/.test(text) ? text.search(/[#?]/) + 1 : 0;
  const members = withTokens(Object.fromEntries(new URLSearchParams(text.slice(start).replace('#', '&'))));
  return members === undefined ? undefined : { kind: 'response', members };
}

/** A JWS or JWE in compact form, anywhere in a text. */
const compactToken = /(?<![\w.-])ey[\w-]{6,}(?:\.[\w-]*){1,4}/g;
const scheme = /^(?:(?:proxy-)?authorization\s*[:=]\s*)?["'`]?(?:(?:bearer|dpop|token|jwt)\s+)?/i;
const jsonString = /^"(?:access_?token|id_?token|token|jwt)"\s*:\s*/i;

function fromText(text: string): Extracted {
  const unquoted = withoutEnd(text.replace(jsonString, '').replace(/^["'`]+/, ''));
  const bare = unquoted.replace(scheme, '').replace(/^["'`]+/, '');
  if (bare === '' || /^(?:bearer|dpop|authorization:?)$/i.test(bare))
    return { kind: 'nothing', why: 'no_token' };
  if (!/[\s"'<>{}()\\]/.test(bare)) return { kind: 'token', token: bare, joined: false, others: 0 };
  const pieces = bare.split(/\s+|\\[nr]/);
  if (areOneToken(pieces, bare))
    return { kind: 'token', token: pieces.map(withoutSoftBreak).join(''), joined: true, others: 0 };
  return embedded(text);
}

/** Whether the pieces are the lines of one wrapped token, and not several tokens or a token among words. */
function areOneToken(pieces: readonly string[], bare: string): boolean {
  if (!bare.startsWith('ey') || pieces.some((piece) => /[^\w.+/=~-]/.test(piece))) return false;
  const byLines = !/[^\S\r\n]\S/.test(bare) || pieces.slice(0, -1).every(({ length }) => length >= 16);
  let dots = 0;
  const another = pieces.some((piece) => {
    const complete = dots >= 2 && piece.startsWith('eyJ');
    dots += piece.split('.').length - 1;
    return complete;
  });
  return byLines && !another && dots <= 4;
}

/** Removes the = at the end of a quoted-printable line, with which no JWT ends. @see RFC 2045 section 6.7 */
function withoutSoftBreak(piece: string, index: number, all: readonly string[]): string {
  return index < all.length - 1 && piece.endsWith('=') ? piece.slice(0, -1) : piece;
}

/** Removes what closes a quotation or a line of code; without a regular expression, as `/[...]+$/` is not linear. */
function withoutEnd(text: string): string {
  let end = text.length;
  while (end > 0 && /["'`,;\s]/.test(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

function embedded(text: string): Extracted {
  const found = [...text.matchAll(compactToken)];
  const [first] = found;
  const bearer = /bearer\s+([\w.~+/=-]{8,})/i.exec(text)?.[1];
  if (first === undefined) {
    if (bearer === undefined) return { kind: 'nothing', why: 'no_token' };
    return { kind: 'token', token: trimEnd(bearer, '.'), joined: false, others: 0 };
  }
  const whole = continued(text, first[0], first.index + first[0].length);
  return {
    kind: 'token',
    token: trimEnd(whole, '.'),
    joined: whole !== first[0],
    others: found.length - 1,
  };
}

/** A line on which a token continues: the end of the line before, the beginning of this one, and all that is on it. */
const nextLine =
  /[ \t]*(?:(\\|=)[ \t]*)?\r?\n([ \t>|]*)([\w.-]+)["'`,;}\])]*[ \t]*(?=\r?\n|$|=\r?\n|\\[ \t]*\r?\n|["'`])/y;
/** Most lines of one token. */
const mostLines = 2000;

/** The token with the lines on which it continues: in a folded header, a continued command, a quoted mail or a long text. */
function continued(text: string, begun: string, end: number): string {
  const pieces = [begun];
  let dots = begun.split('.').length - 1;
  nextLine.lastIndex = end;
  while (pieces.length < mostLines) {
    const [, sign, indent = '', piece] = nextLine.exec(text) ?? [];
    if (piece === undefined) break;
    const here = piece.split('.').length - 1;
    const isAnother = dots >= 2 && piece.startsWith('eyJ');
    // A short word below a complete token is just a word, unless something tells that the line continues.
    const goesOn = sign !== undefined || /^[ \t]+$/.test(indent) || dots < 2 || piece.length >= 16;
    if (isAnother || !goesOn || dots + here > 4) break;
    pieces.push(piece);
    dots += here;
  }
  return pieces.join('');
}
