import { randomBytes } from 'node:crypto';
import { STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http';
import { FailureError } from '../flow/failure.ts';
import type { Trace } from '../flow/trace.ts';
import { bindLoopback, type BoundServers } from '../oauth/loopback/bind.ts';
import { isOurHost, splitTarget } from '../oauth/loopback/judge.ts';
import { loopbackRedirect, type LoopbackRedirect } from '../oauth/loopback/redirectUri.ts';
import type { Browser, Clock } from '../ports.ts';
import { donePage, pageHeaders, passingPage, strayPage } from './pilotPages.ts';
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
  /** Whether an answer counts that carries another state, or none; anybody can send one. */
  readonly anyState: boolean;
  /** What the page says is being checked. */
  readonly title: string;
  readonly trace: Trace;
}

interface Waiting extends Pass {
  readonly arrive: (location: URL) => void;
  readonly giveUp: (why: Undetermined) => void;
  sent: boolean;
  back: boolean;
  strays: number;
  /** Answers without our state, by the part of the address at which their page goes on; the oldest first. */
  readonly unproven: Map<string, URL>;
  exchange?: number;
}

/** Milliseconds for the tab to come for the last page. */
const lastWord = 1000;

/** Tabs that are opened at most: a second one, in case the first was closed. */
const mostTabs = 2;

/** Stray requests that are kept as evidence of one pass. */
const mostStrays = 20;

/** Answers without our state of which one may prove to be our tab's. */
const mostUnproven = 200;

/**
 * Drives one tab of the user's browser through any number of authorization requests: it is opened once, and every
 * redirect back leads it to the next request. Listens on loopback only, until `close`.
 */
export class Pilot {
  readonly #options: PilotOptions;
  readonly #redirect: LoopbackRedirect;
  readonly #bound: BoundServers;
  /** With the port in use. */
  readonly redirectUri: string;
  readonly #path = `/${randomBytes(16).toString('base64url')}`;
  readonly #earlier = new Set<string>();
  #waiting: Waiting | undefined;
  /** A tab that asked for the next request before there was one. */
  #idle: ServerResponse | undefined;
  #tab: 'none' | 'signing in' | 'warm' = 'none';
  #tabs = 0;
  #passes = 0;
  #whenIdle: (() => void) | undefined;

  private constructor(options: PilotOptions, redirect: LoopbackRedirect, bound: BoundServers) {
    this.#options = options;
    this.#redirect = redirect;
    this.#bound = bound;
    this.redirectUri = redirect.at(bound.port);
  }

  /** Starts to listen. @throws Undetermined when that is not possible where the redirect URI says */
  static async start(options: PilotOptions): Promise<Pilot> {
    try {
      const redirect = loopbackRedirect(options.redirectUri);
      const bound = await bindLoopback(redirect, (request, response) => pilot.#handle(request, response));
      const pilot = new Pilot(options, redirect, bound);
      return pilot;
    } catch (thrown) {
      if (thrown instanceof FailureError) throw new Undetermined(thrown.failure.message);
      throw thrown;
    }
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
        this.#waiting = {
          ...pass,
          arrive,
          giveUp: reject,
          sent: false,
          back: false,
          strays: 0,
          unproven: new Map(),
        };
        // A signal of this pass alone, so that no listener stays behind on that of the whole run.
        const end = AbortSignal.any([signal, expired]);
        end.addEventListener('abort', () => reject(end.reason as Error));
        this.#offer().catch(reject);
      });
    } catch (thrown) {
      if (this.#waiting?.back !== true) this.#tab = 'none';
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
    await this.#bound.close();
  }

  async #offer(): Promise<void> {
    if (this.#idle !== undefined) this.#sendOn(this.#idle);
    else if (this.#tab === 'none') {
      if (++this.#tabs > mostTabs)
        throw new Undetermined('The browser did not come back before, so it was not opened again.');
      this.#tab = 'signing in';
      const opened = await this.#options.browser.open(new URL(this.#path, this.redirectUri).href);
      if (!opened) throw new Undetermined('The browser was not opened.');
    }
  }

  #handle(request: IncomingMessage, response: ServerResponse): void {
    const { path, query } = splitTarget(request.url ?? '/');
    if (request.method !== 'GET' || !isOurHost(request.headers.host, this.#bound.port))
      this.#stray(request, response, 400, `GET at port ${this.#bound.port} of a loopback host`);
    else if (path === this.#path) this.#next(response);
    else if (path.startsWith(`${this.#path}/`)) this.#proved(response, path.slice(this.#path.length + 1));
    else if (path === this.#redirect.path) this.#arrived(request, response, query);
    else this.#stray(request, response, 404, `path ${this.#redirect.path}`);
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

  #arrived(request: IncomingMessage, response: ServerResponse, query: string): void {
    const waiting = this.#waiting;
    const parameters = new URLSearchParams(query);
    const state = parameters.get('state');
    const answers = parameters.has('code') || parameters.has('error');
    if (waiting?.sent !== true || !answers || this.#earlier.has(state ?? '') || !isNavigation(request)) {
      this.#stray(request, response, 400, 'code or error, with the state that was sent');
      return;
    }
    const url = new URL(`${new URL(this.redirectUri).origin}${this.#redirect.path}?${query}`);
    if (state !== waiting.state) {
      this.#prove(waiting, response, url);
      return;
    }
    this.#came(waiting, url);
    const body = passingPage(waiting.title, this.#passes, this.#path);
    response.writeHead(200, pageHeaders).end(body, () => waiting.arrive(url));
  }

  /**
   * Any web page can have an answer without our state sent here. Only a tab follows the page it is answered with, to an
   * address that no other page can read: until then it ends nothing.
   */
  #prove(waiting: Waiting, response: ServerResponse, url: URL): void {
    const { unproven, title } = waiting;
    const [oldest] = unproven.keys();
    if (oldest !== undefined && unproven.size >= mostUnproven) unproven.delete(oldest);
    const proof = randomBytes(16).toString('base64url');
    unproven.set(proof, url);
    response.writeHead(200, pageHeaders).end(passingPage(title, this.#passes + 1, `${this.#path}/${proof}`));
  }

  #proved(response: ServerResponse, proof: string): void {
    const waiting = this.#waiting;
    const url = waiting?.unproven.get(proof);
    if (waiting !== undefined && url !== undefined && !waiting.back) {
      this.#came(waiting, url);
      if (waiting.anyState) waiting.arrive(url);
      else waiting.giveUp(stateless());
    }
    this.#next(response);
  }

  #came(waiting: Waiting, url: URL): void {
    this.#passes++;
    const now = this.#options.clock.now();
    if (waiting.exchange !== undefined) waiting.trace.update(waiting.exchange, { endedAt: now });
    this.#record(waiting, url.href, 200, now);
    this.#tab = 'warm';
    waiting.back = true;
  }

  #stray(request: IncomingMessage, response: ServerResponse, status: number, expected: string): void {
    response.writeHead(status, pageHeaders).end(strayPage());
    const waiting = this.#waiting;
    if (waiting === undefined || ++waiting.strays > mostStrays) return;
    const { path, query } = splitTarget(request.url ?? '/');
    const names = [...new URLSearchParams(query).keys()].join(', ');
    const received = `${request.method ?? ''} ${path}${names === '' ? '' : ` with ${names}`}`.slice(0, 200);
    const url = `${new URL(this.redirectUri).origin}${request.url ?? '/'}`;
    this.#record(waiting, url, status, this.#options.clock.now(), { expected, received });
  }

  #record(
    { trace }: Waiting,
    url: string,
    status: number,
    now: number,
    ignored?: { readonly expected: string; readonly received: string },
  ): void {
    const id = trace.begin({
      purpose: 'redirect',
      leg: 'loopback',
      startedAt: now,
      request: { method: 'GET', url, headers: [] },
      ...(ignored === undefined ? {} : { ignored }),
    });
    const statusText = STATUS_CODES[status] ?? '';
    trace.update(id, { endedAt: now, response: { status, statusText, headers: [], body: '' } });
  }
}

/** Browsers say what a request is for: what a script or a frame of a page asks for is no redirect of ours. */
function isNavigation({ headers }: IncomingMessage): boolean {
  const destination = headers['sec-fetch-dest'];
  return destination === undefined || destination === 'document';
}

function stateless(): Undetermined {
  return new Undetermined(
    'The browser came back without the state that was sent, so anybody may have sent it and it was not looked at.',
  );
}
