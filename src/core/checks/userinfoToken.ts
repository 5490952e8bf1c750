import type { Change } from './authorizationRequest.ts';
import type { Bench } from './bench.ts';
import { issued, refusedCorrect, type TokenAnswer } from './tokenAnswer.ts';
import { expectUserinfo, goodAtUserinfo, hasUserinfo, ofMadeUpToken } from './tokenUse.ts';
import { Undetermined } from './undetermined.ts';

/**
 * Scopes that make a token for the userinfo endpoint, and nothing else: some want one beside openid.
 *
 * @see OpenID Connect Core 1.0 section 5.4
 */
const forUserinfo = ['openid', 'offline_access', 'profile', 'email', 'address', 'phone'];

type Issued = TokenAnswer & { readonly accessToken: string };

/**
 * Signs in for a token that is shown to be good at the userinfo endpoint, where one can see later whether it still is.
 *
 * @throws Undetermined when the server gives none, Lacking when nobody is at that endpoint
 */
export async function userinfoToken(bench: Bench): Promise<Issued> {
  if (!hasUserinfo(bench))
    throw new Undetermined(
      'Without the scope openid and a userinfo endpoint nothing shows whether a token is good.',
    );
  await expectUserinfo(bench);
  const answer = await tokenForUserinfo(bench);
  const good = await goodAtUserinfo(bench, answer.accessToken);
  if (good !== true) throw new Undetermined(await userinfoTellsNothing(bench, good));
  return answer;
}

/** Why the userinfo endpoint does not show whether a token is good. @param good as `goodAtUserinfo` gives it for a fresh one */
export async function userinfoTellsNothing(bench: Bench, good: boolean | undefined): Promise<string> {
  if ((await ofMadeUpToken(bench)) === 'silent') return 'The userinfo endpoint never answers.';
  return good === false
    ? 'The userinfo endpoint refuses a fresh access token, too.'
    : 'The userinfo endpoint does not tell a fresh access token from a made-up one.';
}

/** Signs in for a token that is for the userinfo endpoint. @throws Undetermined when the server gives none */
export function tokenForUserinfo(bench: Bench): Promise<Issued> {
  const scope = bench.client.scopes.filter((one) => forUserinfo.includes(one)).join(' ');
  // A token for another audience, or whose details are of another one, is not good at the userinfo endpoint.
  return issuedToken(bench, { set: { scope }, omit: ['resource', 'audience', 'authorization_details'] });
}

/** Signs in for a token of its own. @throws Undetermined when the server gives none */
export async function issuedToken(bench: Bench, { set = {}, omit = [] }: Change = {}): Promise<Issued> {
  const answer = await bench.redeem(await bench.code({ set, omit }), { omit });
  const { accessToken } = answer;
  if (!issued(answer) || accessToken === undefined) throw refusedCorrect(answer);
  return { ...answer, accessToken };
}
