import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SubmitResult } from '../../record/waiting.ts';
import type { Trace } from '../../record/trace.ts';
import { unmatchedSentence, withUnmatched } from '../unmatched.ts';
import type { UnmatchedRedirect } from '../../record/unmatched.ts';
import { plainText } from '../../http/plainText.ts';
import type { Clock } from '../../ports.ts';
import type { TlsIdentity } from '../../http/tlsIdentity.ts';
import { bindLoopback, type BoundServers } from './bind.ts';
import { HitLog, send, type OpenHit } from './hitLog.ts';
import {
  judge,
  judgeParameters,
  judgePasted,
  pastedAddress,
  type Expectation,
  type Verdict,
} from './judge.ts';
import { pageHeaders, type Page } from './pages.ts';
import { fragmentPage, ignoredPage, spentPage, unmatchedPage } from './pageTexts.ts';
import { unmatchedFragment, unmatchedHit } from './unmatchedHit.ts';
import { openAddress, openHit, type OpenResponse } from './openHit.ts';
import { readForm } from './readForm.ts';
import type { LoopbackRedirect } from './redirectUri.ts';
import type { Received, RedirectReceiver } from '../receiver.ts';

export interface ListenerOptions {
  readonly redirect: LoopbackRedirect;
  readonly state: string;
  /** Whether `response_mode=form_post` was asked for. */
  readonly formPost: boolean;
  readonly trace: Trace;
  readonly clock: Clock;
  /** Decrypts an encrypted response; absent when none is expected. */
  readonly open?: OpenResponse;
  /** The certificate for an https redirect URI. */
  readonly identity?: TlsIdentity;
}

/**
 * Waits on loopback for the redirect of one flow; answers every other request and goes on waiting. Whoever opens it closes it.
 *
 * @see RFC 8252 section 7.3
 */
export class LoopbackListener implements RedirectReceiver {
  /** Resolves with this flow's redirect; never rejects. */
  readonly received: Promise<Received>;
  readonly #options: ListenerOptions;
  readonly #log: HitLog;
  readonly #startPath = randomPath();
  readonly #reportPath = randomPath();
  readonly #held: OpenHit[] = [];
  /** One-time addresses that show the outcome, each with what to call when a browser has seen it. */
  readonly #results = new Map<string, () => void>();
  #unmatched: readonly UnmatchedRedirect[] = [];
  #tellUnmatched: (all: readonly UnmatchedRedirect[]) => void = () => undefined;
  #accept: (received: Received) => void = () => undefined;
  #accepted = false;
  #authorizationUrl: string | undefined;
  #servers: BoundServers | undefined;
  #page: Page | undefined;
  #closed = false;

  private constructor(options: ListenerOptions) {
    this.#options = options;
    this.#log = new HitLog(options.trace, options.clock);
    this.received = new Promise((resolve) => {
      this.#accept = resolve;
    });
  }

  /** @throws FailureError of kind `port_busy` */
  static async open(options: ListenerOptions): Promise<LoopbackListener> {
    const listener = new LoopbackListener(options);
    const { redirect, identity } = options;
    listener.#servers = await bindLoopback(redirect, {
      answer: (request, response) => {
        void listener.#answer(request, response);
      },
      tooLarge: () => listener.#tooLarge(),
      ...(identity === undefined ? {} : { identity }),
    });
    return listener;
  }

  /** Calls `told` now, and on each change until the redirect has come, with the redirects that cannot be tied to this flow. */
  whenUnmatched(told: (all: readonly UnmatchedRedirect[]) => void): void {
    this.#tellUnmatched = told;
  }

  /** The redirect URI to send, with the port in use. */
  get redirectUri(): string {
    return this.#options.redirect.at(this.#port);
  }

  /** Offers `authorizationUrl`, byte for byte, at a one-time address; returns that address. */
  offer(authorizationUrl: string): string {
    this.#authorizationUrl = authorizationUrl;
    const { host, scheme } = this.#options.redirect;
    // Over TLS the browser asks about the certificate here, once for this host, and not in the middle of the sign-in.
    const origin =
      scheme === 'http' && host === 'localhost' ? `http://127.0.0.1:${this.#port}` : this.#origin;
    return `${origin}${this.#startPath}`;
  }

  /** Takes a pasted redirect URL, by the same rules as a request. */
  async submit(url: string): Promise<SubmitResult> {
    const pasted = pastedAddress(url);
    const opened = await openAddress(pasted, this.redirectUri, this.#options.open);
    if (this.#closed || this.#page !== undefined)
      return { accepted: false, reason: 'This sign-in has ended. Get the token again.' };
    if (this.#accepted) return { accepted: false, reason: 'The redirect of this sign-in has already come.' };
    const verdict = judgePasted(opened, this.redirectUri, this.#expectation);
    if (verdict.kind === 'ignored') return this.#log.refused(pasted, verdict);
    this.#log.pasted(pasted);
    this.#take(verdict);
    return { accepted: true };
  }

  /**
   * Shows the waiting browser the outcome at a one-time address, so that code and state stay in neither address bar nor
   * history. Waits at most two seconds for it to get there.
   */
  async finish(page: Page): Promise<void> {
    this.#page = page;
    const shown = this.#held.splice(0).map((hit) => this.#leadOn(hit));
    if (shown.length > 0) await Promise.race([Promise.all(shown), this.#options.clock.sleep(2000)]);
  }

  /** Stops listening; the port is free when it resolves. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#log.close();
    await this.#servers?.close();
  }

  get #port(): number {
    return this.#servers?.port ?? 0;
  }

  get #origin(): string {
    const { scheme, host } = this.#options.redirect;
    return `${scheme}://${host}:${this.#port}`;
  }

  get #expectation(): Expectation {
    const { redirect, state, formPost } = this.#options;
    const { path, query } = redirect;
    return { port: this.#port, path, ...(query === undefined ? {} : { query }), state, formPost };
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url: target = '/' } = request;
    const { host, 'content-type': contentType } = request.headers;
    const body = method === 'POST' ? await readForm(request) : undefined;
    const came = {
      method,
      target,
      ...(host === undefined ? {} : { host }),
      ...(contentType === undefined ? {} : { contentType }),
      ...(body === undefined ? {} : { body }),
    };
    const { open, redirect } = this.#options;
    const received = open === undefined ? came : await openHit(came, redirect.path, open);
    const verdict = judge(received, this.#expectation);
    const isStart = method === 'GET' && target === this.#startPath;
    const hit = () => ({ response, id: this.#log.hit(request, this.#origin, body, isStart) });
    if (verdict.kind === 'redirect') await this.#hold(hit(), verdict);
    else if (verdict.status === 404 && isStart) await this.#start(hit());
    else if (verdict.status === 404 && method === 'GET' && this.#results.has(target))
      await this.#show(response, target);
    else if (verdict.status === 404 && method === 'POST' && target === this.#reportPath)
      await this.#fragment(request, response, new URLSearchParams(body));
    else await this.#refuse(request, response, verdict, unmatchedHit(received, this.#expectation));
  }

  /** Keeps what came, and reports it while the redirect is still awaited. */
  #note(unmatched: UnmatchedRedirect): void {
    const all = withUnmatched(this.#unmatched, unmatched);
    if (this.#accepted || all === this.#unmatched) return;
    this.#unmatched = all;
    this.#tellUnmatched(all);
  }

  #tooLarge(): string {
    const unmatched: UnmatchedRedirect = { why: 'too_large', code: false };
    this.#log.tooLarge(this.#origin, unmatched);
    this.#note(unmatched);
    const { html, headers } = unmatchedPage(unmatched);
    const fields = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
    return ['HTTP/1.1 431 Request Header Fields Too Large', 'connection: close', ...fields, '', html].join(
      '\r\n',
    );
  }

  async #hold(hit: OpenHit, verdict: Extract<Verdict, { kind: 'redirect' }>): Promise<void> {
    if (this.#accepted)
      this.#log.ignore(hit.id, { expected: 'the redirect once', received: 'the redirect again' });
    if (this.#page !== undefined) return this.#leadOn(hit);
    this.#held.push(hit);
    this.#take(verdict);
  }

  /** Redirects the browser to the outcome; resolves when it has seen it. */
  async #leadOn(hit: OpenHit): Promise<void> {
    const location = randomPath();
    const shown = new Promise<void>((resolve) => this.#results.set(location, resolve));
    await this.#log.answer(hit, 303, { html: '', headers: { ...pageHeaders(), location } });
    await shown;
  }

  /** Serves the outcome, which is not an exchange of the flow. */
  async #show(response: ServerResponse, location: string): Promise<void> {
    const shown = this.#results.get(location);
    this.#results.delete(location);
    if (this.#page !== undefined) await send(response, 200, this.#page);
    shown?.();
  }

  #take(received: Received): void {
    this.#accepted = true;
    this.#accept(received);
  }

  async #start(hit: OpenHit): Promise<void> {
    const location = this.#authorizationUrl;
    this.#authorizationUrl = undefined;
    if (location !== undefined)
      return this.#log.answer(hit, 302, { html: '', headers: { ...pageHeaders(), location } });
    this.#log.ignore(hit.id, { expected: 'the one-time address once', received: 'it again' });
    return this.#log.answer(hit, 410, spentPage());
  }

  async #fragment(
    request: IncomingMessage,
    response: ServerResponse,
    report: URLSearchParams,
  ): Promise<void> {
    const names = plainText(report.get('names') ?? '', 200);
    const ignored = { expected: 'a query', received: names === '' ? 'nothing' : `a fragment with ${names}` };
    const state = new URLSearchParams([['state', report.get('state') ?? '']]);
    const isOurs = judgeParameters(state, this.#options.state).kind === 'redirect';
    const told = isOurs ? undefined : unmatchedFragment(names);
    this.#log.stray(request, this.#origin, 200, ignored, told);
    if (told !== undefined) this.#note(told);
    const html =
      told?.why === 'empty'
        ? unmatchedSentence(told)
        : 'The server put its response into the fragment of the address, which only this page can see.';
    const headers = { ...pageHeaders(), 'content-type': 'text/plain; charset=utf-8' };
    await send(response, 200, { html, headers });
    if (isOurs) this.#take({ kind: 'fragment', names });
  }

  async #refuse(
    request: IncomingMessage,
    response: ServerResponse,
    { expected, received, status, perhapsFragment }: Extract<Verdict, { kind: 'ignored' }>,
    unmatched: UnmatchedRedirect | undefined,
  ): Promise<void> {
    this.#log.stray(request, this.#origin, status, { expected, received }, unmatched);
    if (unmatched !== undefined) this.#note(unmatched);
    const ignored =
      unmatched === undefined ? ignoredPage(expected, plainText(received)) : unmatchedPage(unmatched);
    await send(response, status, perhapsFragment === true ? fragmentPage(this.#reportPath) : ignored);
  }
}

/** A path of 192 random bits. */
function randomPath(): string {
  return `/${randomBytes(24).toString('base64url')}`;
}
