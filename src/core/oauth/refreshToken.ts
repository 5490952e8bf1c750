import type { FlowContext } from './context.ts';
import { FailureError } from '../record/failure.ts';
import type { TokenSet } from '../record/report.ts';
import type { Profile } from '../profile/profile.ts';
import { requireOwnServer } from './clientAuthentication.ts';
import { prepare } from './prepare.ts';
import { requireGiver } from './requireOneServer.ts';
import { requireSameUser } from './sameUser.ts';
import { refreshParameters, scopeParameter } from './tokenParameters.ts';

/**
 * Gets a new token with the refresh token of an earlier one.
 * 1. Find the token endpoint.
 * 2. Authenticate the client.
 * 3. Send the refresh request (RFC 6749 section 6), without `scope` to keep the scopes as they are.
 * 4. Read the response; an id_token in it must be for the same user (OpenID Connect Core 1.0 section 12.2).
 * 5. A new refresh token replaces the old one, else the old one stays.
 *
 * @param previous the tokens to renew
 * @param fewer what to ask for in `scope`: some of what was granted
 * @throws FailureError; of kind `sign_in_required` when there is no refresh token
 * @see RFC 6749 section 6
 */
export async function refreshToken(
  profile: Profile,
  context: FlowContext,
  previous: TokenSet | undefined,
  fewer?: readonly string[],
): Promise<TokenSet> {
  context.trace.enter('refresh');
  if (previous?.refresh_token === undefined) throw noRefreshToken(profile);
  const { refresh_token: refresh } = previous;
  context.trace.useSecret(refresh);
  const prepared = await prepare(profile, context, async (metadata) => {
    requireOwnServer(profile, metadata, 'refresh token');
    await requireGiver(previous, metadata, 'token_endpoint', context.isOneService);
  });
  const tokens = await prepared.requestToken({
    parameters: [...refreshParameters(refresh), ...scopeParameter(fewer ?? [])],
    purpose: 'refresh',
    step: 'refresh',
  });
  context.trace.enter('id_token');
  requireSameUser(tokens.id_token, previous.id_token);
  const { signed_in_at: from } = previous;
  const renewed = {
    ...{ ...tokens, requested_scopes: fewer ?? previous.requested_scopes },
    ...(from !== undefined && { signed_in_at: from }),
  };
  return {
    ...renewed,
    refresh_token: renewed.refresh_token ?? refresh,
    ...idTokenOf(renewed, previous),
  };
}

function idTokenOf(renewed: TokenSet, previous: TokenSet): Pick<TokenSet, 'id_token'> {
  const idToken = renewed.id_token ?? previous.id_token;
  return idToken === undefined ? {} : { id_token: idToken };
}

function noRefreshToken(profile: Profile): FailureError {
  return new FailureError({
    kind: 'sign_in_required',
    step: 'refresh',
    message: `There is no refresh token for the profile "${profile.name}".`,
    advice: 'Get a new token; ask for the scope offline_access if the server then issues refresh tokens.',
  });
}
