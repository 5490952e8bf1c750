import { grantOf } from '../grants/all.ts';
import { madeUpCode, type Bench } from './bench.ts';
import type { Credentials } from './credentials.ts';
import { describeToken, issued, type TokenAnswer } from './tokenAnswer.ts';
import { Crashed, Undetermined } from './undetermined.ts';

/** How a server took a token request whose client authentication is wrong on purpose. */
export interface ClientTrial {
  readonly accepted: boolean;
  readonly answer: TokenAnswer;
}

/**
 * Sends a token request with spoilt client authentication. For client credentials a token tells. For a code a
 * made-up one is sent first: a server that complains about the client has refused; one that complains about the code
 * may not have looked at the client yet, so that only a real code tells.
 *
 * @throws Undetermined when a sign-in would be needed and none is wanted, or the right credentials are refused too
 */
export async function tryClient(bench: Bench, credentials: Credentials): Promise<ClientTrial> {
  if (!grantOf(bench.profile).actsForUser) {
    await bench.rightClient();
    const answer = await bench.clientCredentials(credentials);
    return { accepted: issued(answer), answer };
  }
  let right: TokenAnswer;
  let answer: TokenAnswer;
  try {
    right = await bench.rightClient();
    answer = await bench.token(madeUpCode(bench), credentials);
  } catch (thrown) {
    if (thrown instanceof Crashed && bench.canSignIn) return withRealCode(bench, credentials);
    throw thrown;
  }
  if (issued(answer)) return { accepted: true, answer };
  const likeRight = answer.status === right.status && answer.error === right.error;
  if (answer.error !== 'invalid_grant' && !likeRight) return { accepted: false, answer };
  if (!bench.canSignIn)
    throw new Undetermined(
      `The server ${describeToken(answer)}, which says nothing of the client; only a sign-in tells.`,
    );
  return withRealCode(bench, credentials);
}

async function withRealCode(bench: Bench, credentials: Credentials): Promise<ClientTrial> {
  await bench.reference();
  const answer = await bench.wrongly(
    () => bench.code(),
    (code) => bench.redeem(code, {}, credentials),
  );
  return { accepted: issued(answer), answer };
}
