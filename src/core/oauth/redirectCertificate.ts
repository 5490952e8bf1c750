import type { KeptSecret } from '../profile/traits.ts';

/** The certificate for an https redirect URI on this machine; one is made where the user imports none. */
export const redirectCertificate = {
  what: 'redirect_certificate',
  noun: 'certificate of the redirect URI',
  ...{ long: true, severalFiles: true, staysHere: true },
  async read(text, passphrase, now) {
    const { readClientCertificate } = await import('../authentication/clientCertificate.ts');
    return readClientCertificate(text, passphrase, now, 'certificate');
  },
} as const satisfies KeptSecret;
