import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TestCertificate } from '../certificate.ts';

/** A small server on loopback that plays a real one. */
export interface StandIn {
  /** Such as `http://127.0.0.1:41234`. */
  readonly origin: string;
  /** Every request so far, for tests that look at what was sent. */
  readonly requests: readonly SeenRequest[];
  close: () => Promise<void>;
}

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  /** As UTF-8. */
  readonly body: string;
  /** As it came. */
  readonly bytes: Buffer;
}

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  /** An object is sent as JSON. */
  readonly body?: string | object;
}

export interface StandInOptions {
  /** Serves https with this certificate. */
  readonly certificate?: TestCertificate;
  readonly port?: number;
  /** The host in `origin`; 127.0.0.1 unless told. */
  readonly host?: string;
}

/** Starts a server on 127.0.0.1 that answers with what `answer` gives. */
export async function startStandIn(
  answer: (request: SeenRequest, origin: string) => Answer | Promise<Answer>,
  options: StandInOptions = {},
): Promise<StandIn> {
  const requests: SeenRequest[] = [];
  let origin = '';
  const listener: RequestListener = (message, response) => {
    void read(message).then(async (request) => {
      requests.push(request);
      send(response, await answer(request, origin));
    });
  };
  const server = options.certificate
    ? createTlsServer(options.certificate, listener)
    : createServer(listener);
  await new Promise<void>((listening, failed) => {
    server.once('error', failed);
    server.listen(options.port ?? 0, '127.0.0.1', listening);
  });
  const { port } = server.address() as AddressInfo;
  origin = `${options.certificate ? 'https' : 'http'}://${options.host ?? '127.0.0.1'}:${port}`;
  const close = () =>
    new Promise<void>((closed) => {
      server.close(() => closed());
      server.closeAllConnections();
    });
  return { origin, requests, close };
}

async function read(message: IncomingMessage): Promise<SeenRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  const url = new URL(message.url ?? '/', 'http://stand-in');
  return {
    method: message.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers: message.headers,
    body: bytes.toString('utf8'),
    bytes,
  };
}

function send(response: ServerResponse, { status, headers = {}, body = '' }: Answer): void {
  const json = typeof body !== 'string';
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (json && !response.hasHeader('content-type')) response.setHeader('content-type', 'application/json');
  response.writeHead(status).end(json ? JSON.stringify(body) : body);
}

/** The token of an `Authorization: Bearer` field; absent for anything else. @see RFC 6750 section 2.1 */
export function bearerOf({ headers }: SeenRequest): string | undefined {
  return /^Bearer (\S+)$/.exec(headers.authorization ?? '')?.[1];
}

/** The form of a request; absent when it is none. */
export function formOf({ headers, body }: SeenRequest): URLSearchParams | undefined {
  const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  return type === 'application/x-www-form-urlencoded' ? new URLSearchParams(body) : undefined;
}
