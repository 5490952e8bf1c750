import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { FaultLayer, FaultRequest } from './faults/fault.ts';
import { inject } from './inject.ts';

/**
 * The door of the demo authorization server: hands requests to the strict server as they are, or through the layers of
 * the faults that are switched on.
 */
export class Front {
  readonly #strict: RequestListener;
  #layers: readonly FaultLayer[] = [];

  constructor(strict: RequestListener) {
    this.#strict = strict;
  }

  use(layers: readonly FaultLayer[]): void {
    this.#layers = layers;
  }

  handle(request: IncomingMessage, response: ServerResponse): void {
    if (this.#layers.length === 0) this.#strict(request, response);
    else
      this.#rewrite(request, response).catch((error: unknown) => {
        response.writeHead(500, { 'Content-Type': 'text/plain' }).end(String(error));
      });
  }

  async #rewrite(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let chain = (message: FaultRequest) => inject(this.#strict, message);
    for (const layer of this.#layers) {
      const inner = chain;
      chain = (message) => layer(message, inner);
    }
    const answer = await chain(await readRequest(request));
    const body = Buffer.from(answer.body);
    const headers = { ...answer.headers, 'content-length': String(body.length) } as Record<
      string,
      string | string[]
    >;
    Reflect.deleteProperty(headers, 'transfer-encoding');
    response.writeHead(answer.status, headers).end(body);
  }
}

async function readRequest(request: IncomingMessage): Promise<FaultRequest> {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const body = await readText(request);
  const isJson = request.headers['content-type']?.startsWith('application/json') === true;
  const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)] as const);
  return {
    method: request.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers: Object.fromEntries(headers),
    form: new URLSearchParams(isJson ? '' : body),
    ...(isJson && { json: body }),
  };
}

async function readText(stream: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
