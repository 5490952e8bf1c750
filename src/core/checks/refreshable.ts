import type { Bench } from './bench.ts';
import type { Change } from './authorizationRequest.ts';
import { describeToken, issued, type TokenAnswer } from './tokenAnswer.ts';
import { Undetermined } from './undetermined.ts';

/** Thrown when the server gives this client no refresh token: nothing about refreshing applies then. */
export class NoRefreshToken extends Error {
  constructor() {
    super('The server gave no refresh token for the scopes of this profile.');
  }
}

/** Signs in and returns tokens with a refresh token among them. @throws NoRefreshToken, Undetermined */
export async function signInForRefresh(
  bench: Bench,
  change: Change = {},
): Promise<TokenAnswer & { readonly refreshToken: string }> {
  const answer = await bench.redeem(await bench.code(change));
  if (!issued(answer))
    throw new Undetermined(`A correct token request was refused: the server ${describeToken(answer)}.`);
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
