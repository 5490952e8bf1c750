import { request as send, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { FaultLayer, FaultRequest, FaultResponse } from './faults/fault.ts';

/**
 * The door of the demo authorization server: hands requests to the strict server as they are, or through the layers of
 * the faults that are switched on.
 */
export class Front {
  readonly #strict: RequestListener;
  /** Port at which the strict server listens for rewritten requests. */
  readonly #port: number;
  #layers: readonly FaultLayer[] = [];

  constructor(strict: RequestListener, port: number) {
    this.#strict = strict;
    this.#port = port;
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
    let chain = (message: FaultRequest) => forward(message, this.#port);
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
  const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)] as const);
  return {
    method: request.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers: Object.fromEntries(headers),
    form: new URLSearchParams(body),
  };
}

async function readText(stream: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function forward(message: FaultRequest, port: number): Promise<FaultResponse> {
  const body = message.method === 'POST' ? message.form.toString() : '';
  const query = message.query.toString();
  const headers: Record<string, string> = {
    ...message.headers,
    'content-length': String(Buffer.byteLength(body)),
  };
  for (const hop of ['transfer-encoding', 'connection']) Reflect.deleteProperty(headers, hop);
  return new Promise((resolve, reject) => {
    const request = send(
      {
        host: '127.0.0.1',
        port,
        method: message.method,
        path: query === '' ? message.path : `${message.path}?${query}`,
        headers,
      },
      (response) => {
        readText(response).then((text) => {
          resolve({
            status: response.statusCode ?? 500,
            headers: response.headers as Record<string, string | string[]>,
            body: text,
          });
        }, reject);
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}
