import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Trace } from '../flow/trace.ts';
import type { Browser, Clock } from '../ports.ts';
import { donePage, pageHeaders, passingPage, strayPage } from './pilotPages.ts';
import { withPort } from './registered.ts';
import { Undetermined } from './undetermined.ts';

export interface PilotOptions {
  /** The profile's redirect URI; without a port any free one is used. */
  readonly redirectUri: string;
  readonly browser: Browser;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Milliseconds for the first pass, in which the user signs in. */
  readonly signInTimeout: number;
  /** Milliseconds for every later pass. */
  readonly passTimeout: number;
}

/** One trip of the browser through the server and back to us. */
export interface Pass {
  /** The authorization request. */
  readonly url: string;
  readonly state: string;
  /** What the page says is being checked. */
  readonly title: string;
  readonly trace: Trace;
}

interface Waiting extends Pass {
  readonly arrive: (location: URL) => void;
  sent: boolean;
  exchange?: number;
}

/** Milliseconds for the tab to come for the last page. */
const lastWord = 1000;

/**
 * Drives one tab of the user's browser through any number of authorization requests: it is opened once, and every
 * redirect back leads it to the next request. Listens on loopback only, until `close`.
 */
export class Pilot {
  readonly #options: PilotOptions;
  readonly #servers: readonly Server[];
  /** With the port in use. */
  readonly redirectUri: string;
  readonly #path = `/${randomBytes(16).toString('base64url')}`;
  readonly #earlier = new Set<string>();
  #waiting: Waiting | undefined;
  /** A tab that asked for the next request before there was one. */
  #idle: ServerResponse | undefined;
  #tab: 'none' | 'signing in' | 'warm' = 'none';
  #passes = 0;
  #whenIdle: (() => void) | undefined;

  private constructor(options: PilotOptions, servers: readonly Server[], redirectUri: string) {
    this.#options = options;
    this.#servers = servers;
    this.redirectUri = redirectUri;
    for (const server of servers)
      server.on('request', (request, response) => this.#handle(request, response));
  }

  /** Starts to listen. @throws Undetermined when the port of the redirect URI is taken */
  static async start(options: PilotOptions): Promise<Pilot> {
    const { hostname, port } = new URL(options.redirectUri);
    const hosts = hostname === 'localhost' ? ['127.0.0.1', '::1'] : [hostname.replace(/^\[|\]$/g, '')];
    const servers: Server[] = [];
    let bound = Number(port);
    try {
      for (const host of hosts) {
        const server = createServer();
        servers.push(server);
        bound = await listen(server, host, bound);
      }
    } catch {
      await Promise.all(servers.map(close));
      throw new Undetermined(
        `Port ${bound} of the redirect URI is in use by another program; close it and run the checks again.`,
      );
    }
    return new Pilot(options, servers, withPort(options.redirectUri, bound));
  }

  /** Times the browser came back. */
  get passes(): number {
    return this.#passes;
  }

  /**
   * Sends the browser to `pass.url` and waits for its redirect to us, whatever that carries.
   *
   * @throws Undetermined when it does not come back in time or is not opened
   */
  async pass(pass: Pass): Promise<URL> {
    const { clock, signal } = this.#options;
    signal.throwIfAborted();
    const limit = this.#tab === 'warm' ? this.#options.passTimeout : this.#options.signInTimeout;
    const expired = clock.timeout(limit);
    try {
      return await new Promise<URL>((arrive, reject) => {
        this.#waiting = { ...pass, arrive, sent: false };
        // A signal of this pass alone, so that no listener stays behind on that of the whole run.
        const end = AbortSignal.any([signal, expired]);
        end.addEventListener('abort', () => reject(end.reason as Error));
        this.#offer().catch(reject);
      });
    } catch (thrown) {
      this.#tab = 'none';
      if (!expired.aborted || signal.aborted) throw thrown;
      throw new Undetermined(
        `The browser did not come back within ${limit / 1000} s; the server may show a page of its own.`,
      );
    } finally {
      this.#earlier.add(pass.state);
      this.#waiting = undefined;
    }
  }

  /** Ends listening; the tab is told that all is done. */
  async close(): Promise<void> {
    // The tab that just came back asks for the next request within a moment.
    if (this.#tab === 'warm' && this.#idle === undefined) {
      const arrived = new AbortController();
      this.#whenIdle = () => arrived.abort();
      await this.#options.clock.sleep(lastWord, arrived.signal).catch(() => undefined);
    }
    await new Promise<void>((resolve) => {
      if (this.#idle === undefined) resolve();
      else this.#idle.writeHead(200, pageHeaders).end(donePage(), resolve);
    });
    await Promise.all(this.#servers.map(close));
  }

  async #offer(): Promise<void> {
    if (this.#idle !== undefined) this.#sendOn(this.#idle);
    else if (this.#tab === 'none') {
      this.#tab = 'signing in';
      const opened = await this.#options.browser.open(new URL(this.#path, this.redirectUri).href);
      if (!opened) throw new Undetermined('The browser was not opened.');
    }
  }

  #handle(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '/', this.redirectUri);
    if (request.method !== 'GET' || request.headers.host !== new URL(this.redirectUri).host)
      stray(response, 400);
    else if (url.pathname === this.#path) this.#next(response);
    else if (url.pathname === new URL(this.redirectUri).pathname) this.#arrived(url, response);
    else stray(response, 404);
  }

  #next(response: ServerResponse): void {
    if (this.#waiting !== undefined && !this.#waiting.sent) this.#sendOn(response);
    else {
      this.#idle = response;
      this.#whenIdle?.();
    }
  }

  #sendOn(response: ServerResponse): void {
    const waiting = this.#waiting;
    if (waiting === undefined) return;
    waiting.sent = true;
    this.#idle = undefined;
    waiting.exchange = waiting.trace.begin({
      purpose: 'authorization',
      leg: 'browser',
      startedAt: this.#options.clock.now(),
      request: { method: 'GET', url: waiting.url, headers: [] },
    });
    response.writeHead(302, { ...pageHeaders, Location: waiting.url }).end();
  }

  #arrived(url: URL, response: ServerResponse): void {
    const waiting = this.#waiting;
    const state = url.searchParams.get('state');
    const answers = url.searchParams.has('code') || url.searchParams.has('error');
    // An altered state is for a check to judge; that of an earlier request is an answer that came too late.
    if (waiting === undefined || !answers || (state !== null && this.#earlier.has(state))) {
      stray(response, 400);
      return;
    }
    const now = this.#options.clock.now();
    const body = passingPage(waiting.title, ++this.#passes, this.#path);
    if (waiting.exchange !== undefined) waiting.trace.update(waiting.exchange, { endedAt: now });
    const id = waiting.trace.begin({
      purpose: 'redirect',
      leg: 'loopback',
      startedAt: now,
      request: { method: 'GET', url: url.href, headers: [] },
    });
    waiting.trace.update(id, {
      endedAt: now,
      response: { status: 200, statusText: 'OK', headers: [], body: '' },
    });
    this.#tab = 'warm';
    response.writeHead(200, pageHeaders).end(body, () => waiting.arrive(url));
  }
}

function stray(response: ServerResponse, status: number): void {
  response.writeHead(status, pageHeaders).end(strayPage());
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
