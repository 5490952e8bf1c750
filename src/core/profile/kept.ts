import { authenticationNamed, grantNamed } from '../productLists.ts';
import { hasRedirect, type Profile } from './profile.ts';
import { clientSecret, type KeptSecret } from './traits.ts';
import { isSecureLoopback } from './urls.ts';

/** What the client of a profile proves itself with, as the vault keeps it; a client secret where it keeps nothing. */
export function ownSecret(profile: Profile): KeptSecret {
  return authenticationNamed(profile.clientAuthentication).keeps ?? clientSecret;
}

/** Every secret that the vault keeps for the flows of a profile: the client's own first. */
export function keptOf(profile: Profile): readonly KeptSecret[] {
  const { keeps } = authenticationNamed(profile.clientAuthentication);
  const { input } = grantNamed(profile.grant);
  return [
    ...(keeps === undefined ? [] : [keeps]),
    ...(input === undefined || input.once === true || isTaken(profile, input.fromProfile) ? [] : [input]),
  ];
}

/** What browsers are shown at an https redirect URI of this machine: one is made where the user brings none. */
export const redirectCertificate = {
  what: 'redirect_certificate',
  noun: 'certificate of the redirect URI',
  ...{ long: true, severalFiles: true, staysHere: true },
  async read(text, passphrase, now) {
    const { readClientCertificate } = await import('../authentication/clientCertificate.ts');
    const read = await readClientCertificate(text, passphrase, now);
    return read.kind === 'problem'
      ? { ...read, problem: read.problem.replace('client certificate', 'certificate') }
      : read;
  },
} as const satisfies KeptSecret;

/** What the user can give the vault for a profile: what its flows need, and what else would be made here. */
export function settableOf(profile: Profile): readonly KeptSecret[] {
  const isShown = hasRedirect(profile) && isSecureLoopback(profile.redirectUri);
  return [...keptOf(profile), ...(isShown ? [redirectCertificate] : [])];
}

function isTaken(profile: Profile, field: string | undefined): boolean {
  return field !== undefined && new Map<string, unknown>(Object.entries(profile)).has(field);
}
