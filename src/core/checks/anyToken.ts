import { hasRedirect } from '../profile/profile.ts';
import type { Bench } from './bench.ts';
import { describeToken, issued, type TokenAnswer } from './tokenAnswer.ts';
import { Undetermined } from './undetermined.ts';

/**
 * A correct token response: that of the reference sign-in, else one for the client itself. @throws Undetermined when there is
 * none
 */
export async function anyToken(bench: Bench): Promise<TokenAnswer> {
  if (hasRedirect(bench.profile)) return (await bench.reference()).token;
  const answer = await bench.clientCredentials();
  if (issued(answer)) return answer;
  throw new Undetermined(`No token came: the server ${describeToken(answer)}.`);
}
