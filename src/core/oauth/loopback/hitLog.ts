import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SubmitResult } from '../../record/waiting.ts';
import type { Trace } from '../../record/trace.ts';
import type { UnmatchedRedirect } from '../../record/unmatched.ts';
import type { HeaderList, RecordedRequest } from '../../record/exchange.ts';
import { plainText } from '../../http/plainText.ts';
import type { Clock } from '../../ports.ts';
import type { Page } from './pages.ts';

/** How many strays (requests that are not this flow's) are recorded one by one: a hostile page or program could send any number. */
const mostStrays = 50;

/** Records the requests that reach a listener, and its answers. */
export class HitLog {
  readonly #trace: Trace;
  readonly #clock: Clock;
  #strays = 0;
  #lastStray: { readonly id: number; readonly ignored: Ignored } | undefined;

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
      request: { ...recorded(request, origin), ...(body === undefined ? {} : { body }) },
    });
  }

  /** Records a stray without its bodies; beyond the limit only how many there were. */
  stray(
    request: IncomingMessage,
    origin: string,
    status: number,
    ignored: Ignored,
    unmatched?: UnmatchedRedirect,
  ): void {
    this.#stray(cut(recorded(request, origin)), status, ignored, unmatched);
  }

  /** Records a request whose header fields were too large to be read. */
  tooLarge(origin: string, unmatched: UnmatchedRedirect): void {
    const ignored = {
      expected: 'header fields of at most 64 KiB',
      received: 'more, of which nothing was read',
    };
    this.#stray({ method: 'GET', url: `${origin}/`, headers: [] }, 431, ignored, unmatched);
  }

  #stray(
    request: RecordedRequest,
    status: number,
    ignored: Ignored,
    unmatched: UnmatchedRedirect | undefined,
  ): void {
    if (++this.#strays > mostStrays) return;
    const now = this.#clock.now();
    const id = this.#trace.begin({
      purpose: 'redirect',
      leg: 'loopback',
      startedAt: now,
      endedAt: now,
      request,
      response: { status, statusText: '', headers: [], body: '' },
      ignored,
      ...(unmatched === undefined ? {} : { unmatched }),
    });
    this.#lastStray = { id, ignored };
  }

  /** Says how many strays there were beyond those recorded. */
  close(): void {
    const more = this.#strays - mostStrays;
    if (more <= 0 || this.#lastStray === undefined) return;
    const { id, ignored } = this.#lastStray;
    this.ignore(id, { ...ignored, received: `${ignored.received}; ${more} more requests were ignored` });
  }

  /** Records a redirect that the user pasted or the editor handed over. */
  pasted(url: string): void {
    this.#given({ method: 'GET', url: url.slice(0, 64 * 1024), headers: [] });
  }

  /**
   * Records an address that was submitted but is not the redirect, and says why not. Any page can have the editor open an
   * address: long ones are cut, and of very many only the number is kept.
   */
  refused(url: string, { expected, received }: Ignored): SubmitResult {
    const ignored = { expected, received };
    if (++this.#strays <= mostStrays) {
      const id = this.#given({ method: 'GET', url: url.slice(0, mostOfRefused), headers: [] }, ignored);
      this.#lastStray = { id, ignored };
    }
    return { accepted: false, reason: `Expected ${expected}, but found ${plainText(received)}.` };
  }

  #given(request: RecordedRequest, ignored?: Ignored): number {
    const now = this.#clock.now();
    return this.#trace.begin({
      purpose: 'redirect',
      leg: 'browser',
      startedAt: now,
      endedAt: now,
      request,
      ...(ignored === undefined ? {} : { ignored }),
    });
  }

  ignore(id: number, ignored: Ignored): void {
    this.#trace.update(id, { ignored });
  }

  /** Sends `page` and resolves when the browser has it, or is gone. */
  answer({ response, id }: OpenHit, status: number, page: Page): Promise<void> {
    const headers = Object.entries(page.headers);
    this.#trace.update(id, {
      endedAt: this.#clock.now(),
      response: { status, statusText: '', headers, body: page.html },
    });
    return send(response, status, page);
  }
}

/** Characters that are kept of such an address. */
const mostOfRefused = 4096;

/** Characters that are kept of a stray's URL and of each header field: any web page can send strays. */
const mostOfStray = 300;

/** What is kept of a stray's text. */
export function shortOfStray(text: string): string {
  return text.length > mostOfStray ? `${text.slice(0, mostOfStray)}…` : text;
}

function cut(request: RecordedRequest): RecordedRequest {
  let room = mostOfStray * 4;
  const headers = request.headers.filter(
    ([name, value]) => (room -= name.length + Math.min(value.length, mostOfStray)) > 0,
  );
  return {
    ...request,
    method: shortOfStray(request.method),
    url: shortOfStray(request.url),
    headers: headers.map(([name, value]) => [shortOfStray(name), shortOfStray(value)] as const),
  };
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

/** Sends `page` and resolves when the browser has it, or is gone. */
export async function send(response: ServerResponse, status: number, page: Page): Promise<void> {
  if (response.destroyed) return;
  const closed = new Promise<void>((resolve) => {
    response.once('close', resolve);
  });
  response.writeHead(status, page.headers).end(page.html);
  await closed;
}

function recorded(request: IncomingMessage, origin: string): RecordedRequest {
  return {
    method: request.method ?? 'GET',
    url: `${origin}${request.url ?? '/'}`,
    headers: pairs(request.rawHeaders),
  };
}

function pairs(raw: readonly string[]): HeaderList {
  const list: [string, string][] = [];
  for (let index = 0; index < raw.length; index += 2) list.push([raw[index] ?? '', raw[index + 1] ?? '']);
  return list;
}
