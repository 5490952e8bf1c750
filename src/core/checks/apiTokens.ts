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

/** Where tokens with fewer scopes come from. */
interface NarrowSource {
  /** Those of the profile. */
  readonly scopes: readonly string[];
  /** Set where a refresh asks, which takes some of what was granted, and never none. @see RFC 6749 section 6 */
  readonly refreshes?: true;
  /** @throws Undetermined where it is known why there is none */
  readonly ask: (scopes: readonly string[]) => Promise<TokenSet | undefined>;
}

/** Where tokens come from; each is asked once, when a check first needs it. */
export interface TokenSources {
  readonly clock: Pick<Clock, 'now' | 'sleep'>;
  readonly signal?: AbortSignal;
  /** A token for the API. @throws FailureError when there is none */
  good: () => Promise<TokenSet>;
  /** Tokens that the profile was given before, the newest first, whether they have ended or not. */
  readonly earlier?: readonly TokenSet[];
  /** A token that was asked for with these scopes only. */
  narrow?: NarrowSource;
  /** Why `narrow` is absent, and what to do. */
  readonly whyNoFewer?: string;
  /** A token of a profile that is for another API; absent when nobody agreed to that. */
  otherAudience?: () => Promise<TokenSet | undefined>;
}

/** Milliseconds after its end for which an API may still take a token: clocks differ. @see RFC 7519 section 4.1.4 */
const leeway = 60_000;
/** Milliseconds: a token that lives longer is not waited for. */
const shortLife = 60_000;
/** The most tokens that are asked for to get one with fewer scopes. */
const mostTries = 4;

/** The same for an API that is sent the id_token: it stands where the access token does. */
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

/** Without what is said of the access token only; absent without an id_token. */
function idTokenSent({ id_token: token, received_at }: TokenSet): TokenSet | undefined {
  if (token === undefined) return undefined;
  return { access_token: token, token_type: 'Bearer', received_at, requested_scopes: [], extra: {} };
}

/** Tokens for the checks of an API: only those that are what the check takes them for. */
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
      // What was waited for is good no more.
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

/** A token as good as this one but for its end: an earlier one, or this one, once it has ended. */
async function endedLike(good: TokenSet, sources: TokenSources): Promise<TokenSet | undefined> {
  const { clock, earlier = [], signal } = sources;
  const found = earlier.find((one) => (endOf(one) ?? Infinity) + leeway <= clock.now() && isLike(one, good));
  if (found !== undefined) return found;
  const left = (endOf(good) ?? Infinity) - clock.now();
  if (left > shortLife) return undefined;
  await clock.sleep(Math.max(left, 0) + leeway + 1000, signal);
  return good;
}

/** Milliseconds since the epoch: as the token says itself, else as its server said. */
function endOf({ access_token: token, expires_at: end }: TokenSet): number | undefined {
  const claim = decodeToken(token).payload?.json?.['exp'];
  return typeof claim === 'number' ? claim * 1000 : end;
}

/** Whether nothing but its end keeps a token out where this one is taken, as far as can be seen. */
function isLike(tokens: TokenSet, good: TokenSet): boolean {
  const has = scopesOf(tokens);
  const readable = audiencesOf(good).length > 0;
  return [...scopesOf(good)].every((scope) => has.has(scope)) && (!readable || sharesAudience(tokens, good));
}

/** A token that lacks some of the good one's scopes. @throws Undetermined where it is known why there is none */
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
    // Where scopes are left out many servers grant all of them.
    const lacks = left === undefined ? [] : [...full].filter((scope) => !left.has(scope));
    // Of a refresh nobody knows whether its scope was heard, unless the answer or the token says it.
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

/** Fewer scopes to ask for: none, then all but one, those that are needed first left out. */
function fewer(scopes: readonly string[], needed: readonly string[]): readonly (readonly string[])[] {
  if (scopes.length === 0) return [];
  const out = [...scopes].sort((one, other) => Number(needed.includes(other)) - Number(needed.includes(one)));
  const others = scopes.length > 1 ? out.map((left) => scopes.filter((scope) => scope !== left)) : [];
  return [[], ...others].slice(0, mostTries);
}

/** Some of the granted scopes: without all that are needed, then without each of the token's own. */
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

/** What was granted; unsaid, it is what was asked for. @see RFC 6749 section 5.1 */
function grantedIn({ scope, requested_scopes: requested, id_token: id }: TokenSet): readonly string[] {
  const said = scope === undefined ? requested : words(scope);
  // Some servers name only the scopes of the resource.
  return id === undefined || said.includes('openid') ? said : ['openid', ...said];
}

function saysScopes({ access_token: token, scope }: TokenSet): boolean {
  return scope !== undefined || scopesInToken(decodeToken(token).payload?.json).holders.length > 0;
}

/** @throws Undetermined for a token that goes with a proof, which these checks do not make */
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
