import type { AuthorizationServer } from 'oauth4webapi';
import type { Profile } from '../profile/profile.ts';

/**
 * Whom a client assertion is for: the issuer, one value, so that no other server can use it; the token endpoint for servers
 * that know only that.
 *
 * @see RFC 7523 section 3, OAuth 2.0 Security: audience injection (draft-ietf-oauth-rfc7523bis section 4)
 */
export function audienceOf({ clientAssertionAudience }: Profile, server: AuthorizationServer): string {
  return clientAssertionAudience === 'token_endpoint'
    ? (server.token_endpoint ?? server.issuer)
    : server.issuer;
}
