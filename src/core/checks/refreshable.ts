import type { Bench } from './bench.ts';
import type { Change } from './authorizationRequest.ts';
import { describeToken, issued, refusedCorrect, type TokenAnswer } from './tokenAnswer.ts';
import { goodAtUserinfo } from './tokenUse.ts';
import { Lacking, Undetermined } from './undetermined.ts';

/** Thrown when the server issues this client no refresh token: no check about refreshing applies then. */
export class NoRefreshToken extends Lacking {
  constructor() {
    super('The server gave no refresh token for the scopes of this profile.');
  }
}

/** Makes sure that the correct sign-in of this run gave a refresh token. @throws NoRefreshToken, Undetermined */
export async function expectRefreshToken(bench: Bench): Promise<void> {
  const { token } = await bench.reference();
  if (token.refreshToken === undefined) throw new NoRefreshToken();
}

/** Signs in and returns tokens with a refresh token among them. @throws NoRefreshToken, Undetermined */
export async function signInForRefresh(
  bench: Bench,
  change: Change = {},
): Promise<TokenAnswer & { readonly refreshToken: string }> {
  const answer = await bench.redeem(await bench.code(change));
  if (!issued(answer)) throw refusedCorrect(answer);
  if (answer.refreshToken === undefined) throw new NoRefreshToken();
  return { ...answer, refreshToken: answer.refreshToken };
}

/** Renews once. @throws Undetermined when a correct request is refused */
export async function renewOnce(bench: Bench, refreshToken: string): Promise<TokenAnswer> {
  const answer = await bench.refresh(refreshToken);
  if (!issued(answer))
    throw new Undetermined(`A correct refresh was refused: the server ${describeToken(answer)}.`);
  return answer;
}

/** A correct sign-in and refresh, done once a run. @throws NoRefreshToken, Undetermined when even that is refused */
export function renewal(bench: Bench) {
  return bench.onceInRun('renewed', async (once) => {
    const { refreshToken } = await signInForRefresh(once);
    const renewed = await renewOnce(once, refreshToken);
    return { refreshToken, renewed, next: renewed.refreshToken ?? refreshToken };
  });
}

/** Makes sure that a renewed refresh token can be used, too; checked once a run. @throws Undetermined when it cannot */
export function secondRenewal(bench: Bench) {
  return bench.onceInRun('renewed again', async (once) => renewOnce(once, (await renewal(once)).next));
}

/**
 * Uses renewed tokens as a client would: the access token at the userinfo endpoint, and the refresh token, which shows that it
 * works more than once.
 *
 * @returns the newest refresh token
 */
export async function useNewTokens(bench: Bench, renewed: TokenAnswer): Promise<string> {
  const { accessToken, refreshToken = '' } = renewed;
  await goodAtUserinfo(bench, accessToken);
  return (await renewOnce(bench, refreshToken)).refreshToken ?? refreshToken;
}
