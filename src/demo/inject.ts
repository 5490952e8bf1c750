import { IncomingMessage, ServerResponse, type RequestListener } from 'node:http';
import { Socket } from 'node:net';
import type { FaultRequest, FaultResponse } from './faults/fault.ts';

/** Hands a message to a request listener within the process, as if it had come by HTTP, and collects the response. */
export function inject(listener: RequestListener, message: FaultRequest): Promise<FaultResponse> {
  return new Promise((resolve) => {
    const request = requestOf(message);
    const response = new CollectedResponse(request);
    response.once('finish', () => resolve(response.collected()));
    listener(request, response);
  });
}

function requestOf({ method, path, query, headers, form, json }: FaultRequest): IncomingMessage {
  const request = new IncomingMessage(new Socket());
  const body = method === 'POST' ? (json ?? form.toString()) : '';
  const search = query.toString();
  request.method = method;
  request.url = search === '' ? path : `${path}?${search}`;
  request.headers = { ...headers, 'content-length': String(Buffer.byteLength(body)) };
  Reflect.deleteProperty(request.headers, 'transfer-encoding');
  if (body !== '') request.push(body);
  request.push(null);
  return request;
}

/** A connection that takes everything and sends it nowhere. */
class Nowhere extends Socket {
  override _write(_chunk: unknown, _encoding: BufferEncoding, done: () => void): void {
    done();
  }

  override _writev(_chunks: unknown, done: () => void): void {
    done();
  }
}

/** Keeps what is written. */
class CollectedResponse extends ServerResponse {
  readonly #chunks: Buffer[] = [];

  constructor(request: IncomingMessage) {
    super(request);
    this.assignSocket(new Nowhere());
  }

  collected(): FaultResponse {
    const headers = Object.entries(this.getHeaders()).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, typeof value === 'number' ? String(value) : value] as const],
    );
    const body = Buffer.concat(this.#chunks).toString('utf8');
    return { status: this.statusCode, headers: Object.fromEntries(headers), body };
  }

  override write(chunk: unknown, ...rest: unknown[]): boolean {
    this.#keep(chunk);
    return super.write(chunk, ...(rest as []));
  }

  override end(chunk?: unknown, ...rest: unknown[]): this {
    this.#keep(chunk);
    return super.end(chunk, ...(rest as []));
  }

  #keep(chunk: unknown): void {
    if (typeof chunk === 'string' || chunk instanceof Uint8Array) this.#chunks.push(Buffer.from(chunk));
  }
}
