import { clientParameters } from '../oauth/tokenParameters.ts';
import type { GrantDescriptor } from './grant.ts';

/**
 * A client that gets a token for itself.
 *
 * 1. Find the token endpoint (RFC 8414, OpenID Connect Discovery).
 * 2. Authenticate the client (RFC 6749 section 2.3).
 * 3. Send the access token request (section 4.4.2), with `audience` and each `resource` (RFC 8707).
 * 4. Take the access token response (section 4.4.3).
 *
 * @see RFC 6749 section 4.4 (only confidential clients)
 */
export const clientCredentials: GrantDescriptor = {
  id: 'client_credentials',
  grantType: 'client_credentials',
  label: 'Client credentials',
  short: 'client credentials',
  summary: 'The application gets a token for itself: services, jobs, scripts.',
  description: 'The client gets a token for itself, with its secret (RFC 6749, 4.4).',
  icon: 'server',
  actsForUser: false,
  redirects: false,
  findsScopes: true,
  waitsFor: 'nothing',
  provesItself: true,
  defaultAuthentication: 'client_secret_basic',
  needs: [],
  endpoints: ['token_endpoint'],
  otherNames: ['clientcredential'],
  meanings: [
    {
      error: 'invalid_grant',
      meaning:
        'The server does not issue this client a token for itself, or considers its credentials wrong.',
      advice: 'Compare client ID, secret and allowed grants with the registration of the client.',
      source: 'RFC 6749 section 5.2',
    },
  ],
  async run(profile, flow) {
    const prepared = await flow.prepare();
    return prepared.requestToken({ parameters: clientParameters(profile) });
  },
};
