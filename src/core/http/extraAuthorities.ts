import { rootCertificates } from 'node:tls';
import type { Fetch } from '../ports.ts';
import { isUntrusted } from './networkFailure.ts';
import { nodeRequest } from './nodeRequest.ts';

/**
 * A `fetch` that also trusts the authorities of `NODE_EXTRA_CA_CERTS`, which VS Code's own leaves out as soon as it
 * adds those of the system. Tried only where `fetch` refused a certificate, that is before anything was sent.
 *
 * @param extra reads them, in PEM; absent when there are none
 */
export function withExtraAuthorities(fetch: Fetch, extra: () => Promise<string | undefined>): Fetch {
  return async (url, init) => {
    try {
      return await fetch(url, init);
    } catch (thrown) {
      const authorities = isUntrusted(thrown) ? await extra() : undefined;
      if (authorities === undefined) throw thrown;
      return nodeRequest(url, init ?? {}, { ca: [...rootCertificates, authorities] });
    }
  };
}
