import type { ScopeKnowledge } from './scopeKnowledge.ts';
import type { Grant } from '../profile/profile.ts';
import { scopesInToken, splitAt, type TokenScopes } from './scopeClaims.ts';
import type { JsonObject } from './json.ts';

/** What is known about the scopes of a token; each member may be missing. */
export interface ScopeFacts {
  /** Absent when unknown, as for a pasted token. */
  readonly requested?: readonly string[];
  /** The response; without `scope` it granted the requested ones. */
  readonly response?: { readonly scope?: string; readonly refreshToken: boolean; readonly idToken: boolean };
  /** The payload of the access token; absent when it cannot be read. */
  readonly claims?: JsonObject;
  readonly grant?: Grant;
  readonly knowledge?: ScopeKnowledge;
}

/** One scope: where it occurs, and whether it was granted. */
export interface ScopeRow {
  readonly scope: string;
  readonly asked: boolean;
  readonly granted: 'yes' | 'implied' | 'no' | 'unknown';
  readonly inToken: 'yes' | 'no' | 'unknown' | 'not_expected';
  readonly claims: readonly string[];
  readonly verdict: ScopeVerdict;
}

type ScopeVerdict = 'kept' | 'dropped' | 'missing' | 'added' | 'default' | 'role' | 'unknown';

/** Scopes that control the sign-in and the content of the ID token; an access token need not name them. */
const steering = new Set(['openid', 'profile', 'email', 'address', 'phone', 'offline_access']);

/** Scopes that select claims about the user. @see OpenID Connect Core 1.0 section 5.4 */
const aboutUser = new Set(['profile', 'email', 'address', 'phone']);

/**
 * Compares the requested scopes with those that the response grants and the token contains, scope by scope.
 *
 * @see RFC 6749 section 3.3 and 5.1 (an absent `scope` grants what was asked for), RFC 9068 section 2.2.3
 */
export function compareScopes(facts: ScopeFacts): readonly ScopeRow[] {
  const context = contextOf(facts);
  const scopes = new Set([
    ...(facts.requested ?? []),
    ...(context.granted ?? []),
    ...context.token.scopes.keys(),
    ...context.token.roles.keys(),
  ]);
  for (const alias of context.aliases.values()) scopes.delete(alias);
  return [...scopes].slice(0, 200).map((scope) => rowOf(scope, facts, context));
}

/** Splits a response's `scope` at spaces, and at this provider's other separators. @see RFC 6749 section 3.3 */
export function splitScopes(scope: string, knowledge?: ScopeKnowledge): readonly string[] {
  // A comma is allowed in a scope, but servers that use it as a separator put no spaces.
  const commas = !/\s/.test(scope.trim()) && scope.includes(',') ? [','] : [];
  return splitAt(scope, [...commas, ...(knowledge?.separators ?? [])]);
}

interface Context {
  readonly requested: ReadonlySet<string>;
  /** Absent when there is no response, or it names no scopes. */
  readonly granted?: ReadonlySet<string>;
  readonly token: TokenScopes;
  /** From a requested scope to the token's name for it: `api://orders/read` to `read`. */
  readonly aliases: ReadonlyMap<string, string>;
  /** Whether no scopes were requested, so that the server's default was granted. */
  readonly byDefault: boolean;
}

function contextOf(facts: ScopeFacts): Context {
  const { requested = [], response, claims, knowledge } = facts;
  const token = scopesInToken(claims, knowledge);
  const asked = new Set([...requested, ...requested.flatMap((scope) => knowledge?.implied?.[scope] ?? [])]);
  const granted = response?.scope === undefined ? undefined : new Set(splitScopes(response.scope, knowledge));
  return {
    requested: asked,
    ...(granted && { granted }),
    token,
    aliases: aliasesOf(requested, token, knowledge?.dropsResource),
    byDefault: requested.length === 0 || requested.some((scope) => isDefaultScope(scope, knowledge)),
  };
}

/** Whether a scope stands for everything configured, as Entra's `/.default` does. */
export function isDefaultScope(scope: string, knowledge?: ScopeKnowledge): boolean {
  const suffix = knowledge?.defaultSuffix ?? '/.default';
  return suffix !== '' && scope.endsWith(suffix);
}

function steers(scope: string, knowledge: ScopeKnowledge | undefined): boolean {
  return steering.has(scope) || knowledge?.notInToken?.includes(scope) === true;
}

/**
 * Maps requested scopes to the token's names: Entra and others are asked with the resource (`api://orders/read`) and put the
 * bare name into the token.
 */
function aliasesOf(
  requested: readonly string[],
  token: TokenScopes,
  dropsResource = false,
): ReadonlyMap<string, string> {
  const aliases = new Map<string, string>();
  for (const scope of requested) {
    const isUrl = /^[a-z][a-z0-9+.-]*:\/\//i.test(scope);
    const name = isUrl || dropsResource ? scope.slice(scope.lastIndexOf('/') + 1) : undefined;
    if (name !== undefined && token.scopes.has(name) && !token.scopes.has(scope)) aliases.set(scope, name);
  }
  return aliases;
}

function rowOf(scope: string, facts: ScopeFacts, context: Context): ScopeRow {
  const name = context.aliases.get(scope) ?? scope;
  const claims = [...(context.token.scopes.get(name) ?? []), ...(context.token.roles.get(name) ?? [])];
  const asked = context.requested.has(scope);
  const granted = grantedOf(scope, asked, facts, context);
  const inToken = inTokenOf(scope, claims, context.token, facts);
  const onlyRole = claims.length > 0 && !context.token.scopes.has(name);
  const verdict = verdictOf({ scope, asked, granted, inToken, onlyRole, claims }, facts, context);
  return { scope, asked, granted, inToken, claims, verdict };
}

function grantedOf(scope: string, asked: boolean, facts: ScopeFacts, context: Context): ScopeRow['granted'] {
  const { granted, aliases } = context;
  if (facts.response === undefined) return 'unknown';
  if (granted === undefined) return asked ? 'implied' : 'unknown';
  if (!asked && !granted.has(scope) && context.token.roles.has(scope)) return 'unknown';
  if (granted.has(scope) || granted.has(aliases.get(scope) ?? scope)) return 'yes';
  if (scope === 'offline_access' && facts.response.refreshToken) return 'yes';
  if (scope === 'openid' && facts.response.idToken) return 'yes';
  if (aboutUser.has(scope) && namesApiOnly(facts, context)) return 'unknown';
  return 'no';
}

/**
 * Whether the response's `scope` covers the access token only: it leaves out `openid`, although an ID token shows that this was
 * granted, and so tells nothing about the other scopes of the sign-in.
 */
function namesApiOnly({ response, requested = [] }: ScopeFacts, { granted }: Context): boolean {
  return response?.idToken === true && requested.includes('openid') && granted?.has('openid') === false;
}

function inTokenOf(
  scope: string,
  claims: readonly string[],
  token: TokenScopes,
  facts: ScopeFacts,
): ScopeRow['inToken'] {
  if (claims.length > 0) return 'yes';
  if (facts.claims === undefined) return 'unknown';
  if (steers(scope, facts.knowledge) || isDefaultScope(scope, facts.knowledge)) return 'not_expected';
  return token.holders.length === 0 ? 'unknown' : 'no';
}

type Seen = Omit<ScopeRow, 'verdict'> & { readonly onlyRole: boolean };

function verdictOf(seen: Seen, facts: ScopeFacts, context: Context): ScopeVerdict {
  if (facts.requested === undefined) return seen.onlyRole ? 'role' : 'unknown';
  if (!seen.asked) {
    if (seen.onlyRole && seen.granted !== 'yes') return 'role';
    return context.byDefault ? 'default' : 'added';
  }
  if (isDefaultScope(seen.scope, facts.knowledge) || seen.inToken === 'yes') return 'kept';
  if (seen.granted === 'no') return 'dropped';
  if (seen.inToken === 'no') return seen.granted === 'unknown' ? 'dropped' : 'missing';
  return 'kept';
}
