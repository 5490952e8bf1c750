import { readFile } from 'node:fs/promises';
import { proxyFor } from '../core/http/proxyFor.ts';
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

/**
 * The same for a program of its own, which nobody patches: through the proxy that `HTTPS_PROXY`, `HTTP_PROXY` or `ALL_PROXY`
 * names, unless `NO_PROXY` names the host. Node itself reads `NODE_EXTRA_CA_CERTS`.
 */
export function programFetch(environment: Readonly<Record<string, string | undefined>>): Fetch {
  return async (url, init) => {
    const proxy = proxyFor(new URL(url), environment);
    if (proxy === undefined) return globalThis.fetch(url, init);
    const { proxiedFetch } = await import('./proxiedFetch.ts');
    return proxiedFetch(url, init ?? {}, proxy);
  };
}

/** The network as one profile may use it: with the local certificate it trusts, if any. */
export function profileFetch({ trustedCertificate }: Profile, network: Fetch = networkFetch): Fetch {
  if (trustedCertificate === undefined) return network;
  return async (url, init) => {
    const { pinnedFetch } = await import('../core/http/pinnedFetch.ts');
    return pinnedFetch(trustedCertificate, network)(url, init);
  };
}
