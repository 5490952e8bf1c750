import * as oauth from 'oauth4webapi';
import type { FlowContext } from '../flow/context.ts';
import type { TokenSet } from '../flow/report.ts';
import type { Profile } from '../profile/profile.ts';
import { clientAuthentication, clientOf } from './clientAuthentication.ts';
import { serverMetadata } from './serverMetadata.ts';
import { anyTokenType, tokenChannel } from './tokenEndpoint.ts';
import { tokenParameters } from './tokenParameters.ts';
import { tokenSet } from './tokenSet.ts';

/**
 * Gets a token for the client itself.
 *
 * 1. Find the token endpoint (RFC 8414, OpenID Connect Discovery).
 * 2. Authenticate the client (RFC 6749 section 2.3).
 * 3. Send the access token request (section 4.4.2), with `audience` and each `resource` (RFC 8707).
 * 4. Take the access token response (section 4.4.3).
 *
 * @throws FailureError
 * @see RFC 6749 section 4.4
 */
export async function clientCredentials(profile: Profile, context: FlowContext): Promise<TokenSet> {
  const metadata = await serverMetadata(profile, context);
  const authentication = await clientAuthentication(profile, metadata, context);
  const { server } = metadata;
  const client = clientOf(profile);

  context.trace.enter('token');
  const parameters = tokenParameters(profile);
  if (profile.scopes.length > 0) parameters.set('scope', profile.scopes.join(' '));
  if (profile.audience !== undefined) parameters.set('audience', profile.audience);
  const channel = tokenChannel(profile, context, 'token', 'token');
  const response = await oauth.clientCredentialsGrantRequest(
    server,
    client,
    authentication,
    parameters,
    channel.options,
  );

  const body = channel.body();
  context.trace.enter('id_token');
  await oauth.processClientCredentialsResponse(server, client, response, anyTokenType(body));
  return tokenSet(body, profile.scopes, context.clock.now());
}
