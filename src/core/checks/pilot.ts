import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { abortReason } from '../abortable.ts';
import { FailureError } from '../record/failure.ts';
import { bindLoopback, type BoundServers } from '../oauth/loopback/bind.ts';
import { isOurHost, splitTarget } from '../oauth/loopback/judge.ts';
import { loopbackRedirect, type LoopbackRedirect } from '../oauth/loopback/redirectUri.ts';
import { shownAt } from '../oauth/openReceiver.ts';
import type { Browser, Clock, Made } from '../ports.ts';
import { isLocalName, isNavigation, PassUnderWay, tied, type Pass } from './pass.ts';
import {
  donePage,
  fragmentHeaders,
  fragmentPage,
  pageHeaders,
  passingPage,
  strayPage,
} from './pilotPages.ts';
import { ErrorShown, type Tell } from './errorShown.ts';
import { Undetermined, WithoutState } from './undetermined.ts';

export interface PilotOptions {
  /** The profile's redirect URI; without a port, any free one is used. */
  readonly redirectUri: string;
  readonly browser: Browser;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Milliseconds for the first pass, in which the user signs in. */
  readonly signInTimeout: number;
  /** Keeps the certificate for an https redirect URI; absent: one is made for the run. */
  readonly made?: Made;
  /** Milliseconds for every later pass. */
  readonly passTimeout: number;
  /** How long the browser may stay away before the user is asked what it shows, in milliseconds. */
  readonly patience?: number;
  /** Called when the browser stays away, with a function to tell what it shows, and without one when that is over. */
  away?: (tell: Tell | undefined) => void;
}

/** How long the tab has to fetch the last page, in milliseconds. */
const lastWord = 1000;

/** How many tabs may be lost before anybody has signed in: a second one is opened in case the first was closed. */
const mostTabs = 2;

/** How many tabs may be lost in the whole run; those of which the user tells what they show are not lost. */
const mostLost = 5;

/** The default patience in milliseconds: a signed-in browser is back long before. */
const usualPatience = 4000;

/**
 * Drives one tab of the user's browser through any number of authorization requests: it is opened once, and every redirect back
 * sends it to the next request. Listens on loopback only, until `close`.
 */
export class Pilot {
  readonly #options: PilotOptions;
  readonly #redirect: LoopbackRedirect;
  readonly #bound: BoundServers;
  /** The redirect URI with the port in use. */
  readonly redirectUri: string;
  readonly #path = `/${randomBytes(16).toString('base64url')}`;
  readonly #earlier = new Set<string>();
  #waiting: PassUnderWay | undefined;
  /** The request of a tab for the next authorization request, before there is one. */
  #idle: ServerResponse | undefined;
  #tab: 'none' | 'signing in' | 'warm' = 'none';
  /** How many tabs did not come back, without anybody telling what they show. */
  #lost = 0;
  #passes = 0;
  #whenIdle: (() => void) | undefined;
  #closing: Promise<void> | undefined;

  private constructor(options: PilotOptions, redirect: LoopbackRedirect, bound: BoundServers) {
    this.#options = options;
    this.#redirect = redirect;
    this.#bound = bound;
    this.redirectUri = redirect.at(bound.port);
  }

  /** Starts to listen. @throws Undetermined when that is not possible at the redirect URI */
  static async start(options: PilotOptions): Promise<Pilot> {
    try {
      const redirect = loopbackRedirect(options.redirectUri);
      let pilot: Pilot | undefined = undefined;
      const bound = await bindLoopback(redirect, {
        // Until both address families are bound, nobody was sent here: a request is a stranger's.
        answer: (request, response) =>
          pilot === undefined ? response.destroy() : pilot.#handle(request, response),
        otherScheme: (target) => pilot === undefined || pilot.#inOtherScheme(target),
        ...(await shownAt(redirect, options)),
      });
      pilot = new Pilot(options, redirect, bound);
      return pilot;
    } catch (thrown) {
      if (thrown instanceof FailureError) throw new Undetermined(thrown.failure.message);
      throw thrown;
    }
  }

  /** How often the browser came back. */
  get passes(): number {
    return this.#passes;
  }

  /**
   * Sends the browser to `pass.url` and waits for its redirect to us, whatever that contains.
   *
   * @throws Undetermined when it does not come back in time or does not open
   */
  async pass(pass: Pass): Promise<URL> {
    const { clock, signal } = this.#options;
    signal.throwIfAborted();
    const limit = this.#passes > 0 ? this.#options.passTimeout : this.#options.signInTimeout;
    const expired = clock.timeout(limit);
    const over = new AbortController();
    try {
      return await new Promise<URL>((arrive, reject) => {
        this.#waiting = new PassUnderWay(pass, clock, arrive, reject);
        // A signal for this pass only, so that no listener is left on the signal of the whole run.
        const end = AbortSignal.any([signal, expired]);
        end.addEventListener('abort', () => reject(abortReason(end)));
        this.#offer().then(() => this.#watch(reject, over.signal), reject);
      });
    } catch (thrown) {
      if (this.#waiting?.back !== true) this.#tab = 'none';
      if (!expired.aborted || signal.aborted) throw thrown;
      throw new Undetermined(
        `The browser did not come back within ${limit / 1000} s; the server may show a page of its own.`,
      );
    } finally {
      over.abort();
      this.#earlier.add(pass.state);
      this.#waiting = undefined;
    }
  }

  /** Asks the user what the browser shows when it stays away. */
  #watch(giveUp: (why: Undetermined) => void, over: AbortSignal): void {
    const { clock, patience = usualPatience } = this.#options;
    const away = this.#options.away?.bind(this.#options);
    if (away === undefined) return;
    const tell: Tell = (shown) => {
      if (over.aborted || this.#waiting?.back === true) return;
      // The user has told where the tab is, so it is not lost.
      this.#lost--;
      giveUp(shown === 'error' ? new ErrorShown() : new Undetermined(somethingElse));
    };
    clock.sleep(patience, over).then(
      () => {
        away(tell);
        over.addEventListener('abort', () => away(undefined), { once: true });
      },
      () => undefined,
    );
  }

  /** Stops listening, after telling the tab that everything is done. Does nothing when already closed. */
  close(): Promise<void> {
    return (this.#closing ??= this.#close());
  }

  async #close(): Promise<void> {
    // The tab that just came back will ask for the next request at once.
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
      if (this.#lost >= (this.#passes > 0 ? mostLost : mostTabs))
        throw new Undetermined('The browser did not come back before, so it was not opened again.');
      this.#tab = 'signing in';
      this.#lost++;
      const opened = await this.#options.browser.open(new URL(this.#path, this.redirectUri).href);
      if (!opened) throw new Undetermined('The browser was not opened.');
    }
  }

  #handle(request: IncomingMessage, response: ServerResponse): void {
    const { path, query } = splitTarget(request.url ?? '/');
    const elsewhere = this.#elsewhere(request, path, query);
    if (elsewhere !== undefined) this.#answered(request, response, elsewhere);
    else if (request.method !== 'GET' || !isOurHost(request.headers.host, this.#bound.port))
      this.#stray(request, response, 400, `GET at port ${this.#bound.port} of a loopback host`);
    else if (path === this.#waiting?.pass.proof)
      this.#answered(request, response, new URL(path, this.redirectUri));
    else if (path === this.#path) this.#next(response);
    else if (path.startsWith(`${this.#path}/`))
      this.#proved(response, path.slice(this.#path.length + 1), query);
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
    this.#idle = undefined;
    response.writeHead(302, { ...pageHeaders, Location: waiting.sendOff() }).end();
  }

  #arrived(request: IncomingMessage, response: ServerResponse, query: string): void {
    const waiting = this.#waiting;
    const parameters = new URLSearchParams(query);
    const state = parameters.get('state');
    const answers = parameters.has('code') || parameters.has('error');
    const here = `${new URL(this.redirectUri).origin}${this.#redirect.path}`;
    if (waiting?.sent === true && waiting.pass.fragment === true && !answers && isNavigation(request)) {
      const nonce = randomBytes(16).toString('base64url');
      const next = `${this.#path}/${waiting.proofOf(new URL(here))}`;
      response.writeHead(200, fragmentHeaders(nonce)).end(fragmentPage(next, nonce));
      return;
    }
    const isEarlier = [...this.#earlier].some((sent) => tied(state, sent));
    // With our state it is a response, whatever else it contains.
    const isTied = waiting?.isOurs(state) === true;
    const counts = (answers || isTied) && !isEarlier && isNavigation(request);
    if (waiting?.sent !== true || !counts) {
      this.#stray(request, response, 400, 'code or error, with the state that was sent');
      return;
    }
    const url = new URL(`${here}?${query}`);
    if (isTied) this.#answered(request, response, url);
    else this.#prove(waiting, response, url);
  }

  /** The address of a response with our state that may come anywhere. */
  #elsewhere({ method, headers }: IncomingMessage, path: string, query: string): URL | undefined {
    const waiting = this.#waiting;
    if (waiting?.pass.anywhere !== true || !waiting.isOut || method !== 'GET') return undefined;
    const { host = '' } = headers;
    const isOurs = isOurHost(host, this.#bound.port) || isLocalName(host, this.#bound.port);
    const parameters = new URLSearchParams(query);
    const answers = parameters.has('code') || parameters.has('error');
    if (!isOurs || !answers || !waiting.isOurs(parameters.get('state'))) return undefined;
    const at = `${waiting.plain ? 'http' : this.#redirect.scheme}://${host}${path}`;
    return URL.canParse(at) ? new URL(`${at}?${query}`) : undefined;
  }

  /**
   * Ends a pass whose browser was sent to https while we listen for http: it begins a TLS handshake, and shows an error of its
   * own.
   */
  #inOtherScheme(target?: string): void {
    const waiting = this.#waiting;
    if (waiting?.pass.otherScheme === undefined || !waiting.isOut) return;
    if (target !== undefined) {
      const state = new URLSearchParams(splitTarget(target).query).get('state');
      waiting.plain ||= waiting.isOurs(state);
      return;
    }
    const url = new URL(waiting.pass.otherScheme);
    this.#came(waiting, url, 400);
    this.#tab = 'none';
    waiting.arrive(url);
  }

  #answered(request: IncomingMessage, response: ServerResponse, url: URL): void {
    const waiting = this.#waiting;
    if (waiting === undefined || !isNavigation(request)) {
      this.#stray(request, response, 400, 'a page that the browser opens');
      return;
    }
    this.#came(waiting, url);
    const next = new URL(this.#path, this.redirectUri);
    const body = passingPage(
      waiting.pass.title,
      this.#passes,
      url.origin === next.origin ? this.#path : next.href,
    );
    response.writeHead(200, pageHeaders).end(body, () => waiting.arrive(url));
  }

  /**
   * Any web page can have a response without our state sent here. Only a tab follows the page that it gets in return to an
   * address that no other page can read; until then, the response ends nothing.
   */
  #prove(waiting: PassUnderWay, response: ServerResponse, url: URL): void {
    const next = `${this.#path}/${waiting.proofOf(url)}`;
    response.writeHead(200, pageHeaders).end(passingPage(waiting.pass.title, this.#passes + 1, next));
  }

  #proved(response: ServerResponse, proof: string, query: string): void {
    const waiting = this.#waiting;
    const url = waiting?.provenBy(proof);
    if (waiting !== undefined && url !== undefined && !waiting.back) {
      if (waiting.pass.fragment === true && url.search === '') url.search = query;
      this.#came(waiting, url);
      if (waiting.pass.anyState || waiting.isOurs(url.searchParams.get('state'))) waiting.arrive(url);
      else waiting.giveUp(new WithoutState());
    }
    this.#next(response);
  }

  #came(waiting: PassUnderWay, url: URL, status?: number): void {
    this.#passes++;
    waiting.cameBack(url, status);
    // The tab that was opened for this pass has come back.
    if (this.#tab === 'signing in') this.#lost--;
    this.#tab = 'warm';
  }

  #stray(request: IncomingMessage, response: ServerResponse, status: number, expected: string): void {
    response.writeHead(status, pageHeaders).end(strayPage());
    this.#waiting?.stray(request, new URL(this.redirectUri).origin, status, expected);
  }
}

const somethingElse =
  'The browser showed neither an error nor the way back, as you said, so it is not known whether the server refused.';
