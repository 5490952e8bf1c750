import { clientSecret } from '../profile/traits.ts';
import { materialOf, type AuthenticationDescriptor } from './authentication.ts';

/**
 * Id and secret by HTTP Basic, form-encoded first as the standard wants it, or as they are for servers that do not undo
 * that. The encoding is WHATWG's, which leaves `* - . _` alone: what needs no encoding is read alike by both.
 *
 * @see RFC 6749 section 2.3.1 and appendix B
 */
export const clientSecretBasic: AuthenticationDescriptor = {
  id: 'client_secret_basic',
  label: 'HTTP Basic',
  summary:
    'Client ID and secret in the Authorization header (client_secret_basic). Every server must support it.',
  description: 'Client ID and secret in the `Authorization` header (RFC 6749, 2.3.1).',
  proves: true,
  usesSecret: true,
  keeps: clientSecret,
  fields: ['basicEncoding'],
  needs: 'password',
  inHeader: true,
  make(material, { basicEncoding }) {
    const { secret } = materialOf(material, 'password');
    const encode = basicEncoding === 'raw' ? (text: string) => text : formEncoded;
    return (_server, client, _form, headers) => {
      const pair = `${encode(client.client_id)}:${encode(secret)}`;
      headers.set('authorization', `Basic ${Buffer.from(pair, 'utf8').toString('base64')}`);
    };
  },
};

/** Text as `application/x-www-form-urlencoded` has it. @see https://url.spec.whatwg.org/#concept-urlencoded-serializer */
export function formEncoded(text: string): string {
  return new URLSearchParams([['', text]]).toString().slice(1);
}
