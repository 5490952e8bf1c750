import { decodeJwt, decodeProtectedHeader } from 'jose';
import type { TokenSet } from '../flow/report.ts';
import { isObject } from '../../shared/json.ts';

/** What can be said about an access token without saying it. */
export interface TokenFacts {
  /** Scopes and roles of its claims, else those of the token response. */
  readonly scopes: readonly string[];
  readonly audience: readonly string[];
  readonly opaque: boolean;
  /** Milliseconds since the epoch; absent when unknown. */
  readonly expiresAt?: number;
  /** It is bound to a key. @see RFC 9449 section 6 */
  readonly dpop: boolean;
  readonly issuer?: string;
}

/** Derives what may be shown of a token. Never throws: what cannot be decoded is opaque. */
export function tokenFacts(tokens: TokenSet): TokenFacts {
  const claims = claimsOf(tokens.access_token);
  const granted = (tokens.scope ?? tokens.requested_scopes.join(' ')).split(/[\s,]+/).filter(Boolean);
  const named = ['scope', 'scp', 'roles', 'permissions'].flatMap((name) => texts(claims?.[name], /\s+/));
  const expiresAt = tokens.expires_at ?? seconds(claims?.['exp']);
  const issuer = claims?.['iss'];
  return {
    scopes: [...new Set(named.length > 0 ? named : granted)],
    audience: texts(claims?.['aud']),
    opaque: claims === undefined,
    dpop: tokens.token_type.toLowerCase() === 'dpop' || hasThumbprint(claims?.['cnf']),
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...(typeof issuer === 'string' ? { issuer } : {}),
  };
}

function claimsOf(token: string): Readonly<Record<string, unknown>> | undefined {
  try {
    decodeProtectedHeader(token);
    return decodeJwt(token);
  } catch {
    return undefined;
  }
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
