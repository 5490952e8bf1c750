import { randomInt } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * Listens on 127.0.0.1, on `port` or, when that is taken, on any free one; returns the port.
 *
 * @throws the listener's error when it is anything but a taken port.
 */
export async function listen(server: Server, port: number): Promise<number> {
  // Node's five seconds end connections that the client, on a busy machine, takes for alive and sends on.
  server.keepAliveTimeout = 60_000;
  try {
    await listenOn(server, port);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    await listenOn(server, 0);
  }
  return (server.address() as AddressInfo).port;
}

function listenOn(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** How many ports are tried: on a machine with half of them taken, all fail once in a million times. */
const TRIES = 20;

/**
 * A port of 127.0.0.1 that nobody listens on now. It lies below those that the system hands out by itself (from 32768
 * on Linux, from 49152 elsewhere): between now and a sign-in no connection of another program takes it.
 *
 * @param candidates the ports to try, in this order.
 * @throws the listener's error when all of them are taken.
 * @see RFC 6335 section 6
 */
export async function freePort(candidates: Iterable<number> = registeredPorts()): Promise<number> {
  let taken: unknown;
  for (const port of candidates) {
    const server = createServer();
    try {
      await listenOn(server, port);
      return port;
    } catch (error) {
      taken = error;
    } finally {
      await close(server);
    }
  }
  throw taken;
}

function* registeredPorts(): Generator<number> {
  for (let tried = 0; tried < TRIES; tried++) yield randomInt(10_000, 32_768);
}

/** Stops listening and ends every connection. */
export function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
