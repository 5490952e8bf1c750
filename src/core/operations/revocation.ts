import { revocationRequest } from 'oauth4webapi';
import { FailureError } from '../record/failure.ts';
import { membersIn } from '../http/jsonDepth.ts';
import { secureUrl } from '../http/secureUrl.ts';
import { clientOf, requireOwnServer } from '../oauth/clientAuthentication.ts';
import { requireGiver } from '../oauth/requireOneServer.ts';
import { errorBody } from '../oauth/errorBody.ts';
import { endpointAnswer } from '../oauth/endpointAnswer.ts';
import { libraryPost } from '../oauth/libraryFetch.ts';
import type { Profile } from '../profile/profile.ts';
import { introspect } from './introspection.ts';
import { operationEndpoints } from '../grants/possibleOperations.ts';
import type { OperationDescriptor, OperationFlow, OperationResult } from './operation.ts';

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
    const refreshKept = refresh && (await takeBack(profile, flow, refresh, 'refresh_token'));
    const refreshTaken = refresh !== undefined && refreshKept === undefined;
    const accessKept = await takeBack(profile, flow, access, 'access_token').catch((thrown: unknown) => {
      throw refreshTaken ? afterTheOther(thrown) : thrown;
    });
    if (accessKept !== undefined && !refreshTaken) throw accessKept;
    if (accessKept !== undefined) return half('refresh token', 'Access tokens');
    if (refreshKept) return half('access token', 'Refresh tokens');
    const both = refresh === undefined ? 'the access token' : 'the refresh token and the access token';
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

/** @returns the refusal of a server that takes back no tokens of this kind. @see RFC 7009 section 2.2.1 */
async function takeBack(...asked: Parameters<typeof revoke>): Promise<FailureError | undefined> {
  try {
    await revoke(...asked);
    return undefined;
  } catch (thrown) {
    if (!(thrown instanceof FailureError)) throw thrown;
    const { failure } = thrown;
    if (failure.kind === 'oauth_error' && failure.body.error === 'unsupported_token_type') return thrown;
    throw thrown;
  }
}

/** Where one of the two is taken back, and the other is not. */
function half(taken: string, kept: string): OperationResult {
  return {
    ...{ verdict: `${taken} revoked`, spent: true },
    meaning: `The server took back the ${taken}. ${kept} it does not take back (unsupported_token_type): this one may work until it expires.`,
  };
}

/** A failure that came when the refresh token was gone already. */
function afterTheOther(thrown: unknown): unknown {
  if (!(thrown instanceof FailureError)) return thrown;
  const { failure } = thrown;
  const message = `The server took back the refresh token, and not the access token: ${failure.message}`;
  return new FailureError({ ...failure, message });
}

/** What the server says of the token now. */
async function effectOf(profile: Profile, flow: OperationFlow): Promise<string> {
  const { found, signal, tokens, isOneService } = flow;
  const { introspection_endpoint: endpoint } = found.server;
  const unseen = 'Whether it still works anywhere cannot be seen here: its answer says nothing about that';
  if (endpoint === undefined) return `${unseen}, and the server names no introspection endpoint.`;
  try {
    requireOwnServer(profile, found, 'token', ['introspection_endpoint']);
    await requireGiver(tokens, found, 'introspection_endpoint', isOneService);
    secureUrl(endpoint, 'introspection');
    const { members } = await introspect(profile, flow);
    return members['active'] === true
      ? 'Asked afterwards, it says that the access token is still active: it is good until it expires.'
      : 'Asked afterwards, it says that the access token is not active any more.';
  } catch (thrown) {
    if (signal.aborted || !(thrown instanceof FailureError)) throw thrown;
    return thrown.failure.kind === 'malformed_response'
      ? `${unseen}, and that of the introspection endpoint cannot be used.`
      : `${unseen}, and the introspection endpoint did not answer this client.`;
  }
}
