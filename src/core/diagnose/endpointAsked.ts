import { addressShown } from './addressShown.ts';
import type { Facts } from './facts.ts';

/** Endpoints other than that for tokens, by what is asked of them. */
const otherEndpoints: Readonly<Record<string, string>> = {
  device: 'device authorization endpoint',
  backchannel: 'backchannel authentication endpoint',
  par: 'endpoint for pushed requests',
  registration: 'registration endpoint',
  registered_client: 'client configuration endpoint',
  revocation: 'revocation endpoint',
  introspection: 'introspection endpoint',
  userinfo: 'userinfo endpoint',
};

/** The endpoint that was asked, by what it is called. */
export function endpointOf({ exchange, failure }: Facts): string {
  return otherEndpoints[exchange?.purpose ?? failure.step] ?? 'token endpoint';
}

/** Evidence: the address that was asked. */
export const askedAt = (url: string): string => `The request went to ${addressShown(url)}.`;
/** Evidence, where it did. */
export const gaveToken = 'The same address gave a token earlier in this session.';

/** Whether a web page came. */
export function isPage({ exchange }: Facts): boolean {
  return /^\s*(?:<\?xml[^<>]{0,100}>\s*)?<(?:!doctype html|html)/i.test(
    exchange?.response?.body.slice(0, 200) ?? '',
  );
}
