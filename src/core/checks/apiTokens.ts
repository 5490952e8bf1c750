import { askOnce } from './askOnce.ts';
import type { TokenSet } from '../record/report.ts';
import { decodeToken } from '../token/decode.ts';
import { isBound } from '../token/isBound.ts';
import { scopesInToken } from '../token/scopeClaims.ts';
import { withoutSlash } from '../http/ends.ts';
import type { Clock } from '../ports.ts';
import type { ApiTokens, NarrowToken } from './apiBench.ts';
import { Undetermined } from './undetermined.ts';
import { audiencesIn } from '../audiences.ts';

/** The source of tokens with fewer scopes. */
interface NarrowSource {
  /** The scopes of the profile. */
  readonly scopes: readonly string[];
  /**
   * Set when tokens come from a refresh, which can ask for some of the granted scopes, but not for none. @see RFC 6749 section
   * 6
   */
  readonly refreshes?: true;
  /** @throws Undetermined where it is known why there is none */
  readonly ask: (scopes: readonly string[]) => Promise<TokenSet | undefined>;
}

/** The sources of tokens; each is used once, when a check first needs it. */
export interface TokenSources {
  readonly clock: Pick<Clock, 'now' | 'sleep'>;
  readonly signal?: AbortSignal;
  /** A token for the API. @throws FailureError when there is none */
  good: () => Promise<TokenSet>;
  /** Earlier tokens of the profile, the newest first, expired or not. */
  readonly earlier?: readonly TokenSet[];
  /** Gets a token with only these scopes. */
  narrow?: NarrowSource;
  /** Why `narrow` is absent, and what to do. */
  readonly whyNoFewer?: string;
  /** Gets a token of a profile for another API; absent when the user has not agreed to that. */
  otherAudience?: () => Promise<TokenSet | undefined>;
}

/** How long after its expiry an API may still accept a token, as clocks differ, in milliseconds. @see RFC 7519 section 4.1.4 */
const leeway = 60_000;
/** How long to wait at most for a token to expire, in milliseconds. */
const shortLife = 60_000;
/** How many tokens are requested at most to get one with fewer scopes. */
const mostTries = 4;

/** The same sources for an API that gets the id_token, which then takes the place of the access token. */
export function sendingIdTokens(sources: TokenSources): TokenSources {
  const { earlier = [], clock, signal } = sources;
  return {
    clock,
    ...(signal && { signal }),
    good: async () => {
      const tokens = idTokenSent(await sources.good());
      if (tokens !== undefined) return tokens;
      throw new Undetermined(
        'The profile sends its id_token to the API, and the server gave none: ask for openid.',
      );
    },
    earlier: earlier.flatMap((tokens) => idTokenSent(tokens) ?? []),
    otherAudience: async () => {
      const tokens = await sources.otherAudience?.();
      return tokens && idTokenSent(tokens);
    },
  };
}

/** The id_token as the token to send, without what is said of the access token only; undefined without an id_token. */
function idTokenSent({ id_token: token, received_at }: TokenSet): TokenSet | undefined {
  if (token === undefined) return undefined;
  return { access_token: token, token_type: 'Bearer', received_at, requested_scopes: [], extra: {} };
}

/** The tokens for the checks of an API: only those that are what a check takes them for. */
export function apiTokens(sources: TokenSources): ApiTokens {
  let known: Promise<TokenSet> | undefined;
  const good = () => (known ??= sources.good());
  const other = askOnce(async () => sources.otherAudience?.());
  return {
    ...(sources.whyNoFewer !== undefined && { whyNoFewer: sources.whyNoFewer }),
    good: async () => sendable(await good()),
    idToken: async () => (await good()).id_token,
    expired: async () => {
      const now = await good();
      const ended = await endedLike(now, sources);
      // The good token has expired while it was waited for.
      if (ended === now) known = undefined;
      return ended && sendable(ended);
    },
    withoutScope: async (needed) => {
      const { narrow } = sources;
      return narrow && withoutScope(narrow, await good(), needed);
    },
    otherAudience: async () => {
      const tokens = await other();
      return tokens && !sharesAudience(tokens, await good()) ? sendable(tokens) : undefined;
    },
  };
}

/** A token that differs from this one only in being expired: an earlier one, or this one after its expiry. */
async function endedLike(good: TokenSet, sources: TokenSources): Promise<TokenSet | undefined> {
  const { clock, earlier = [], signal } = sources;
  const found = earlier.find((one) => (endOf(one) ?? Infinity) + leeway <= clock.now() && isLike(one, good));
  if (found !== undefined) return found;
  const left = (endOf(good) ?? Infinity) - clock.now();
  if (left > shortLife) return undefined;
  await clock.sleep(Math.max(left, 0) + leeway + 1000, signal);
  return good;
}

/** When a token expires, in milliseconds since the epoch, by the token itself, else by its server. */
function endOf({ access_token: token, expires_at: end }: TokenSet): number | undefined {
  const claim = decodeToken(token).payload?.json?.['exp'];
  return typeof claim === 'number' ? claim * 1000 : end;
}

/** Whether a token differs from the good one only by its expiry, as far as can be seen. */
function isLike(tokens: TokenSet, good: TokenSet): boolean {
  const has = scopesOf(tokens);
  const readable = audiencesOf(good).length > 0;
  return [...scopesOf(good)].every((scope) => has.has(scope)) && (!readable || sharesAudience(tokens, good));
}

/** A token without some of the good one's scopes. @throws Undetermined when it is known why there is none */
async function withoutScope(
  { scopes, refreshes, ask }: NarrowSource,
  good: TokenSet,
  needed: readonly string[],
): Promise<NarrowToken | undefined> {
  const full = refreshes && !saysScopes(good) ? new Set(good.requested_scopes) : scopesOf(good);
  const choices = refreshes ? fewerThan(grantedIn(good), full, needed) : fewer(scopes, needed);
  if (refreshes && choices.length === 0) throw new Undetermined(onlyOne);
  for (const choice of choices) {
    const tokens = await ask(choice);
    const left = tokens && scopesOf(tokens);
    // Many servers grant all scopes when none are requested.
    const lacks = left === undefined ? [] : [...full].filter((scope) => !left.has(scope));
    // Whether a refresh heeded its scope is known only from the response or the token.
    if (tokens === undefined || lacks.length === 0 || (refreshes && !saysScopes(tokens))) continue;
    return { token: sendable(tokens), lacks, hasNone: lacks.length === full.size };
  }
  if (refreshes) throw new Undetermined(ignored);
  return undefined;
}

const onlyOne =
  'The token has no two scopes, and a refresh cannot ask for none (RFC 6749 section 6): name one more in the profile, such as openid, and get a new token.';
const ignored =
  'The server ignored the narrower scope of a refresh (RFC 6749 section 6): the new token has all scopes again, or nothing says which. Check with a profile of the same server that uses client credentials.';

/** Fewer scopes to ask for: first none, then all but one, beginning with those that are needed. */
function fewer(scopes: readonly string[], needed: readonly string[]): readonly (readonly string[])[] {
  if (scopes.length === 0) return [];
  const out = [...scopes].sort((one, other) => Number(needed.includes(other)) - Number(needed.includes(one)));
  const others = scopes.length > 1 ? out.map((left) => scopes.filter((scope) => scope !== left)) : [];
  return [[], ...others].slice(0, mostTries);
}

/** Fewer of the granted scopes: first without all that are needed, then without each of the token's own. */
function fewerThan(
  granted: readonly string[],
  own: ReadonlySet<string>,
  needed: readonly string[],
): readonly (readonly string[])[] {
  const out = granted.filter((scope) => own.has(scope));
  const wanted = out.filter((scope) => needed.includes(scope));
  const left = [...(wanted.length > 1 ? [wanted] : []), ...[...wanted, ...out].map((scope) => [scope])];
  const choices = left.map((without) => granted.filter((scope) => !without.includes(scope)));
  const distinct = new Map(choices.map((choice) => [choice.join(' '), choice]));
  return [...distinct.values()].filter(({ length }) => length > 0).slice(0, mostTries);
}

/** The granted scopes; unless told, the requested ones. @see RFC 6749 section 5.1 */
function grantedIn({ scope, requested_scopes: requested, id_token: id }: TokenSet): readonly string[] {
  const said = scope === undefined ? requested : words(scope);
  // Some servers name only the resource's scopes.
  return id === undefined || said.includes('openid') ? said : ['openid', ...said];
}

function saysScopes({ access_token: token, scope }: TokenSet): boolean {
  return scope !== undefined || scopesInToken(decodeToken(token).payload?.json).holders.length > 0;
}

/** @throws Undetermined for a token that must be sent with a proof, which these checks do not make */
function sendable(tokens: TokenSet): string {
  if (isBound(tokens))
    throw new Undetermined('The token is bound to a key (DPoP); these checks send bearer tokens only.');
  return tokens.access_token;
}

function scopesOf({ scope, access_token: token }: TokenSet): ReadonlySet<string> {
  const { scopes, holders } = scopesInToken(decodeToken(token).payload?.json);
  return new Set(holders.length > 0 ? scopes.keys() : words(scope ?? ''));
}

function words(text: string): readonly string[] {
  return text.split(' ').filter((one) => one !== '');
}

function sharesAudience(tokens: TokenSet, good: TokenSet): boolean {
  const audiences = audiencesOf(good);
  return audiencesOf(tokens).some((one) => audiences.includes(one));
}

function audiencesOf({ access_token: token }: TokenSet): readonly string[] {
  return audiencesIn(decodeToken(token).payload?.json).map(withoutSlash);
}
