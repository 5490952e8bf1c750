import { createServer, type RequestListener, type Server } from 'node:http';
import { FailureError } from '../../flow/failure.ts';
import type { LoopbackRedirect } from './redirectUri.ts';

/** Servers that answer on one port of loopback, on one or both families. */
export interface BoundServers {
  readonly port: number;
  /** Closes them with every connection; the port is free when it resolves. */
  close(): Promise<void>;
}

const portsToTry = 10;

/**
 * Listens where `redirect` says, and nowhere else.
 *
 * @throws FailureError of kind `port_busy`; another port is never taken instead of a given one
 * @see RFC 8252 sections 7.3 and 8.3
 */
export async function bindLoopback(
  redirect: LoopbackRedirect,
  answer: RequestListener,
): Promise<BoundServers> {
  for (let attempt = 1; ; attempt++) {
    const servers: Server[] = [];
    try {
      let port = redirect.port ?? 0;
      for (const address of redirect.addresses) port = await listen(servers, answer, address, port);
      return { port, close: () => closeAll(servers) };
    } catch (thrown) {
      await closeAll(servers);
      // A port that is free on one family may be busy on the other: any other pair will do.
      const again = redirect.port === undefined && codeOf(thrown) === 'EADDRINUSE' && attempt < portsToTry;
      if (!again) throw cannotListen(redirect, codeOf(thrown), thrown);
    }
  }
}

async function listen(
  servers: Server[],
  answer: RequestListener,
  address: string,
  port: number,
): Promise<number> {
  const server = createServer(
    { maxHeaderSize: 64 * 1024, requestTimeout: 10_000, headersTimeout: 10_000 },
    answer,
  );
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen({ host: address, port, exclusive: true }, resolve);
    });
  } catch (thrown) {
    // A machine without IPv6 resolves localhost to IPv4 only.
    if (servers.length > 0 && ['EADDRNOTAVAIL', 'EAFNOSUPPORT'].includes(codeOf(thrown))) return port;
    throw thrown;
  }
  servers.push(server);
  const bound = server.address();
  return typeof bound === 'object' && bound !== null ? bound.port : port;
}

async function closeAll(servers: readonly Server[]): Promise<void> {
  await Promise.all(
    servers.map(
      (server) =>
        new Promise<void>((resolve) => {
          server.close(() => resolve());
          server.closeAllConnections();
        }),
    ),
  );
}

function codeOf(thrown: unknown): string {
  const code = typeof thrown === 'object' && thrown !== null && 'code' in thrown ? thrown.code : undefined;
  return typeof code === 'string' ? code : 'unknown';
}

function cannotListen(redirect: LoopbackRedirect, code: string, cause: unknown): FailureError {
  const port = redirect.port ?? 0;
  const reason =
    code === 'EADDRINUSE'
      ? `Port ${port} of ${redirect.host} is already in use`
      : code === 'EACCES'
        ? `This user may not listen on port ${port} of ${redirect.host}`
        : `It is not possible to listen on ${redirect.host} (${code})`;
  return new FailureError(
    {
      kind: 'port_busy',
      step: 'listen',
      port,
      message: `${reason}, so the redirect could not be received; the browser was not opened.`,
      advice:
        'End the program that uses it, or register and set another redirect URI; without a port any free one is used.',
    },
    { cause },
  );
}
