import { readFile } from 'node:fs/promises';
import type { Fetch } from '../core/ports.ts';

/**
 * The extension host's own `fetch`, looked up at each call: VS Code patches it for proxies and certificates
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
