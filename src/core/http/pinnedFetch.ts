import type { Fetch } from '../ports.ts';
import { inspectCertificate, sameFingerprint } from './certificate.ts';
import { isLoopbackHost } from '../profile/loopbackHost.ts';
import { identityOptions, nodeRequest } from './nodeRequest.ts';

/**
 * A `fetch` that, for https on loopback, trusts exactly the certificate with this SHA-256 fingerprint, besides what
 * the machine trusts anyway. Every other URL, and a server with another certificate, goes to `fetch` as it is.
 *
 * @param fingerprint hex, with or without colons
 */
export function pinnedFetch(fingerprint: string, fetch: Fetch): Fetch {
  return async (url, init) => {
    if (!isLocalHttps(url)) return fetch(url, init);
    const signal = init?.signal ?? new AbortController().signal;
    const { pem, fingerprint: shown } = await inspectCertificate(url, signal, identityOptions(init ?? {}));
    // Another certificate than the trusted one: then only what the machine trusts counts.
    if (!sameFingerprint(shown, fingerprint)) return fetch(url, init);
    return nodeRequest(url, init ?? {}, {
      ca: pem,
      // The certificate itself is what is trusted, also where an authority issued it.
      allowPartialTrustChain: true,
      // The connection itself must show the trusted certificate again; which host it names does not matter then.
      checkServerIdentity: (_host, certificate) =>
        sameFingerprint(certificate.fingerprint256, fingerprint) ? undefined : changed(),
    });
  };
}

function isLocalHttps(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' && isLoopbackHost(hostname);
}

function changed(): Error {
  return Object.assign(new Error('The certificate is not the trusted one.'), { code: 'CERT_UNTRUSTED' });
}
