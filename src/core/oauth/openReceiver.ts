import { redirectWay } from '../profile/urls.ts';
import { AddressReceiver, type AddressReceiverOptions } from './addressReceiver.ts';
import { LoopbackListener } from './loopback/listener.ts';
import { loopbackRedirect } from './loopback/redirectUri.ts';
import type { RedirectReceiver } from './receiver.ts';

/**
 * Begins to wait for the redirect, in the way that the redirect URI needs.
 *
 * @throws FailureError of kind `port_busy` or `invalid_profile`
 */
export async function openReceiver(options: AddressReceiverOptions): Promise<RedirectReceiver> {
  if (redirectWay(options.redirectUri) !== 'loopback') return new AddressReceiver(options);
  return LoopbackListener.open({ ...options, redirect: loopbackRedirect(options.redirectUri) });
}
