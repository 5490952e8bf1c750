import { readFile } from 'node:fs/promises';
import { proxyFor } from '../core/http/proxyFor.ts';
import type { Fetch, FetchInit } from '../core/ports.ts';
import type { Profile } from '../core/profile/profile.ts';

const ambientFetch: Fetch = (url, init) => globalThis.fetch(url, init);

/**
 * The `fetch` for a request: the process's own, but a connection of ours for a request with a client certificate, and for what
 * `fetch` refuses: a GET with a body, such as a search, and TRACE.
 *
 * @see https://fetch.spec.whatwg.org/#dom-request
 * @see https://fetch.spec.whatwg.org/#forbidden-method
 */
async function fetchFor(init: FetchInit | undefined): Promise<Fetch> {
  const method = init?.method ?? 'GET';
  const isRefused = /^TRAC[EK]$/i.test(method) || (Boolean(init?.body) && /^(?:GET|HEAD)$/i.test(method));
  return init?.identity === undefined && !isRefused
    ? ambientFetch
    : (await import('../core/http/nodeRequest.ts')).nodeFetch;
}

/**
 * The process's own `fetch`, looked up for each call: VS Code patches that of its extension host for proxies and certificates
 * (`http.proxy`, `http.systemCertificates`). `NODE_EXTRA_CA_CERTS`, which it leaves out, is added here.
 */
export const networkFetch: Fetch = async (url, init) => {
  const plain = await fetchFor(init);
  const file = process.env['NODE_EXTRA_CA_CERTS'];
  if (!file) return plain(url, init);
  const { withExtraAuthorities } = await import('../core/http/extraAuthorities.ts');
  const fetch = withExtraAuthorities(
    plain,
    // As in Node itself, an unreadable file is ignored.
    () => readFile(file, 'utf8').catch(() => undefined),
  );
  return fetch(url, init);
};

/**
 * The same for the command line, whose `fetch` nobody patches: through the proxy that `HTTPS_PROXY`, `HTTP_PROXY` or
 * `ALL_PROXY` names, unless `NO_PROXY` names the host. Node itself reads `NODE_EXTRA_CA_CERTS`.
 */
export function programFetch(environment: Readonly<Record<string, string | undefined>>): Fetch {
  return async (url, init) => {
    const proxy = proxyFor(new URL(url), environment);
    if (proxy === undefined) return (await fetchFor(init))(url, init);
    const { proxiedFetch } = await import('./proxiedFetch.ts');
    return proxiedFetch(url, init ?? {}, proxy);
  };
}

/** The `fetch` of one profile: it trusts the profile's local certificate, if there is one. */
export function profileFetch({ trustedCertificate }: Profile, network: Fetch = networkFetch): Fetch {
  if (trustedCertificate === undefined) return network;
  return async (url, init) => {
    const { pinnedFetch } = await import('../core/http/pinnedFetch.ts');
    return pinnedFetch(trustedCertificate, network)(url, init);
  };
}
