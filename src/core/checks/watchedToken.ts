import type { Bench } from './bench.ts';
import { introspect } from './introspection.ts';
import { issued, refusedCorrect, type TokenAnswer } from './tokenAnswer.ts';
import { hasUserinfo, madeUpToken, stillGood } from './tokenUse.ts';
import { Undetermined } from './undetermined.ts';
import { userinfoToken } from './userinfoToken.ts';

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
  if (hasUserinfo(bench) || bench.server.introspectionEndpoint === undefined) {
    const answer = await userinfoToken(bench);
    const good = () => stillGood(bench, answer.accessToken);
    return { ...answer, tells: 'userinfo endpoint still takes it', stillGood: good };
  }
  const answer = await bench.redeem(await bench.code());
  const { accessToken } = answer;
  if (!issued(answer) || accessToken === undefined) throw refusedCorrect(answer);
  const good = () => isActive(bench, accessToken);
  if (!(await good()) || (await introspect(bench, madeUpToken))?.active === true)
    throw new Undetermined(
      'The introspection endpoint does not tell a fresh access token from a made-up one.',
    );
  return { ...answer, accessToken, tells: 'introspection endpoint still calls it active', stillGood: good };
}

async function isActive(bench: Bench, accessToken: string): Promise<boolean> {
  const said = await introspect(bench, accessToken);
  if (said !== undefined) return said.active;
  throw new Undetermined('The introspection endpoint does not tell this client whether a token is good.');
}
