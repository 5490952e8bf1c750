import { modifyAssertion, PrivateKeyJwt } from 'oauth4webapi';
import { audienceOf } from './assertionAudience.ts';
import { publicJwk } from './privateKey.ts';
import { materialOf, type AuthenticationDescriptor } from './authentication.ts';

/** A JWT that is signed with a key of the client's own. @see RFC 7523 section 2.2, OpenID Connect Core 1.0 section 9 */
export const privateKeyJwt: AuthenticationDescriptor = {
  id: 'private_key_jwt',
  label: 'JWT signed with a private key',
  summary:
    'An assertion signed with your private key (private_key_jwt); the server knows only the public one.',
  description: 'A JWT signed with a private key, of which the server knows the public half (RFC 7523, 2.2).',
  proves: true,
  usesSecret: false,
  asserts: true,
  keeps: {
    noun: 'private key',
    long: true,
    read: async (text, passphrase) =>
      (await import('./anyPrivateKey.ts')).readAnyPrivateKey(text, passphrase),
    make: async (_now, alg) => (await import('./newSigningKey.ts')).newSigningKey(alg),
  },
  fields: ['keyId', 'signingAlgorithm', 'clientAssertionAudience'],
  needs: 'key',
  registers: (material, { keyId: kid, signingAlgorithm: alg }) =>
    publicJwk(materialOf(material, 'key').key, { ...(kid && { kid }), ...(alg && { alg }) }),
  async make(material, profile) {
    const { key: text } = materialOf(material, 'key');
    const { signingKey } = await import('./signingKey.ts');
    const { key, alg, kid, thumbprint } = await signingKey(text, profile);
    return (server, client, form, headers) =>
      PrivateKeyJwt(key, {
        [modifyAssertion](header, claims) {
          // Entra knows a client's key by its certificate alone.
          const certificate = thumbprint === undefined ? {} : { 'x5t#S256': thumbprint };
          Object.assign(header, { alg, ...(kid === undefined ? {} : { kid }), ...certificate });
          claims['aud'] = audienceOf(profile, server);
        },
      })(server, client, form, headers);
  },
};
