import * as oauth from 'oauth4webapi';
import type { FlowContext } from '../flow/context.ts';
import type { TokenSet } from '../flow/report.ts';
import { scrubFailure } from '../flow/scrubFailure.ts';
import { toFailure } from '../flow/toFailure.ts';
import { secureUrl } from '../http/secureUrl.ts';
import type { AuthorizationCodeProfile } from '../profile/profile.ts';
import { authorizationUrl, bindRequest, type RequestBinding } from './authorizationRequest.ts';
import { authorizationResponse } from './authorizationResponse.ts';
import { clientAuthentication, clientOf, requireOwnServer } from './clientAuthentication.ts';
import { verifyIdToken } from './idToken.ts';
import { LoopbackListener } from './loopback/listener.ts';
import { failurePage, successPage } from './loopback/pageTexts.ts';
import { loopbackRedirect } from './loopback/redirectUri.ts';
import { serverMetadata, type ServerMetadata } from './serverMetadata.ts';
import { signIn } from './signIn.ts';
import { anyTokenType, tokenChannel } from './tokenEndpoint.ts';
import { tokenParameters } from './tokenParameters.ts';
import { tokenSet } from './tokenSet.ts';

/**
 * Gets a token for a user who signs in with the browser.
 *
 * 1. Find the endpoints (RFC 8414, OpenID Connect Discovery), which must be of one server, and the client's secret, if it
 *    has one.
 * 2. Make verifier and challenge (RFC 7636 section 4.1), `state`, and with `openid` a `nonce`.
 * 3. Listen for the redirect on loopback (RFC 8252 section 7.3).
 * 4. Send the browser to the authorization endpoint (RFC 6749 section 4.1.1).
 * 5. Take the authorization response (section 4.1.2): `state` and `iss` (RFC 9207) before anything else.
 * 6. Exchange the code (section 4.1.3, RFC 7636 section 4.5), without `scope`.
 * 7. Take the token response (section 4.1.4) and validate the id_token (OpenID Connect Core 1.0 section 3.1.3.7).
 * 8. Only now tell the browser's page how it went, and free the port.
 *
 * @throws FailureError, or what the signal was aborted with
 * @see RFC 6749 section 4.1, RFC 7636, RFC 8252, RFC 9207, RFC 9700 section 2.1
 */
export async function authorizationCode(
  profile: AuthorizationCodeProfile,
  context: FlowContext,
): Promise<TokenSet> {
  const { trace, clock, signal } = context;
  const metadata = await serverMetadata(profile, context);
  requireOwnServer(profile, metadata, 'authorization code');
  const authentication = await clientAuthentication(profile, metadata, context);

  trace.enter('authorization');
  const binding = await bindRequest(profile);
  trace.usePkce(binding.pkce);

  trace.enter('listen');
  const listener = await LoopbackListener.open({
    redirect: loopbackRedirect(profile.redirectUri),
    state: binding.state,
    formPost: profile.authorizationParameters['response_mode'] === 'form_post',
    trace,
    clock,
  });
  try {
    const request: CodeRequest = { profile, metadata, authentication, binding };
    const tokens = await signInAndExchange(request, listener, context);
    await listener.finish(successPage(profile.name));
    return tokens;
  } catch (thrown) {
    const failure = toFailure(thrown, { step: trace.step, cancelled: signal.aborted });
    await listener.finish(failurePage(scrubFailure(failure, trace)));
    throw thrown;
  } finally {
    await listener.close();
  }
}

interface CodeRequest {
  readonly profile: AuthorizationCodeProfile;
  readonly metadata: ServerMetadata;
  readonly authentication: oauth.ClientAuth;
  readonly binding: RequestBinding;
}

async function signInAndExchange(
  { profile, metadata, authentication, binding }: CodeRequest,
  listener: LoopbackListener,
  context: FlowContext,
): Promise<TokenSet> {
  const { trace, clock } = context;
  const { server } = metadata;
  const { redirectUri } = listener;
  const client = clientOf(profile);

  // Hostile metadata must not make the browser open anything but a web page.
  const endpoint = secureUrl(server.authorization_endpoint ?? '', 'authorization');
  const url = authorizationUrl(endpoint.href, profile, redirectUri, binding);
  const received = await signIn(listener, url, context);

  trace.enter('authorization');
  const callback = authorizationResponse(received, metadata, client, binding.state);

  trace.enter('token');
  const channel = tokenChannel(profile, context, 'token', 'token');
  const { code_verifier: verifier } = binding.pkce;
  const response = await oauth.authorizationCodeGrantRequest(
    server,
    client,
    authentication,
    callback,
    redirectUri,
    verifier,
    { ...channel.options, additionalParameters: tokenParameters(profile) },
  );

  const body = channel.body();
  const nonce = body.id_token === undefined ? undefined : binding.nonce;
  await verifyIdToken({ profile, metadata, scopes: profile.scopes, response, channel, context }, (expected) =>
    oauth.processAuthorizationCodeResponse(expected, client, response, {
      ...anyTokenType(body),
      ...(nonce === undefined ? {} : { expectedNonce: nonce }),
    }),
  );
  return tokenSet(body, profile.scopes, clock.now());
}
