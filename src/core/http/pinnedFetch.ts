import { request as httpsRequest, type RequestOptions } from 'node:https';
import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import type { Fetch } from '../ports.ts';
import { inspectCertificate, sameFingerprint } from './certificate.ts';
import { isLoopbackHost } from '../profile/loopbackHost.ts';

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
    const { pem, fingerprint: shown } = await inspectCertificate(url, signal);
    // Another certificate than the trusted one: then only what the machine trusts counts.
    if (!sameFingerprint(shown, fingerprint)) return fetch(url, init);
    return send(url, init ?? {}, {
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

/** One request over `node:https` as `fetch` would make it, redirects not followed. */
function send(url: string, init: RequestInit, trust: RequestOptions): Promise<Response> {
  const headers = new Headers(init.headers);
  const body = init.body instanceof URLSearchParams ? init.body.toString() : init.body;
  if (init.body instanceof URLSearchParams && !headers.has('content-type'))
    headers.set('content-type', 'application/x-www-form-urlencoded;charset=UTF-8');
  const sent = typeof body === 'string' || body instanceof Uint8Array ? body : undefined;
  if (sent !== undefined) headers.set('content-length', String(Buffer.byteLength(sent)));
  return new Promise((resolve, reject) => {
    const request = httpsRequest(
      url,
      {
        ...trust,
        agent: false,
        method: init.method ?? 'GET',
        headers: Object.fromEntries(headers),
        ...(init.signal ? { signal: init.signal } : {}),
      },
      (message) => resolve(asResponse(message)),
    );
    request.once('error', reject);
    request.end(sent);
  });
}

function asResponse(message: IncomingMessage): Response {
  const headers = new Headers();
  for (let at = 0; at + 1 < message.rawHeaders.length; at += 2)
    headers.append(message.rawHeaders[at] ?? '', message.rawHeaders[at + 1] ?? '');
  const status = message.statusCode ?? 500;
  const empty = status === 204 || status === 205 || status === 304;
  if (empty) message.resume();
  const body = empty ? null : (Readable.toWeb(message) as ReadableStream);
  return new Response(body, { status, statusText: message.statusMessage ?? '', headers });
}
