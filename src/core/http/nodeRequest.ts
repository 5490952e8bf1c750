import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest, type RequestOptions } from 'node:https';
import { Readable } from 'node:stream';
import type { Fetch, FetchInit } from '../ports.ts';
import { withoutCoding } from './contentCoding.ts';

/**
 * One request over `node:http` or `node:https` as `fetch` would make it, redirects not followed.
 *
 * @param trust whom to trust, in the options of `node:tls`, and over which connection
 */
export function nodeRequest(url: string, init: FetchInit, trust: RequestOptions): Promise<Response> {
  const headers = new Headers(init.headers);
  const body = init.body instanceof URLSearchParams ? init.body.toString() : init.body;
  if (init.body instanceof URLSearchParams && !headers.has('content-type'))
    headers.set('content-type', 'application/x-www-form-urlencoded;charset=UTF-8');
  const sent = typeof body === 'string' || body instanceof Uint8Array ? body : undefined;
  // Node says it by itself only for the methods that usually have a body.
  if (sent !== undefined) headers.set('content-length', String(Buffer.byteLength(sent)));
  return new Promise((resolve, reject) => {
    const request = (new URL(url).protocol === 'http:' ? httpRequest : httpsRequest)(
      url,
      {
        agent: false,
        ...trust,
        ...identityOptions(init),
        method: init.method ?? 'GET',
        headers: Object.fromEntries(headers),
        ...(init.signal ? { signal: init.signal } : {}),
      },
      (message) => resolve(asResponse(message)),
    );
    request.once('error', reject);
    // Of a connection that goes over to another protocol nothing else is heard.
    request.once('close', () => reject(closed()));
    request.end(sent);
  });
}

/** A `fetch` over a connection of its own, which can show a client certificate; trusts what Node trusts. */
export const nodeFetch: Fetch = (url, init) => nodeRequest(url, init ?? {}, {});

/** What a connection of its own shows of the client, in the options of `node:tls`. */
export function identityOptions({ identity }: Pick<FetchInit, 'identity'>): { cert?: string; key?: string } {
  return identity === undefined ? {} : { cert: identity.certificate, key: identity.key };
}

function asResponse(message: IncomingMessage): Response {
  const headers = new Headers();
  for (let at = 0; at + 1 < message.rawHeaders.length; at += 2)
    headers.append(message.rawHeaders[at] ?? '', message.rawHeaders[at + 1] ?? '');
  const { statusCode: status = 500, statusMessage: statusText = '' } = message;
  const empty = status === 204 || status === 205 || status === 304;
  if (empty) message.resume();
  const body = empty ? null : (Readable.toWeb(withoutCoding(message)) as ReadableStream);
  // The constructor takes no status beyond 599 and no control characters, and servers send both.
  return Object.defineProperties(new Response(body, { headers }), {
    status: { value: status },
    ok: { value: status >= 200 && status < 300 },
    statusText: { value: statusText },
  });
}

function closed(): Error {
  return Object.assign(new Error('The connection was closed without an answer.'), { code: 'ECONNRESET' });
}
