import { readableClaims } from '../oauth/jwtClaims.ts';
import type { TokenSet } from '../record/report.ts';
import { isObject } from '../../shared/json.ts';

/** What can be said about an access token without saying it. */
export interface TokenFacts {
  /** Scopes and roles of its claims, else those of the token response. */
  readonly scopes: readonly string[];
  readonly audience: readonly string[];
  readonly opaque: boolean;
  /** Milliseconds since the epoch; absent when unknown. */
  readonly expiresAt?: number;
  /** When it came, in milliseconds since the epoch; absent when unknown. */
  readonly receivedAt?: number;
  /** It is bound to a key. @see RFC 9449 section 6 */
  readonly dpop: boolean;
  readonly issuer?: string;
}

/** Derives what may be shown of a token. Never throws: what cannot be decoded is opaque. */
export function tokenFacts(tokens: TokenSet): TokenFacts {
  const claims = readableClaims(tokens.access_token);
  const granted = (tokens.scope ?? tokens.requested_scopes.join(' ')).split(/[\s,]+/).filter(Boolean);
  const named = ['scope', 'scp', 'roles', 'permissions'].flatMap((name) => texts(claims?.[name], /\s+/));
  const expiresAt = tokens.expires_at ?? seconds(claims?.['exp']);
  const issuer = claims?.['iss'];
  return {
    scopes: [...new Set(named.length > 0 ? named : granted)],
    audience: texts(claims?.['aud']),
    opaque: claims === undefined,
    dpop: tokens.token_type.toLowerCase() === 'dpop' || hasThumbprint(claims?.['cnf']),
    receivedAt: tokens.received_at,
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...(typeof issuer === 'string' ? { issuer } : {}),
  };
}

/** What is known of a token's time when it was sent. */
export interface TokenLife {
  /** Its own time had passed. */
  readonly over: boolean;
  /** Its own time had not passed. */
  readonly live: boolean;
  /** It came in this very run, or hardly before. */
  readonly fresh: boolean;
  /** Seconds from its coming to its sending; 0 when that is not known. */
  readonly age: number;
}

/** Seconds within which a token counts as just fetched. */
const freshFor = 60;

/** Compares a token's times with the request it was sent in. */
export function lifeOf({
  token,
  exchange,
}: {
  readonly token?: TokenFacts;
  readonly exchange?: { readonly startedAt: number };
}): TokenLife {
  const sent = exchange?.startedAt;
  const over = token?.expiresAt !== undefined && sent !== undefined && token.expiresAt <= sent;
  const age =
    token?.receivedAt === undefined || sent === undefined
      ? NaN
      : Math.round((sent - token.receivedAt) / 1000);
  return {
    over,
    live: token?.expiresAt !== undefined && !over,
    fresh: !over && age >= 0 && age <= freshFor,
    age: Number.isNaN(age) ? 0 : age,
  };
}

function texts(value: unknown, separator?: RegExp): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value.slice(0, 1000) : [value];
  const strings = list.filter((item): item is string => typeof item === 'string');
  return separator ? strings.flatMap((text) => text.split(separator)).filter(Boolean) : strings;
}

function seconds(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value * 1000 : undefined;
}

function hasThumbprint(value: unknown): boolean {
  return isObject(value) && 'jkt' in value;
}
