import { ClientSecretJwt, modifyAssertion } from 'oauth4webapi';
import { clientSecret } from '../profile/traits.ts';
import { materialOf, type AuthenticationDescriptor } from './authentication.ts';
import { audienceOf } from './assertionAudience.ts';

/** A JWT that is signed with the secret, which itself is not sent. @see OpenID Connect Core 1.0 section 9, RFC 7523 section 2.2 */
export const clientSecretJwt: AuthenticationDescriptor = {
  id: 'client_secret_jwt',
  label: 'JWT signed with the secret',
  summary: 'An assertion signed with the secret (client_secret_jwt, HS256); the secret itself is not sent.',
  description: 'A JWT signed with the secret (HS256), which itself is not sent (RFC 7523, 2.2).',
  proves: true,
  usesSecret: true,
  asserts: true,
  keeps: clientSecret,
  fields: ['clientAssertionAudience'],
  needs: 'password',
  make(material, profile) {
    const { secret } = materialOf(material, 'password');
    return (server, client, form, headers) =>
      ClientSecretJwt(secret, {
        [modifyAssertion]: (_header, claims) => void (claims['aud'] = audienceOf(profile, server)),
      })(server, client, form, headers);
  },
};
