import { rfc } from '../source.ts';
import { group, page, type Catalogue, type Lines } from './meaning.ts';

const graph = page(
  'Entra ID: access tokens',
  'https://learn.microsoft.com/entra/identity-platform/access-tokens',
);

/** Parameters of JWS and JWE headers. @see RFC 7515 section 4.1, RFC 7516 section 4.1 */
export function headerCatalogue(): Catalogue {
  return {
    ...group((name) => rfc(7515, headerSections[name]), {
      alg: 'Algorithm of the signature, or of the key encryption.',
      jku: 'Address of a key set. Never fetched: anyone can write it.',
      jwk: 'A public key. Never used: anyone can write it.',
      kid: 'ID of the key, as in the server’s key set.',
      x5u: 'Address of a certificate. Never fetched: anyone can write it.',
      x5c: 'Certificate chain of the key.',
      x5t: 'SHA-1 thumbprint of the certificate.',
      'x5t#S256': 'SHA-256 thumbprint of the certificate.',
      typ: 'Kind of token: JWT, or at+jwt for an access token by RFC 9068.',
      cty: 'What the payload is: JWT for a token inside a token.',
      crit: 'Extensions a recipient must understand, or refuse the token.',
    }),
    ...group(rfc(7516, '4.1.2'), { enc: 'Algorithm of the content encryption.' }),
    ...group(rfc(7516, '4.1.3'), { zip: 'Compression before encryption.' }),
    ...group(rfc(7518, '4.6.1'), {
      epk: 'Ephemeral public key of the key agreement.',
      apu: 'Information about the sender, for the key agreement.',
      apv: 'Information about the recipient, for the key agreement.',
    }),
    ...group(rfc(7518, '4.7.1'), {
      iv: 'Initialization vector of the key encryption.',
      tag: 'Tag of the key encryption.',
    }),
    ...group(rfc(7518, '4.8.1'), { p2s: 'Salt of the password.', p2c: 'Iterations over the password.' }),
    ...group(rfc(7797, '3'), { b64: 'false: the payload is not encoded.' }),
    ...group(graph, {
      nonce: 'Microsoft Graph: changed after signing, so others cannot verify the signature.',
    }),
  };
}

const headerSections: Lines = {
  alg: '4.1.1',
  jku: '4.1.2',
  jwk: '4.1.3',
  kid: '4.1.4',
  x5u: '4.1.5',
  x5c: '4.1.6',
  x5t: '4.1.7',
  'x5t#S256': '4.1.8',
  typ: '4.1.9',
  cty: '4.1.10',
  crit: '4.1.11',
};
