import { decodeJwt } from 'jose';
import { customFetch, isDPoPNonceError, protectedResourceRequest } from 'oauth4webapi';
import { FailureError } from '../record/failure.ts';
import type { TokenSet } from '../record/report.ts';
import { dpopHandle } from '../oauth/dpop.ts';
import { loopbackToo } from '../oauth/libraryFetch.ts';
import type { Fetch } from '../ports.ts';

/** A request without any authorization of its own. */
export interface BoundRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body?: Uint8Array<ArrayBuffer>;
}

/**
 * Sends a request with a token that is bound to the profile's key, and once more when the API asks for a nonce in the proof.
 *
 * @param send gets the response that is returned, whatever its status
 * @throws FailureError when the token is bound to another key
 * @see RFC 9449 sections 7 and 9
 */
export async function sendBound(
  { method, url, headers, body }: BoundRequest,
  { access_token: token }: Pick<TokenSet, 'access_token'>,
  send: Fetch,
  keys: Parameters<typeof dpopHandle>[0],
): Promise<Response> {
  const handle = await dpopHandle(keys, 'resource');
  const bound = thumbprintOf(token);
  if (bound !== undefined && bound !== (await handle.calculateThumbprint())) throw otherKey();
  headers.delete('dpop');
  for (let attempt = 1; ; attempt++) {
    let response: Response | undefined;
    const options = {
      ...{ ...loopbackToo, DPoP: handle },
      [customFetch]: async (target: string, init: RequestInit) =>
        (response = await send(target, { method, headers: init.headers ?? {}, ...(body && { body }) })),
    };
    try {
      return await protectedResourceRequest(
        token,
        method,
        new URL(url),
        new Headers(headers),
        body,
        options as never,
      );
    } catch (thrown) {
      if (response === undefined) throw thrown;
      if (attempt > 1 || !isDPoPNonceError(thrown)) return response;
    }
  }
}

/** The thumbprint of the key that a token is bound to; undefined where the token does not tell. @see RFC 9449 section 6.1 */
function thumbprintOf(token: string): string | undefined {
  try {
    const { cnf } = decodeJwt<{ cnf?: { jkt?: unknown } }>(token);
    return typeof cnf?.jkt === 'string' ? cnf.jkt : undefined;
  } catch {
    return undefined;
  }
}

function otherKey(): FailureError {
  return new FailureError({
    kind: 'sign_in_required',
    step: 'api',
    message: 'The token is bound to another key than this profile has now, so it was not sent.',
    advice: 'Get a new token.',
  });
}
