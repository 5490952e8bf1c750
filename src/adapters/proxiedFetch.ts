import { request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP, type Socket } from 'node:net';
import { connect, type TLSSocket } from 'node:tls';
import { abortReason } from '../core/abortable.ts';
import type { FetchInit } from '../core/ports.ts';
import { identityOptions, nodeRequest } from '../core/http/nodeRequest.ts';
import { bareHost, percentDecoded, portOf } from '../core/http/urlHost.ts';

/** The error for a proxy that cannot be used, with Chromium's name for it, which `networkFailure` explains. */
function noWay(code: string, cause?: unknown): Error {
  return Object.assign(new Error('The proxy is not a way to the server.', { cause }), { code });
}

/**
 * Sends one request through a proxy, as `fetch` would: https in a tunnel, so that the proxy only sees the host's name.
 *
 * @param proxy its URL, with user and password if any; http when it has no scheme
 * @throws Error with one of Chromium's codes when the proxy lets nothing through; a 407 is returned as a response
 * @see RFC 9110 section 9.3.6 (CONNECT) and RFC 9112 section 3.2.2 (absolute-form)
 */
export async function proxiedFetch(url: string, init: FetchInit, proxy: string): Promise<Response> {
  const target = new URL(url);
  const way = proxyAddress(proxy);
  if (way === undefined) throw noWay('ERR_NO_SUPPORTED_PROXIES');
  const credentials = credentialsOf(way);
  if (target.protocol === 'http:') return plainly(target, init, way, credentials);
  const tunnel = await openTunnel(target, way, credentials, init.signal ?? undefined);
  if (tunnel === 'credentials') return new Response(null, { status: 407 });
  const socket = await secured(tunnel, target, identityOptions(init), init.signal ?? undefined);
  return nodeRequest(url, init, { agent: undefined, createConnection: () => socket });
}

function proxyAddress(text: string): URL | undefined {
  const url = /^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  if (!URL.canParse(url)) return undefined;
  const address = new URL(url);
  return /^https?:$/.test(address.protocol) ? address : undefined;
}

function credentialsOf({ username, password }: URL): Readonly<Record<string, string>> {
  if (username === '') return {};
  const pair = `${percentDecoded(username)}:${percentDecoded(password)}`;
  return { 'proxy-authorization': `Basic ${Buffer.from(pair).toString('base64')}` };
}

function requestTo(way: URL): typeof httpRequest {
  return way.protocol === 'https:' ? httpsRequest : httpRequest;
}

async function plainly(
  target: URL,
  init: RequestInit,
  way: URL,
  credentials: Readonly<Record<string, string>>,
): Promise<Response> {
  const headers = new Headers(init.headers);
  for (const [name, value] of Object.entries(credentials)) headers.set(name, value);
  headers.set('host', target.host);
  target.hash = '';
  const address = `${way.protocol}//${way.host}/`;
  try {
    return await nodeRequest(address, { ...init, headers }, { path: target.href });
  } catch (thrown) {
    if (init.signal?.aborted === true) throw thrown;
    throw noWay('ERR_PROXY_CONNECTION_FAILED', causeless(thrown));
  }
}

async function openTunnel(
  target: URL,
  way: URL,
  credentials: Readonly<Record<string, string>>,
  signal: AbortSignal | undefined,
): Promise<Socket | 'credentials'> {
  const authority = `${target.hostname}:${portOf(target)}`;
  const options = {
    host: bareHost(way.hostname),
    port: portOf(way),
    method: 'CONNECT',
    path: authority,
    agent: false,
  };
  const headers = { host: authority, ...credentials };
  const request = requestTo(way)({ ...options, headers, ...(signal && { signal }) });
  const answer = await answerOf(request, signal);
  if (answer.socket === undefined) throw noWay('ERR_TUNNEL_CONNECTION_FAILED');
  const { status, socket } = answer;
  if (status >= 200 && status < 300) return socket;
  socket.destroy();
  if (status === 407) return 'credentials';
  throw noWay('ERR_TUNNEL_CONNECTION_FAILED');
}

function answerOf(
  request: ClientRequest,
  signal: AbortSignal | undefined,
): Promise<{ readonly status: number; readonly socket?: Socket }> {
  return new Promise((resolve, reject) => {
    request.once('connect', ({ statusCode = 0 }: IncomingMessage, socket: Socket, head: Buffer) => {
      if (head.length > 0) socket.unshift(head);
      resolve({ status: statusCode, socket });
    });
    request.once('error', (thrown) =>
      reject(signal?.aborted === true ? thrown : noWay('ERR_PROXY_CONNECTION_FAILED', causeless(thrown))),
    );
    request.end();
  });
}

/** TLS with the server itself, whose certificate is checked as without a proxy. */
function secured(
  socket: Socket,
  target: URL,
  identity: ReturnType<typeof identityOptions>,
  signal: AbortSignal | undefined,
): Promise<TLSSocket> {
  const host = bareHost(target.hostname);
  return new Promise((resolve, reject) => {
    const names = isIP(host) === 0 ? { servername: host } : {};
    const secure = connect({ socket, host, ...names, ...identity, ALPNProtocols: ['http/1.1'] });
    const abort = () => secure.destroy(signal && abortReason(signal));
    signal?.addEventListener('abort', abort, { once: true });
    if (signal?.aborted === true) abort();
    secure.once('error', reject);
    secure.once('close', () => {
      signal?.removeEventListener('abort', abort);
      // Nobody else would notice a connection that closes before it is secure.
      reject(noWay('ERR_TUNNEL_CONNECTION_FAILED'));
    });
    secure.once('secureConnect', () => {
      signal?.removeEventListener('abort', abort);
      secure.removeListener('error', reject);
      resolve(secure);
    });
  });
}

/** The reason why the proxy was not reached, without its code, which would be taken for the server's. */
function causeless(thrown: unknown): string {
  return thrown instanceof Error ? thrown.name : 'unknown';
}
