import { withWrongSecret, type Credentials } from './credentials.ts';
import { describeToken, type TokenAnswer } from './tokenAnswer.ts';

/** Errors that mean that the client is refused, and not what it sent. @see RFC 6749 section 5.2 */
const codesOfClient: readonly string[] = ['invalid_client', 'unauthorized_client', 'unsupported_grant_type'];

/**
 * Why an answer to another client tells nothing about what that client sent; undefined when it does: a server that checks the
 * client first answers the same request with a made-up value differently.
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
