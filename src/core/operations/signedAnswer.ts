import type { AuthorizationServer } from 'oauth4webapi';
import { plainText } from '../http/plainText.ts';
import { signatureAlgorithms } from '../keys/signatureFit.ts';
import { reasonOf } from '../oauth/idTokenFailure.ts';
import { isEncrypted, withoutEncryption } from '../oauth/isJwt.ts';
import { serverSignature } from '../oauth/idTokenSignature.ts';
import { problemFound } from '../oauth/idTokenProblem.ts';
import { FailureError } from '../record/failure.ts';
import type { OperationDescriptor, OperationFlow } from './operation.ts';

/**
 * A server that names no algorithms for such answers, which it need not, with those that are checked here.
 *
 * @see OpenID Connect Discovery 1.0 section 3, RFC 9701 section 7
 */
export function withAlgorithms(
  server: AuthorizationServer,
  name: 'introspection_signing_alg_values_supported' | 'userinfo_signing_alg_values_supported',
): AuthorizationServer {
  return { [name]: [...signatureAlgorithms], ...server };
}

/** Of these it is said what they are and what they should be. */
const claims = ['iss', 'aud', 'exp', 'nbf'];

/**
 * The members of an answer that is a JWT, whose signature is checked with the server's keys.
 *
 * @param read what the library makes of the answer
 * @param subject of the sentence that says that it does not hold
 * @throws FailureError of code `signature`
 */
export async function signedAnswer<Members>(
  response: Response,
  { found, fetch, trace }: OperationFlow,
  read: () => Promise<Members>,
  { step, subject }: Pick<OperationDescriptor, 'step'> & { readonly subject: string },
): Promise<Members> {
  const exchange = trace.idOf(response);
  const token = (await response.clone().text()).trim();
  const encrypted = isEncrypted(token);
  const refused = (why: string) =>
    new FailureError({
      ...{ kind: 'malformed_response', step, code: 'signature' },
      ...(exchange === undefined ? {} : { exchange }),
      message: `${subject} is not believed: ${plainText(why, 400)}`,
      advice: encrypted
        ? withoutEncryption('userinfo_encrypted_response_alg or introspection_encrypted_response_alg')
        : 'Compare issuer, audience, algorithm and keys of the answer with the metadata of the server.',
    });
  if (encrypted) throw refused('it is encrypted.');
  let members: Members;
  try {
    members = await read();
  } catch (thrown) {
    if (thrown instanceof FailureError) throw thrown;
    const found = problemFound(thrown);
    if (found !== undefined && claims.includes(found.code)) throw refused(`${reasonOf(found)}.`);
    throw refused(thrown instanceof Error ? `${thrown.message}.` : 'it cannot be read.');
  }
  const { problem, unchecked } = await serverSignature(token, found, { fetch, trace });
  if (problem !== undefined) throw refused(`${reasonOf(problem)}.`);
  if (unchecked !== undefined) throw refused(`its signature was not checked, since ${unchecked}`);
  return members;
}
