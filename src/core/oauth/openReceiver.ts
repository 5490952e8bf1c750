import type { Clock } from '../ports.ts';
import { redirectWay } from '../profile/urls.ts';
import type { FlowContext } from './context.ts';
import { AddressReceiver, type AddressReceiverOptions } from './addressReceiver.ts';
import { LoopbackListener } from './loopback/listener.ts';
import { loopbackRedirect, type LoopbackRedirect } from './loopback/redirectUri.ts';
import type { RedirectReceiver } from './receiver.ts';
import type { TlsIdentity } from '../http/tlsIdentity.ts';

/** What the vault calls the certificate, with its key, that browsers are shown at an https redirect URI of this machine. */
export const redirectCertificate = 'redirect_certificate';

/** Who keeps the certificate of a profile. */
export type CertificateKeeper = Partial<Pick<FlowContext, 'made'>> & { readonly clock: Pick<Clock, 'now'> };

/**
 * Begins to wait for the redirect, in the way that the redirect URI needs.
 *
 * @throws FailureError of kind `port_busy` or `invalid_profile`
 */
export async function openReceiver(
  options: AddressReceiverOptions,
  keeper: CertificateKeeper,
): Promise<RedirectReceiver> {
  if (redirectWay(options.redirectUri) !== 'loopback') return new AddressReceiver(options);
  return openListener(options, keeper);
}

/** Listens on loopback, over TLS where the redirect URI says so. @throws FailureError of kind `port_busy` or `invalid_profile` */
export async function openListener(
  options: AddressReceiverOptions,
  keeper: CertificateKeeper,
): Promise<LoopbackListener> {
  const redirect = loopbackRedirect(options.redirectUri);
  return LoopbackListener.open({ ...options, redirect, ...(await shownAt(redirect, keeper)) });
}

/**
 * What browsers are shown at a redirect URI: nothing over http, else the certificate that was made for the profile, which stays the
 * same, so that one that was trusted once stays trusted until it ends.
 */
export async function shownAt(
  { scheme }: LoopbackRedirect,
  { made, clock }: CertificateKeeper,
): Promise<{ readonly identity?: TlsIdentity }> {
  if (scheme === 'http') return {};
  const [{ newRedirectCertificate }, { certificateFacts, splitIdentity }] = await Promise.all([
    import('../authentication/newCertificate.ts'),
    import('../http/tlsIdentity.ts'),
  ]);
  const now = clock.now();
  const make = () => Promise.resolve(newRedirectCertificate(now));
  const kept = splitIdentity(await (made?.(redirectCertificate, make) ?? make()));
  const { validTo = 0 } = certificateFacts(kept.certificate) ?? {};
  return { identity: validTo > now ? kept : splitIdentity(await make()) };
}
