import type { ClientAuthentication, Grant } from './profile.ts';

/** Where the server sends a user back to unless the profile says otherwise: any free port. @see RFC 8252 section 7.3 */
export const defaultRedirectUri = 'http://127.0.0.1/callback';

/**
 * How a client proves itself unless the profile says otherwise.
 *
 * @see RFC 6749 section 4.4 (only confidential clients), RFC 8252 section 8.5 (an app on a user's machine keeps no secret)
 */
export function defaultClientAuthentication(grant: Grant): ClientAuthentication {
  return grant === 'client_credentials' ? 'client_secret_basic' : 'none';
}
