import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { send } from 'httpyac';
import { httpyacParse } from './judge.ts';

/** What arrived at a server. */
export interface Arrived {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A server that notes what arrives. */
export async function startSink() {
  const arrived: Arrived[] = [];
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const headers = Object.entries(request.headers).map(([name, value]) => [
        name,
        [value].flat().join(', '),
      ]);
      arrived.push({
        method: request.method ?? '',
        path: request.url ?? '',
        headers: Object.fromEntries(headers) as Record<string, string>,
        body: Buffer.concat(pieces).toString('utf8'),
      });
      response.end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    /** What arrived since the last look. */
    taken: () => arrived.splice(0),
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

/** Sends every request of `text` by httpYac, one after the other. */
export async function sentByHttpyac(text: string, name: string): Promise<void> {
  const httpFile = await httpyacParse(text, name);
  for (const httpRegion of httpFile.httpRegions) if (httpRegion.request) await send({ httpFile, httpRegion });
}
