import type { Fetch } from '../core/ports.ts';

/**
 * The extension host's own `fetch`, looked up at each call: VS Code patches it for proxies and certificates
 * (`http.proxy`, `http.systemCertificates`, `NODE_EXTRA_CA_CERTS`).
 */
export const networkFetch: Fetch = (url, init) => globalThis.fetch(url, init);
