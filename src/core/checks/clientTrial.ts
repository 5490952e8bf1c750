import { grantOf } from '../grants/all.ts';
import { madeUpCode, type Bench } from './bench.ts';
import type { Credentials } from './credentials.ts';
import { describeToken, issued, type TokenAnswer } from './tokenAnswer.ts';
import { Crashed, Undetermined } from './undetermined.ts';

/** How a server answered a token request with wrong client authentication. */
export interface ClientTrial {
  readonly accepted: boolean;
  readonly answer: TokenAnswer;
}

/**
 * Sends a token request with wrong client authentication. With client credentials, a token shows the result. With a code, a
 * made-up one is sent first: a server that objects to the client has refused it; one that objects to the code may not have
 * checked the client yet, so only a real code can tell.
 *
 * @throws Undetermined when a sign-in would be needed but is not wanted, or the right credentials are refused, too
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
