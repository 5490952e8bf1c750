import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer, type Server as SecureServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { textMember } from '../../../shared/json.ts';
import type { TlsIdentity } from '../../http/tlsIdentity.ts';
import { FailureError } from '../../record/failure.ts';
import type { LoopbackRedirect } from './redirectUri.ts';

/** Servers that answer on one port of loopback, on one or both families. */
export interface BoundServers {
  readonly port: number;
  /** Closes them with every connection; the port is free when it resolves. */
  close: () => Promise<void>;
}

/** Called for a request with too large header fields; returns the whole response, status line and all. */
type TooLarge = () => string;

const portsToTry = 10;

/** The error for a request that Node could not parse. */
type ClientError = Error & { readonly code?: string; readonly rawPacket?: Uint8Array };

/** Called for a connection of the other scheme: with path and query where that is http, without where it is TLS. */
type OtherScheme = (target?: string) => void;

/** How requests are answered. */
export interface Answering {
  readonly answer: RequestListener;
  readonly tooLarge?: TooLarge;
  readonly otherScheme?: OtherScheme;
  /** The certificate for an https redirect URI. */
  readonly identity?: TlsIdentity;
}

interface Bound {
  readonly server: Server | SecureServer;
  /** Every connection, also those whose TLS handshake is not over. */
  readonly sockets: Set<Socket>;
}

/**
 * Listens where `redirect` says, and nowhere else.
 *
 * @throws FailureError of kind `port_busy`: a fixed port is never replaced by another one
 * @see RFC 8252 sections 7.3 and 8.3
 */
export async function bindLoopback(redirect: LoopbackRedirect, answering: Answering): Promise<BoundServers> {
  for (let attempt = 1; ; attempt++) {
    const servers: Bound[] = [];
    try {
      let port = redirect.port ?? 0;
      for (const address of redirect.addresses)
        port = await listen(servers, answering, { address, port, host: redirect.host });
      return { port, close: () => closeAll(servers) };
    } catch (thrown) {
      await closeAll(servers);
      // A port that is free on one address family may be busy or reserved on the other: any other pair will do.
      const again =
        redirect.port === undefined &&
        ['EADDRINUSE', 'EACCES'].includes(codeOf(thrown)) &&
        attempt < portsToTry;
      if (!again) throw cannotListen(redirect, codeOf(thrown), thrown);
    }
  }
}

async function listen(
  servers: Bound[],
  { answer, tooLarge, otherScheme, identity }: Answering,
  { address, port, host }: { readonly address: string; readonly port: number; readonly host: string },
): Promise<number> {
  const limits = { maxHeaderSize: 64 * 1024, requestTimeout: 10_000, headersTimeout: 10_000 };
  const server =
    identity === undefined
      ? createServer(limits, answer)
      : createSecureServer(
          { ...limits, handshakeTimeout: 10_000, cert: identity.certificate, key: identity.key },
          answer,
        );
  if (identity !== undefined) leadToTls(server, `https://${host}:${port}`, otherScheme);
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  if (tooLarge !== undefined || otherScheme !== undefined)
    server.on('clientError', (error: ClientError, socket) => {
      if (identity === undefined && error.rawPacket?.[0] === handshake) otherScheme?.();
      // A browser that does not trust the certificate ends the handshake: there is nothing to answer.
      const isHttp = error.code?.startsWith('HPE_') === true;
      if (!socket.writable || !isHttp) socket.destroy();
      else if (error.code === 'HPE_HEADER_OVERFLOW' && tooLarge !== undefined) socket.end(tooLarge());
      else socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
    });
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen({ host: address, port, exclusive: true }, resolve);
    });
  } catch (thrown) {
    // Without IPv6, localhost is IPv4 only.
    if (servers.length > 0 && ['EADDRNOTAVAIL', 'EAFNOSUPPORT'].includes(codeOf(thrown))) return port;
    throw thrown;
  }
  servers.push({ server, sockets });
  return (server.address() as AddressInfo).port;
}

/** The first byte of a TLS connection: a handshake record. @see RFC 8446 section 5.1 */
const handshake = 22;

/**
 * Redirects plain http requests to the https `origin` on the same port: VS Code in a browser opens https on this machine as
 * http, and people type it.
 */
function leadToTls(server: Server | SecureServer, origin: string, otherScheme?: OtherScheme): void {
  const shakeHands = server.listeners('connection');
  server.removeAllListeners('connection');
  server.on('connection', (socket: Socket) => {
    const give = () => socket.destroy();
    socket.on('error', give).setTimeout(10_000, give);
    socket.once('data', (first: Buffer) => {
      socket.setTimeout(0).off('timeout', give).off('error', give);
      if (first[0] === handshake) {
        // The byte is put back for TLS to read.
        socket.pause().unshift(first);
        for (const listener of shakeHands) Reflect.apply(listener, server, [socket]);
        return;
      }
      const [, path] = /^GET (\/\S*) HTTP\/1/.exec(first.toString('latin1')) ?? [];
      if (path === undefined) socket.destroy();
      else {
        otherScheme?.(path);
        socket.end(
          `HTTP/1.1 307 Temporary Redirect\r\nLocation: ${origin}${path}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`,
        );
      }
    });
  });
}

async function closeAll(servers: readonly Bound[]): Promise<void> {
  await Promise.all(
    servers.map(
      ({ server, sockets }) =>
        new Promise<void>((resolve) => {
          server.close(() => resolve());
          server.closeAllConnections();
          for (const socket of sockets) socket.destroy();
        }),
    ),
  );
}

function codeOf(thrown: unknown): string {
  return textMember(thrown, 'code') ?? 'unknown';
}

function cannotListen(redirect: LoopbackRedirect, code: string, cause: unknown): FailureError {
  const port = redirect.port ?? 0;
  const { reason, advice } = whyNot(redirect.host, port, code);
  return new FailureError(
    {
      kind: 'port_busy',
      step: 'listen',
      port,
      code,
      message: `${reason}, so the redirect could not be received; the browser was not opened.`,
      advice: `${advice}; without a port any free one is used.`,
    },
    { cause },
  );
}

const another = 'register and set another redirect URI';

function whyNot(
  host: string,
  port: number,
  code: string,
): { readonly reason: string; readonly advice: string } {
  if (code === 'EADDRINUSE')
    return {
      reason: `Port ${port} of ${host} is already in use`,
      advice: `End the program that uses it, or ${another}`,
    };
  if (code !== 'EACCES')
    return {
      reason: `It is not possible to listen on ${host} (${code})`,
      advice: `Check that this machine has the address ${host}, or ${another}`,
    };
  return port > 0 && port < 1024
    ? {
        reason: `This user may not listen on port ${port} of ${host}: ports below 1024 are for administrators on many systems`,
        advice: `Use a port of 1024 or above: ${another}`,
      }
    : {
        reason: `The system does not let anybody listen on port ${port} of ${host}: on Windows it mostly lies in a reserved range`,
        advice: `Look at the reserved ranges (netsh interface ipv4 show excludedportrange protocol=tcp), or ${another}`,
      };
}
