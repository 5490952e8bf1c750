import { clientSecret } from '../profile/traits.ts';
import { materialOf, type AuthenticationDescriptor } from './authentication.ts';

/** Id and secret in the form. @see RFC 6749 section 2.3.1 */
export const clientSecretPost: AuthenticationDescriptor = {
  id: 'client_secret_post',
  label: 'In the request body',
  summary: 'Client ID and secret as form fields (client_secret_post), for servers that want them there.',
  description: 'Client ID and secret in the request’s form.',
  proves: true,
  usesSecret: true,
  keeps: clientSecret,
  needs: 'password',
  make(material) {
    const { secret } = materialOf(material, 'password');
    return (_server, client, form) => {
      form.set('client_id', client.client_id);
      form.set('client_secret', secret);
    };
  },
};
