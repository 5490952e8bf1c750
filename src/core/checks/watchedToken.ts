import type { Bench } from './bench.ts';
import { introspect } from './introspection.ts';
import type { TokenAnswer } from './tokenAnswer.ts';
import { goodAtUserinfo, hasUserinfo, madeUpToken, stillGood } from './tokenUse.ts';
import { Undetermined } from './undetermined.ts';
import { issuedToken, tokenForUserinfo, userinfoTellsNothing } from './userinfoToken.ts';

/** The tokens of a sign-in of its own, and a place where one sees whether the access token is good. */
export interface WatchedToken extends TokenAnswer {
  readonly accessToken: string;
  /** What that place does with a good one, such as `userinfo endpoint still takes it`. */
  readonly tells: string;
  /** Whether it is still good. @throws Undetermined when the answer says nothing of it */
  readonly stillGood: () => Promise<boolean>;
}

/**
 * Signs in for an access token that is shown to be good: at the userinfo endpoint, else by introspection.
 *
 * @throws Undetermined when the server gives none, or neither endpoint tells
 * @see RFC 7662 section 2.2
 */
export async function watchedToken(bench: Bench): Promise<WatchedToken> {
  const hasIntrospection = bench.server.introspectionEndpoint !== undefined;
  let untold = 'The introspection endpoint does not tell a fresh access token from a made-up one.';
  if (!hasUserinfo(bench) && !hasIntrospection) throw new Undetermined(nothingShows);
  const answer = await (hasUserinfo(bench) ? tokenForUserinfo(bench) : issuedToken(bench));
  const { accessToken } = answer;
  if (hasUserinfo(bench)) {
    const good = await goodAtUserinfo(bench, accessToken);
    if (good === true)
      return {
        ...answer,
        tells: 'userinfo endpoint still takes it',
        stillGood: () => stillGood(bench, accessToken),
      };
    untold = await userinfoTellsNothing(bench, good);
    if (!hasIntrospection) throw new Undetermined(untold);
  }
  if (
    (await introspect(bench, accessToken))?.active !== true ||
    (await introspect(bench, madeUpToken))?.active
  )
    throw new Undetermined(untold);
  return {
    ...answer,
    tells: 'introspection endpoint still calls it active',
    stillGood: () => isActive(bench, accessToken),
  };
}

/** Whether an access token is good: at the userinfo endpoint, else by introspection; absent where neither tells. */
export async function goodSomewhere(
  bench: Bench,
  accessToken: string | undefined,
): Promise<boolean | undefined> {
  const good = await goodAtUserinfo(bench, accessToken);
  if (good !== undefined || accessToken === undefined) return good;
  const said = await introspect(bench, accessToken);
  const madeUp = await bench.onceInRun('made-up token introspected', (once) => introspect(once, madeUpToken));
  return madeUp?.active === false ? said?.active : undefined;
}

const nothingShows =
  'Without an introspection endpoint, or the scope openid and a userinfo endpoint, nothing shows whether a token is good.';

async function isActive(bench: Bench, accessToken: string): Promise<boolean> {
  const said = await introspect(bench, accessToken);
  if (said !== undefined) return said.active;
  throw new Undetermined('The introspection endpoint does not tell this client whether a token is good.');
}
