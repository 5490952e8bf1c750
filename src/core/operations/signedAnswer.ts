import type { AuthorizationServer } from 'oauth4webapi';
import { plainText } from '../http/plainText.ts';
import { signatureAlgorithms } from '../keys/signatureFit.ts';
import { reasonOf } from '../oauth/idTokenFailure.ts';
import { TextResponse } from '../http/textResponse.ts';
import { isEncrypted, withoutEncryption } from '../oauth/isJwt.ts';
import type { RequestContext } from '../oauth/requestContext.ts';
import { openEncrypted } from '../oauth/openEncrypted.ts';
import type { Profile } from '../profile/profile.ts';
import { serverSignature } from '../oauth/idTokenSignature.ts';
import { problemFound } from '../oauth/idTokenProblem.ts';
import { FailureError } from '../record/failure.ts';
import type { OperationDescriptor, OperationFlow } from './operation.ts';

/**
 * Adds the algorithms that are checked here to a server that names none for such answers, which it need not.
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

/** How an answer is spoken of, and what it may be. */
interface AnswerTraits extends Pick<OperationDescriptor, 'step'> {
  /** Of the sentence that says that it does not hold. */
  readonly subject: string;
  /** Claims that are encrypted need no signature. @see OpenID Connect Core 1.0 section 5.3.2 */
  readonly unsigned?: true;
}

/**
 * The members of an answer that is a JWT, opened where it is encrypted, whose signature is checked with the server's keys.
 *
 * @param read what the library makes of the answer
 * @throws FailureError of code `signature`
 */
export async function signedAnswer<Members>(
  response: Response,
  profile: Profile,
  flow: RequestContext & Pick<OperationFlow, 'found'>,
  read: (response: Response) => Promise<Members>,
  { step, subject, unsigned }: AnswerTraits,
): Promise<Members> {
  const { found, fetch, trace } = flow;
  const exchange = trace.idOf(response);
  const came = (await response.clone().text()).trim();
  const encrypted = isEncrypted(came);
  const refused = (why: string) =>
    new FailureError({
      ...{ kind: 'malformed_response', step, code: 'signature' },
      ...(exchange === undefined ? {} : { exchange }),
      message: `${subject} is not believed: ${plainText(why, 400)}`,
      advice: encrypted
        ? withoutEncryption('userinfo_encrypted_response_alg or introspection_encrypted_response_alg')
        : 'Compare issuer, audience, algorithm and keys of the answer with the metadata of the server.',
    });
  const opened = encrypted ? await openEncrypted(came, profile, flow) : { text: came };
  if ('closed' in opened) throw refused(`${opened.closed}.`);
  const token = opened.text.trim();
  const plain = encrypted && unsigned === true && token.startsWith('{');
  let members: Members;
  try {
    members = await read(
      encrypted ? inside(response, token, plain ? 'application/json' : undefined) : response,
    );
  } catch (thrown) {
    if (thrown instanceof FailureError) throw thrown;
    const found = problemFound(thrown);
    if (found !== undefined && claims.includes(found.code)) throw refused(`${reasonOf(found)}.`);
    throw refused(thrown instanceof Error ? `${thrown.message}.` : 'it cannot be read.');
  }
  if (plain) return members;
  const { problem, unchecked } = await serverSignature(token, found, { fetch, trace });
  if (problem !== undefined) throw refused(`${reasonOf(problem)}.`);
  if (unchecked !== undefined) throw refused(`its signature was not checked, since ${unchecked}`);
  return members;
}

/** The answer with the text that was in it. */
function inside({ status, headers: sent }: Response, text: string, type?: string): Response {
  const headers = new Headers(sent);
  for (const name of ['content-length', 'content-encoding']) headers.delete(name);
  if (type !== undefined) headers.set('content-type', type);
  return new TextResponse(text, { status, headers });
}
