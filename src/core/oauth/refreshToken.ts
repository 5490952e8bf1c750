import * as oauth from 'oauth4webapi';
import type { FlowContext } from '../flow/context.ts';
import { FailureError } from '../flow/failure.ts';
import type { TokenSet } from '../flow/report.ts';
import type { Profile } from '../profile/profile.ts';
import { clientAuthentication, clientOf, requireOwnServer } from './clientAuthentication.ts';
import { verifyIdToken } from './idToken.ts';
import { requireSameUser } from './sameUser.ts';
import { serverMetadata } from './serverMetadata.ts';
import { anyTokenType, tokenChannel } from './tokenEndpoint.ts';
import { tokenParameters } from './tokenParameters.ts';
import { tokenSet } from './tokenSet.ts';

/**
 * Gets a new token with the refresh token of an earlier one.
 *
 * 1. Find the token endpoint.
 * 2. Authenticate the client.
 * 3. Send the refresh request (RFC 6749 section 6), without `scope`: the same scopes are wanted.
 * 4. Take the response; an id_token in it must be of the same user (OpenID Connect Core 1.0 section 12.2).
 * 5. A new refresh token replaces the old one, else the old one stays.
 *
 * @param previous the tokens to renew
 * @throws FailureError; of kind `sign_in_required` when there is no refresh token
 * @see RFC 6749 section 6
 */
export async function refreshToken(
  profile: Profile,
  context: FlowContext,
  previous: TokenSet | undefined,
): Promise<TokenSet> {
  context.trace.enter('refresh');
  const refresh = previous?.refresh_token ?? noRefreshToken(profile);
  context.trace.useSecret(refresh);
  const metadata = await serverMetadata(profile, context);
  requireOwnServer(profile, metadata, 'refresh token');
  const authentication = await clientAuthentication(profile, metadata, context);
  const { server } = metadata;
  const client = clientOf(profile);

  context.trace.enter('refresh');
  const channel = tokenChannel(profile, context, 'refresh', 'refresh');
  const response = await oauth.refreshTokenGrantRequest(server, client, authentication, refresh, {
    ...channel.options,
    additionalParameters: tokenParameters(profile),
  });

  const body = channel.body();
  await verifyIdToken({ profile, metadata, scopes: [], response, channel, context }, (target) =>
    oauth.processRefreshTokenResponse(target, client, response, anyTokenType(body)),
  );
  context.trace.enter('id_token');
  requireSameUser(body.id_token, previous?.id_token);
  const renewed = tokenSet(body, previous?.requested_scopes ?? profile.scopes, context.clock.now());
  return {
    ...renewed,
    refresh_token: renewed.refresh_token ?? refresh,
    ...idTokenOf(renewed, previous),
  };
}

function idTokenOf(renewed: TokenSet, previous: TokenSet | undefined): Pick<TokenSet, 'id_token'> {
  const idToken = renewed.id_token ?? previous?.id_token;
  return idToken === undefined ? {} : { id_token: idToken };
}

function noRefreshToken(profile: Profile): never {
  throw new FailureError({
    kind: 'sign_in_required',
    step: 'refresh',
    message: `There is no refresh token for the profile "${profile.name}".`,
    advice: 'Get a new token; ask for the scope offline_access if the server then issues refresh tokens.',
  });
}
