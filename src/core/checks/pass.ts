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
  /** Whether an answer counts that carries another state, or none; anybody can send one. */
  readonly anyState: boolean;
  /** Whether an answer with our state counts wherever on our port it comes to, at any `.localhost` name, too. */
  readonly anywhere?: boolean;
  /** The redirect URI that was asked for, where its scheme is not the one that is listened for. */
  readonly otherScheme?: string;
  /** Whether the answer may be in the fragment; then only the names of its parameters come (as `has`), state and error. */
  readonly fragment?: boolean;
  /** A path at which the tab is back as well: a page of the server leads there that runs what it was sent. */
  readonly proof?: string;
  /** What the page says is being checked. */
  readonly title: string;
  readonly trace: Trace;
}

/** Stray requests that are kept as evidence of one pass. */
const mostStrays = 20;

/** Answers without our state of which one may prove to be our tab's. */
const mostUnproven = 200;

/** A pass while it lasts: what came of it so far, and its record. */
export class PassUnderWay {
  readonly pass: Pass;
  readonly #clock: Clock;
  readonly arrive: (location: URL) => void;
  readonly giveUp: (why: Undetermined) => void;
  /** The tab was sent to the server. */
  sent = false;
  back = false;
  /** The answer came over http, and was led to where it is listened for https. */
  plain = false;
  #strays = 0;
  /** Answers without our state, by the part of the address at which their page goes on; the oldest first. */
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

  /** Records that the tab goes to the server; gives where to. */
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

  /** Records a request to `origin` that is not the answer. */
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

  /** The part of an address that only the tab learns to which `url` came. */
  proofOf(url: URL): string {
    const [oldest] = this.#unproven.keys();
    if (oldest !== undefined && this.#unproven.size >= mostUnproven) this.#unproven.delete(oldest);
    const proof = randomBytes(16).toString('base64url');
    this.#unproven.set(proof, url);
    return proof;
  }

  /** The answer of the tab that has learned `proof`. */
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

/** Characters of a state that nobody guesses, whatever their case: more than 80 bits. */
const enough = 16;

/** Whether a state is the one that was sent, or what a server made of it that cuts it off, adds to it or changes its case. */
export function tied(received: string | null, sent: string): boolean {
  if (received === null || received === sent) return received === sent;
  const [one, other] = [received.toLowerCase(), sent.toLowerCase()];
  return Math.min(one.length, other.length) >= enough && (other.startsWith(one) || one.includes(other));
}

/** Browsers say what a request is for: what a script or a frame of a page asks for is no redirect of ours. */
export function isNavigation({ headers }: IncomingMessage): boolean {
  const destination = headers['sec-fetch-dest'];
  return destination === undefined || destination === 'document';
}

/** Names below `localhost` are this computer's by themselves, and no web page can have one. @see RFC 6761 section 6.3 */
export function isLocalName(host: string, port: number): boolean {
  return host.toLowerCase().endsWith(`.localhost:${port}`);
}
