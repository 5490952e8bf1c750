import { randomBytes } from 'node:crypto';
import { STATUS_CODES, type IncomingMessage } from 'node:http';
import { shortOfStray, type Ignored } from '../oauth/loopback/hitLog.ts';
import { splitTarget } from '../oauth/loopback/judge.ts';
import type { Clock } from '../ports.ts';
import type { Trace } from '../record/trace.ts';
import type { Undetermined } from './undetermined.ts';

/** One trip of the browser through the server and back to us. */
export interface Pass {
  /** The authorization request. */
  readonly url: string;
  readonly state: string;
  /** Whether a response with another state, or without one, counts; anybody can send such a response. */
  readonly anyState: boolean;
  /** Whether a response with our state counts at any address on our port, and at any `.localhost` name. */
  readonly anywhere?: boolean;
  /** The requested redirect URI, when its scheme is not the one that we listen for. */
  readonly otherScheme?: string;
  /** Whether the response may be in the fragment: only the names of its parameters (as `has`), state and error are known then. */
  readonly fragment?: boolean;
  /** A further path at which the tab is back: a page of the server leads there if it runs what it was sent. */
  readonly proof?: string;
  /** What the page tells the user is being checked. */
  readonly title: string;
  readonly trace: Trace;
}

/** How many stray requests are kept as evidence of one pass. */
const mostStrays = 20;

/** How many responses without our state are kept, one of which may prove to be our tab's. */
const mostUnproven = 200;

/** A running pass: its results so far, and its record. */
export class PassUnderWay {
  readonly pass: Pass;
  readonly #clock: Clock;
  readonly arrive: (location: URL) => void;
  readonly giveUp: (why: Undetermined) => void;
  /** Whether the tab was sent to the server. */
  sent = false;
  back = false;
  /** Whether the response came over http and was redirected to the https listener. */
  plain = false;
  #strays = 0;
  /** Responses without our state, by the part of the address at which their page continues; the oldest first. */
  readonly #unproven = new Map<string, URL>();
  #exchange: number | undefined;

  constructor(
    pass: Pass,
    clock: Clock,
    arrive: (location: URL) => void,
    giveUp: (why: Undetermined) => void,
  ) {
    this.pass = pass;
    this.#clock = clock;
    this.arrive = arrive;
    this.giveUp = giveUp;
  }

  /** Whether the tab is at the server. */
  get isOut(): boolean {
    return this.sent && !this.back;
  }

  isOurs(state: string | null): boolean {
    return tied(state, this.pass.state);
  }

  /** Records that the tab goes to the server; returns the URL. */
  sendOff(): string {
    const { url, trace } = this.pass;
    this.sent = true;
    this.#exchange = trace.begin({
      purpose: 'authorization',
      leg: 'browser',
      startedAt: this.#clock.now(),
      request: { method: 'GET', url, headers: [] },
    });
    return url;
  }

  /** Records that the tab came back. */
  cameBack(url: URL, status = 200): void {
    if (this.#exchange !== undefined) this.pass.trace.update(this.#exchange, { endedAt: this.#clock.now() });
    this.#record(url.href, status);
    this.back = true;
  }

  /** Records a request to `origin` that is not the response. */
  stray(
    { method = '', url: target = '/' }: IncomingMessage,
    origin: string,
    status: number,
    expected: string,
  ): void {
    if (++this.#strays > mostStrays) return;
    const { path, query } = splitTarget(target);
    const names = [...new URLSearchParams(query).keys()].join(', ');
    const received = `${method} ${path}${names === '' ? '' : ` with ${names}`}`.slice(0, 200);
    this.#record(shortOfStray(`${origin}${target}`), status, { expected, received });
  }

  /** A part of an address that only the tab learns whose response came at `url`. */
  proofOf(url: URL): string {
    const [oldest] = this.#unproven.keys();
    if (oldest !== undefined && this.#unproven.size >= mostUnproven) this.#unproven.delete(oldest);
    const proof = randomBytes(16).toString('base64url');
    this.#unproven.set(proof, url);
    return proof;
  }

  /** The response of the tab that has learned `proof`. */
  provenBy(proof: string): URL | undefined {
    return this.#unproven.get(proof);
  }

  #record(url: string, status: number, ignored?: Ignored): void {
    const now = this.#clock.now();
    this.pass.trace.begin({
      purpose: 'redirect',
      leg: 'loopback',
      startedAt: now,
      endedAt: now,
      request: { method: 'GET', url, headers: [] },
      response: { status, statusText: STATUS_CODES[status] ?? '', headers: [], body: '' },
      ...(ignored === undefined ? {} : { ignored }),
    });
  }
}

/** How many characters of a state nobody can guess, even ignoring case: more than 80 bits. */
const enough = 16;

/** Whether a state is the one that was sent, or that cut off, extended or in another case by the server. */
export function tied(received: string | null, sent: string): boolean {
  if (received === null || received === sent) return received === sent;
  const [one, other] = [received.toLowerCase(), sent.toLowerCase()];
  return Math.min(one.length, other.length) >= enough && (other.startsWith(one) || one.includes(other));
}

/** Whether a request is a navigation: a request of a script or a frame in a page is not a redirect of ours. */
export function isNavigation({ headers }: IncomingMessage): boolean {
  const destination = headers['sec-fetch-dest'];
  return destination === undefined || destination === 'document';
}

/**
 * Whether a host is below `localhost`: such names always mean this computer, and no web page can have one. @see RFC 6761
 * section 6.3
 */
export function isLocalName(host: string, port: number): boolean {
  return host.toLowerCase().endsWith(`.localhost:${port}`);
}
