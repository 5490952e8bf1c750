import type { ScopeKnowledge } from './scopeKnowledge.ts';
import type { JsonObject } from './json.ts';
import { isObject } from '../../shared/json.ts';

/** Scopes and roles of a token, each with the claims that contain it. */
export interface TokenScopes {
  readonly scopes: ReadonlyMap<string, readonly string[]>;
  readonly roles: ReadonlyMap<string, readonly string[]>;
  /** The present claims that contain scopes. */
  readonly holders: readonly string[];
}

const scopeClaims = ['scope', 'scp'];
const roleClaims = ['roles', 'permissions', 'authorities', 'realm_access.roles'];
const most = 1000;

/** Reads scopes (`scope` or `scp`, string or array) and roles from an access token's payload. */
export function scopesInToken(claims: JsonObject | undefined, knowledge?: ScopeKnowledge): TokenScopes {
  const scopeNames = new Set([...scopeClaims, ...(knowledge?.scopeClaims ?? [])]);
  const roleNames = new Set([...roleClaims, ...(knowledge?.roleClaims ?? [])]);
  const holders = [...scopeNames].filter((name) => valuesAt(claims, name, knowledge) !== undefined);
  return {
    scopes: collect(claims, holders, knowledge),
    roles: collect(claims, [...roleNames], knowledge),
    holders,
  };
}

function collect(claims: JsonObject | undefined, names: readonly string[], knowledge?: ScopeKnowledge) {
  const found = new Map<string, string[]>();
  for (const name of names)
    for (const value of valuesAt(claims, name, knowledge) ?? []) {
      const holders = found.get(value) ?? [];
      if (!holders.includes(name)) holders.push(name);
      found.set(value, holders);
    }
  return found;
}

function valuesAt(
  claims: JsonObject | undefined,
  path: string,
  knowledge?: ScopeKnowledge,
): readonly string[] | undefined {
  const value = at(claims, path);
  if (typeof value === 'string') return splitAt(value, knowledge?.separators);
  if (!Array.isArray(value)) return undefined;
  return value.slice(0, most).filter((one): one is string => typeof one === 'string');
}

/** A claim by its whole name, else by a dotted path. */
function at(claims: unknown, path: string): unknown {
  if (!isObject(claims)) return undefined;
  if (Object.hasOwn(claims, path)) return claims[path];
  const dot = path.indexOf('.');
  if (dot < 0 || !Object.hasOwn(claims, path.slice(0, dot))) return undefined;
  return at(claims[path.slice(0, dot)], path.slice(dot + 1));
}

/** Splits scopes at spaces, and at this provider's other separators. @see RFC 6749 section 3.3 */
export function splitAt(text: string, separators: readonly string[] = []): readonly string[] {
  const words = separators.reduce<readonly string[]>(
    (pieces, separator) => pieces.flatMap((piece) => piece.split(separator, most)),
    text.split(/\s+/, most),
  );
  return words.filter((word) => word !== '').slice(0, most);
}
