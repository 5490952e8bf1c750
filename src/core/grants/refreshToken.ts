import { requireOwnServer } from '../oauth/clientAuthentication.ts';
import { detailsParameter, refreshParameters, scopeParameter } from '../oauth/tokenParameters.ts';
import type { GrantDescriptor } from './grant.ts';

/**
 * A profile that starts from a refresh token which was issued elsewhere, such as at a sign-in with another tool.
 *
 * @see RFC 6749 section 6, RFC 9700 section 4.14 (rotation: the newest one is kept)
 */
export const refreshToken: GrantDescriptor = {
  id: 'refresh_token',
  grantType: 'refresh_token',
  label: 'Refresh token',
  short: 'refresh token',
  summary:
    'You bring a refresh token that was issued elsewhere; it is kept in the keychain, and replaced when the server rotates it.',
  description: 'Starts from a refresh token that was issued elsewhere, kept in the keychain (RFC 6749, 6).',
  icon: 'key',
  actsForUser: true,
  redirects: false,
  waitsFor: 'nothing',
  provesItself: false,
  defaultAuthentication: 'none',
  needs: [],
  endpoints: ['token_endpoint'],
  exchanges: [{ purpose: 'token', title: 'Use the refresh token', lane: 'token_endpoint' }],
  input: { what: 'refresh_token', noun: 'refresh token', long: true },
  meanings: [
    {
      error: 'invalid_grant',
      meaning:
        'The refresh token is invalid, expired, revoked, was used before, or was issued to another client.',
      advice: 'Get a new refresh token where this one came from, and give it with “Set Client Secret”.',
      source: 'RFC 6749 section 5.2',
    },
  ],
  otherNames: ['refreshtoken', 'refresh'],
  async run(profile, flow) {
    const prepared = await flow.prepare((metadata) => requireOwnServer(profile, metadata, 'refresh token'));
    const token = await flow.input();
    const tokens = await prepared.requestToken({
      parameters: [
        ...refreshParameters(token),
        ...scopeParameter(profile.scopes),
        ...detailsParameter(profile.authorizationDetails),
      ],
    });
    const { refresh_token: next } = tokens;
    // Of a server that rotates, the old one is worth nothing from here on.
    if (next !== undefined && next !== token) await flow.keepInput(next);
    return { ...tokens, refresh_token: next ?? token };
  },
};
