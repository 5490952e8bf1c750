import type { KeptSecret } from '../profile/traits.ts';
import type { AuthenticationDescriptor } from './authentication.ts';

/** The certificate that the connection shows; the request itself holds only the client's id. */
export const clientCertificate: KeptSecret = {
  noun: 'client certificate',
  long: true,
  severalFiles: true,
  async read(text, passphrase, now) {
    const { readClientCertificate } = await import('./clientCertificate.ts');
    return readClientCertificate(text, passphrase, now);
  },
};

/** A certificate of an authority that the server trusts, shown in the TLS handshake. @see RFC 8705 section 2.1 */
export const tlsClientAuth: AuthenticationDescriptor = {
  id: 'tls_client_auth',
  label: 'Client certificate',
  summary:
    'A certificate from an authority that the server trusts, shown by the connection (tls_client_auth).',
  description: 'A certificate of an authority the server trusts, shown in the TLS handshake (RFC 8705, 2.1).',
  proves: true,
  usesSecret: false,
  keeps: clientCertificate,
  needs: 'certificate',
  make: () => (_server, client, form) => {
    form.set('client_id', client.client_id);
  },
};
