import type { Clock, Made } from '../ports.ts';
import { isSecureLoopback, redirectWay } from '../profile/urls.ts';
import { FailureError } from '../record/failure.ts';
import { AddressReceiver, type AddressReceiverOptions } from './addressReceiver.ts';
import { LoopbackListener } from './loopback/listener.ts';
import { loopbackRedirect, type LoopbackRedirect } from './loopback/redirectUri.ts';
import type { RedirectReceiver } from './receiver.ts';
import { redirectCertificate } from './redirectCertificate.ts';
import type { TlsIdentity } from '../http/tlsIdentity.ts';

/** Where the certificate of a profile is kept. */
export interface CertificateKeeper {
  readonly made?: Made;
  readonly clock: Pick<Clock, 'now'>;
}

/**
 * Starts to wait for the redirect, in the way that the redirect URI needs. Where another program has the port of an https
 * redirect URI, usually the application itself, the redirect arrives there and the user pastes its address.
 *
 * @throws FailureError of kind `port_busy` or `invalid_profile`
 */
export async function openReceiver(
  options: AddressReceiverOptions,
  keeper: CertificateKeeper,
): Promise<RedirectReceiver> {
  if (redirectWay(options.redirectUri) !== 'loopback') return new AddressReceiver(options);
  try {
    return await openListener(options, keeper);
  } catch (thrown) {
    if (!isBusy(thrown) || options.formPost || !isSecureLoopback(options.redirectUri)) throw thrown;
    return new AddressReceiver(options);
  }
}

function isBusy(thrown: unknown): boolean {
  return thrown instanceof FailureError && thrown.failure.kind === 'port_busy';
}

/** Listens on loopback, over TLS for an https redirect URI. @throws FailureError of kind `port_busy` or `invalid_profile` */
export async function openListener(
  options: AddressReceiverOptions,
  keeper: CertificateKeeper,
): Promise<LoopbackListener> {
  const redirect = loopbackRedirect(options.redirectUri);
  return LoopbackListener.open({ ...options, redirect, ...(await shownAt(redirect, keeper)) });
}

/** The certificate for a redirect URI: none for http, else that of the profile. */
export async function shownAt(
  { scheme }: LoopbackRedirect,
  keeper: CertificateKeeper,
): Promise<{ readonly identity?: TlsIdentity }> {
  return scheme === 'http' ? {} : { identity: await redirectIdentity(keeper) };
}

/** The certificate that was imported or made for a profile. It is kept until it expires, so that trusting it once is enough. */
export async function redirectIdentity({ made, clock }: CertificateKeeper): Promise<TlsIdentity> {
  const [{ newRedirectCertificate }, { certificateFacts, splitIdentity }] = await Promise.all([
    import('../authentication/newCertificate.ts'),
    import('../http/tlsIdentity.ts'),
  ]);
  const now = clock.now();
  const make = () => Promise.resolve(newRedirectCertificate(now));
  const isGood = (kept: string) => (certificateFacts(splitIdentity(kept).certificate)?.validTo ?? 0) > now;
  return splitIdentity(await (made?.(redirectCertificate.what, make, isGood) ?? make()));
}
