import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Trace } from '../../flow/trace.ts';
import type { HeaderList } from '../../http/exchange.ts';
import type { Clock } from '../../ports.ts';
import type { Page } from './pages.ts';

/** Records what comes to a listener and what it answers. */
export class HitLog {
  readonly #trace: Trace;
  readonly #clock: Clock;

  constructor(trace: Trace, clock: Clock) {
    this.#trace = trace;
    this.#clock = clock;
  }

  /** Records a request that came to `origin`; returns the id of its exchange. */
  hit(request: IncomingMessage, origin: string, body: string | undefined, isStart: boolean): number {
    return this.#trace.begin({
      purpose: isStart ? 'authorization' : 'redirect',
      leg: 'loopback',
      startedAt: this.#clock.now(),
      request: {
        method: request.method ?? 'GET',
        url: `${origin}${request.url ?? '/'}`,
        headers: pairs(request.rawHeaders),
        ...(body === undefined ? {} : { body }),
      },
    });
  }

  /** Records a redirect that the user pasted. */
  pasted(url: string, ignored?: Ignored): void {
    const now = this.#clock.now();
    this.#trace.begin({
      purpose: 'redirect',
      leg: 'browser',
      startedAt: now,
      endedAt: now,
      request: { method: 'GET', url: url.slice(0, 64 * 1024), headers: [] },
      ...(ignored === undefined ? {} : { ignored }),
    });
  }

  ignore(id: number, ignored: Ignored): void {
    this.#trace.update(id, { ignored });
  }

  /** Sends `page` and resolves when the browser has it, or is gone. */
  async answer({ response, id }: OpenHit, status: number, page: Page): Promise<void> {
    const closed = new Promise<void>((resolve) => {
      response.once('close', resolve);
    });
    const headers = Object.entries(page.headers);
    this.#trace.update(id, {
      endedAt: this.#clock.now(),
      response: { status, statusText: '', headers, body: page.html },
    });
    if (response.destroyed) return;
    response.writeHead(status, page.headers).end(page.html);
    await closed;
  }
}

/** Why a hit was ignored. */
export interface Ignored {
  readonly expected: string;
  readonly received: string;
}

/** A request that still waits for its answer. */
export interface OpenHit {
  readonly response: ServerResponse;
  /** `Exchange.id` */
  readonly id: number;
}

function pairs(raw: readonly string[]): HeaderList {
  const list: [string, string][] = [];
  for (let index = 0; index < raw.length; index += 2) list.push([raw[index] ?? '', raw[index + 1] ?? '']);
  return list;
}
