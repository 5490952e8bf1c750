import { AuthorizationResponseError, validateJwtAuthResponse } from 'oauth4webapi';
import { FailureError } from '../record/failure.ts';
import { plainText } from '../http/plainText.ts';
import { clientOf } from './clientAuthentication.ts';
import type { DecoratedFlow, Decorator } from './decorator.ts';
import { libraryGet } from './libraryFetch.ts';

/**
 * Opens an authorization response that came as a signed JWT, after its signature, issuer, audience and time were checked.
 *
 * @see JWT Secured Authorization Response Mode for OAuth 2.0 section 2.4
 */
export function signedResponse(): Decorator {
  let state = '';
  return {
    authorization(request) {
      state = request.parameters.find(([name]) => name === 'state')?.[1] ?? '';
      return Promise.resolve(request);
    },
    async received(received, flow) {
      if (received.kind !== 'redirect') return received;
      if (!received.parameters.has('response')) throw unsigned();
      return { kind: 'redirect', parameters: await open(received.parameters, state, flow) };
    },
  };
}

async function open(
  parameters: URLSearchParams,
  state: string,
  { profile, metadata, context }: DecoratedFlow,
): Promise<URLSearchParams> {
  try {
    const send = libraryGet(context.fetch('jwks', 'jwks'));
    return new URLSearchParams(
      await validateJwtAuthResponse(metadata.server, clientOf(profile), parameters, state, send),
    );
  } catch (thrown) {
    // What it says is that the server refused: the same as in a response that is not signed.
    if (thrown instanceof AuthorizationResponseError) return new URLSearchParams(thrown.cause);
    if (thrown instanceof FailureError) throw thrown;
    throw notBelieved(thrown instanceof Error ? thrown.message : '');
  }
}

function notBelieved(why: string): FailureError {
  const said = why === '' ? '' : ` (${plainText(why, 150)})`;
  return new FailureError({
    ...{ kind: 'invalid_redirect', step: 'redirect', code: 'response_jwt' },
    message: `The signed authorization response does not hold${said}, so it was not used.`,
    advice:
      'Compare its issuer, audience, algorithm (authorization_signed_response_alg) and key with the metadata of the server; the clock of this machine has to be right.',
  });
}

/** Somebody on the way could have taken the signature off. */
function unsigned(): FailureError {
  return new FailureError({
    ...{ kind: 'invalid_redirect', step: 'redirect', code: 'response_unsigned' },
    message:
      'A signed authorization response (response_mode=jwt) was asked for, and an unsigned one came, so it was not used.',
    advice: 'Check that the server supports JARM (response_modes_supported), or remove response_mode.',
  });
}
