import { revocationRequest } from 'oauth4webapi';
import { FailureError } from '../record/failure.ts';
import { membersIn } from '../http/jsonDepth.ts';
import { secureUrl } from '../http/secureUrl.ts';
import { clientOf, requireOwnServer } from '../oauth/clientAuthentication.ts';
import { errorBody } from '../oauth/errorBody.ts';
import { endpointAnswer } from '../oauth/endpointAnswer.ts';
import { libraryPost } from '../oauth/libraryFetch.ts';
import type { Profile } from '../profile/profile.ts';
import { introspect } from './introspection.ts';
import { operationEndpoints } from '../grants/possibleOperations.ts';
import type { OperationDescriptor, OperationFlow } from './operation.ts';

/**
 * Has the server take back the refresh token and the access token, and looks at the effect where the server can be asked: the
 * answer itself says nothing about it.
 *
 * @see RFC 7009 section 2
 */
export const revocation: OperationDescriptor = {
  id: 'revocation',
  title: 'Revocation',
  endpoint: operationEndpoints.revocation,
  step: 'revocation',
  async run(profile, flow) {
    const { access_token: access, refresh_token: refresh } = flow.tokens;
    if (refresh !== undefined) await revoke(profile, flow, refresh, 'refresh_token');
    const kept = await revokeAccess(profile, flow, access, refresh !== undefined);
    const both = refresh === undefined ? 'the access token' : 'the refresh token and the access token';
    if (kept)
      return {
        ...{ verdict: 'refresh token revoked', spent: true },
        meaning:
          'The server took back the refresh token. Access tokens it does not take back (unsupported_token_type): this one may work until it expires.',
      };
    const effect = await effectOf(profile, flow);
    return { verdict: 'revoked', meaning: `The server took back ${both}. ${effect}`, spent: true };
  },
};

/**
 * Sends a revocation request.
 *
 * @throws FailureError of step `revocation`
 * @see RFC 7009 sections 2.1 and 2.2
 */
async function revoke(
  profile: Profile,
  { found, fetch, trace, authenticate }: OperationFlow,
  token: string,
  hint: 'access_token' | 'refresh_token',
): Promise<void> {
  const authentication = await authenticate();
  const response = await revocationRequest(found.server, clientOf(profile), authentication, token, {
    ...libraryPost(fetch('revocation', 'revocation')),
    additionalParameters: { token_type_hint: hint },
  });
  const text = await response.text();
  // The status says all, but for a server that reports an error with a success.
  if (response.ok && errorBody(membersIn(text)) === undefined) return;
  const exchange = trace.idOf(response);
  const host = new URL(found.server.revocation_endpoint ?? '').host;
  const origin = {
    ...{ host, step: 'revocation' as const, requestedScopes: [], asked: 'revocation request' },
    ...(exchange === undefined ? {} : { exchange }),
  };
  endpointAnswer(text, response, origin, {
    ...{ members: [], code: 'refused' },
    advice: 'The flow view shows the whole answer.',
  });
}

/** Whether the access token is one that this server does not take back. @see RFC 7009 section 2.2.1 */
async function revokeAccess(
  profile: Profile,
  flow: OperationFlow,
  token: string,
  refreshed: boolean,
): Promise<boolean> {
  try {
    await revoke(profile, flow, token, 'access_token');
    return false;
  } catch (thrown) {
    const { failure } = thrown instanceof FailureError ? thrown : {};
    const error = failure?.kind === 'oauth_error' ? failure.body.error : undefined;
    if (refreshed && error === 'unsupported_token_type') return true;
    throw thrown;
  }
}

/** What the server says of the token now. */
async function effectOf(profile: Profile, flow: OperationFlow): Promise<string> {
  const { found, signal } = flow;
  const { introspection_endpoint: endpoint } = found.server;
  const unseen = 'Whether it still works anywhere cannot be seen here: its answer says nothing about that';
  if (endpoint === undefined) return `${unseen}, and the server names no introspection endpoint.`;
  try {
    requireOwnServer(profile, found, 'token', ['introspection_endpoint']);
    secureUrl(endpoint, 'introspection');
    const { members } = await introspect(profile, flow);
    return members['active'] === true
      ? 'Asked afterwards, it says that the access token is still active: it is good until it expires.'
      : 'Asked afterwards, it says that the access token is not active any more.';
  } catch (thrown) {
    if (signal.aborted || !(thrown instanceof FailureError)) throw thrown;
    return `${unseen}, and the introspection endpoint did not answer this client.`;
  }
}
