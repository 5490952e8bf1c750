import type { KeptSecret } from '../profile/traits.ts';

/** What browsers are shown at an https redirect URI of this machine: one is made where the user brings none. */
export const redirectCertificate = {
  what: 'redirect_certificate',
  noun: 'certificate of the redirect URI',
  ...{ long: true, severalFiles: true, staysHere: true },
  async read(text, passphrase, now) {
    const { readClientCertificate } = await import('../authentication/clientCertificate.ts');
    return readClientCertificate(text, passphrase, now, 'certificate');
  },
} as const satisfies KeptSecret;
