import { withWrongSecret, type Credentials } from './credentials.ts';
import { describeToken, type TokenAnswer } from './tokenAnswer.ts';

/** Errors that say that a client is refused, and not what it sent. @see RFC 6749 section 5.2 */
const codesOfClient: readonly string[] = ['invalid_client', 'unauthorized_client', 'unsupported_grant_type'];

/**
 * Why an answer to another client says nothing of what that sent; absent where it does: a server that looks at the client first
 * answers this one otherwise where the same request holds something made up.
 *
 * @param madeUp sends that request
 */
export async function refusesClient(
  answer: TokenAnswer,
  as: Credentials,
  madeUp: (as: Credentials) => Promise<TokenAnswer>,
): Promise<string | undefined> {
  const blamesClient = ({ error = '' }: TokenAnswer) => codesOfClient.includes(error);
  if (!blamesClient(answer)) return undefined;
  const control = await madeUp(as);
  const says = `To the other client the server ${describeToken(answer)}`;
  if (blamesClient(control)) return `${says}, and it refuses that client whatever it sends.`;
  const wrong = as.material.kind === 'password' ? await madeUp(withWrongSecret(as)) : control;
  const looksFirst = wrong.status !== control.status || wrong.error !== control.error;
  return looksFirst ? undefined : `${says}, which may be for that client itself.`;
}
