import type { Bench } from './bench.ts';
import { issued, refusedCorrect, type TokenAnswer } from './tokenAnswer.ts';
import { goodAtUserinfo, hasUserinfo } from './tokenUse.ts';
import { Undetermined } from './undetermined.ts';

/**
 * Scopes that make a token for the userinfo endpoint, and nothing else: some want one beside openid.
 *
 * @see OpenID Connect Core 1.0 section 5.4
 */
const forUserinfo = ['openid', 'offline_access', 'profile', 'email', 'address', 'phone'];

/**
 * Signs in for a token that is shown to be good at the userinfo endpoint, where one can see later whether it still is.
 *
 * @throws Undetermined when the server gives none
 */
export async function userinfoToken(bench: Bench): Promise<TokenAnswer & { readonly accessToken: string }> {
  const scope = bench.client.scopes.filter((one) => forUserinfo.includes(one)).join(' ');
  if (!hasUserinfo(bench))
    throw new Undetermined(
      'Without the scope openid and a userinfo endpoint nothing shows whether a token is good.',
    );
  // A token for another audience is not good at the userinfo endpoint.
  const omit = ['resource', 'audience'];
  const answer = await bench.redeem(await bench.code({ set: { scope }, omit }), { omit });
  const { accessToken } = answer;
  if (!issued(answer) || accessToken === undefined) throw refusedCorrect(answer);
  if ((await goodAtUserinfo(bench, accessToken)) !== true)
    throw new Undetermined('The userinfo endpoint does not tell a fresh access token from a made-up one.');
  return { ...answer, accessToken };
}
