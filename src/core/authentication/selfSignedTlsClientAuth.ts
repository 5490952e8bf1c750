import { materialOf, type AuthenticationDescriptor } from './authentication.ts';
import { clientCertificate, tlsClientAuth } from './tlsClientAuth.ts';

/** A certificate of the client's own making, which is registered at the server as its key. @see RFC 8705 section 2.2 */
export const selfSignedTlsClientAuth: AuthenticationDescriptor = {
  ...tlsClientAuth,
  id: 'self_signed_tls_client_auth',
  label: 'Client certificate, self-signed',
  summary: 'A certificate of your own that is registered at the server (self_signed_tls_client_auth).',
  description: 'A self-signed certificate that the server knows, shown in the TLS handshake (RFC 8705, 2.2).',
  keeps: {
    ...clientCertificate,
    make: async (now) => (await import('./newCertificate.ts')).newCertificate(now),
  },
  registers: async (material) =>
    (await import('./publicKeyFile.ts')).certificateJwk(materialOf(material, 'certificate').certificate),
};
