import { validateApplicationLevelSignature } from 'oauth4webapi';
import { plainText } from '../http/plainText.ts';
import { libraryGet } from '../oauth/libraryFetch.ts';
import { FailureError } from '../record/failure.ts';
import type { OperationDescriptor, OperationFlow } from './operation.ts';

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
  try {
    const members = await read();
    await validateApplicationLevelSignature(found.server, response, libraryGet(fetch('jwks', 'jwks')));
    return members;
  } catch (thrown) {
    if (thrown instanceof FailureError) throw thrown;
    throw new FailureError({
      ...{ kind: 'malformed_response', step, code: 'signature' },
      ...(exchange === undefined ? {} : { exchange }),
      message: `${subject} does not hold${thrown instanceof Error ? ` (${plainText(thrown.message, 150)})` : ''}, so it is not believed.`,
      advice: 'Compare issuer, audience, algorithm and keys of the answer with the metadata of the server.',
    });
  }
}
