import { readFile } from 'node:fs/promises';
import type { Fetch } from '../core/ports.ts';
import type { Profile } from '../core/profile/profile.ts';

/**
 * The process's own `fetch`, looked up at each call: VS Code patches that of its extension host for proxies and certificates
 * (`http.proxy`, `http.systemCertificates`). `NODE_EXTRA_CA_CERTS`, which that leaves out, counts too.
 */
export const networkFetch: Fetch = async (url, init) => {
  const file = process.env['NODE_EXTRA_CA_CERTS'];
  if (!file) return globalThis.fetch(url, init);
  const { withExtraAuthorities } = await import('../core/http/extraAuthorities.ts');
  const fetch = withExtraAuthorities(
    (...request) => globalThis.fetch(...request),
    // As for Node itself, a file that cannot be read counts as none.
    () => readFile(file, 'utf8').catch(() => undefined),
  );
  return fetch(url, init);
};

/** The network as one profile may use it: with the local certificate it trusts, if any. */
export function profileFetch({ trustedCertificate }: Profile): Fetch {
  if (trustedCertificate === undefined) return networkFetch;
  return async (url, init) => {
    const { pinnedFetch } = await import('../core/http/pinnedFetch.ts');
    return pinnedFetch(trustedCertificate, networkFetch)(url, init);
  };
}
