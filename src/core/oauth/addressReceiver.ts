import { FailureError } from '../record/failure.ts';
import type { SubmitResult } from '../record/waiting.ts';
import type { Trace } from '../record/trace.ts';
import type { Clock } from '../ports.ts';
import { redirectWay } from '../profile/urls.ts';
import { HitLog } from './loopback/hitLog.ts';
import { judgeAddress, pastedAddress } from './loopback/judge.ts';
import { openAddress, type OpenResponse } from './loopback/openHit.ts';
import type { Received, RedirectReceiver } from './receiver.ts';

export interface AddressReceiverOptions {
  readonly redirectUri: string;
  readonly state: string;
  /** Whether `response_mode=form_post` was asked for. */
  readonly formPost: boolean;
  readonly trace: Trace;
  readonly clock: Clock;
  /** Decrypts an encrypted response; absent when none is expected. */
  readonly open?: OpenResponse;
}

/**
 * Waits for an address: of an application's scheme, which the editor hands over, or of a web page, which the user pastes from the
 * browser. Nothing listens, so that any redirect URI will do.
 *
 * @see RFC 8252 section 7.1
 */
export class AddressReceiver implements RedirectReceiver {
  readonly redirectUri: string;
  readonly pasted: boolean;
  readonly received: Promise<Received>;
  readonly #state: string;
  readonly #log: HitLog;
  readonly #open: OpenResponse | undefined;
  #accept: (received: Received) => void = () => undefined;
  #ended: string | undefined;

  /** @throws FailureError of kind `invalid_profile` when the server is asked to post the response, which no address holds */
  constructor({ redirectUri, state, formPost, trace, clock, open }: AddressReceiverOptions) {
    if (formPost) throw noForm(redirectUri);
    this.redirectUri = redirectUri;
    this.pasted = redirectWay(redirectUri) !== 'editor';
    this.#state = state;
    this.#open = open;
    this.#log = new HitLog(trace, clock);
    this.received = new Promise((resolve) => {
      this.#accept = resolve;
    });
  }

  offer(authorizationUrl: string): string {
    return authorizationUrl;
  }

  async submit(url: string): Promise<SubmitResult> {
    const came = pastedAddress(url);
    const address = await openAddress(came, this.redirectUri, this.#open);
    if (this.#ended !== undefined) return { accepted: false, reason: this.#ended };
    const verdict = judgeAddress(address, this.redirectUri, this.#state);
    if (verdict.kind === 'ignored') return this.#log.refused(came, verdict);
    this.#log.pasted(came);
    this.#ended = 'The redirect of this sign-in has already come.';
    this.#accept(verdict);
    return { accepted: true };
  }

  /** Nothing arrives here on its own: whoever submits an address that does not fit is told so at once. */
  whenUnmatched(): void {
    return undefined;
  }

  /** No page of ours is in the browser. */
  finish(): Promise<void> {
    return Promise.resolve();
  }

  close(): Promise<void> {
    this.#ended = 'This sign-in has ended. Get the token again.';
    this.#log.close();
    return Promise.resolve();
  }
}

function noForm(redirectUri: string): FailureError {
  const problem = `With response_mode=form_post the server posts the code to ${redirectUri.slice(0, 200)}, where it cannot be taken.`;
  return new FailureError({
    kind: 'invalid_profile',
    step: 'listen',
    problems: [problem],
    message: problem,
    advice: 'Remove response_mode from the authorization parameters, or use a loopback redirect URI.',
  });
}
