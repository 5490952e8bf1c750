import { applyFix, type FixDeps } from '../diagnose/failureController.ts';
import { requireSameUser } from '../oauth/sameUser.ts';
import { FailureError } from '../record/failure.ts';
import type { Explanation } from '../diagnose/explanation.ts';
import type { ApiViewIntent, ApiViewModel } from '../../shared/views/apiView.ts';
import { apiView } from './apiView.ts';
import { bodyFile } from './bodyFile.ts';
import type { ApiCall } from './callApi.ts';

export interface ApiViewDeps extends FixDeps {
  draw: (model: ApiViewModel) => void;
  copy: (text: string) => void | PromiseLike<void>;
  /** Opens a text in an editor. */
  open: (name: string, text: string) => Promise<void>;
  /** Saves a body where the user chooses; returns the notice to show, or undefined when the user declined. */
  saveBody: (fileName: string, body: Uint8Array) => Promise<ApiViewModel['notice']>;
  /** Sends the same request again, into this page. */
  sendAgain: (call: ApiCall) => Promise<unknown>;
  showFlow: (flow: string) => unknown;
  /** Explains a failed run. */
  explain: (flow: string) => unknown;
}

/** The controller of one page of the API view: holds a call with its explanation, and does what its buttons ask for. */
export class ApiController {
  readonly #deps: ApiViewDeps;
  #call: ApiCall;
  #explanation: Explanation | undefined;
  #notice: ApiViewModel['notice'];
  #busy = false;

  constructor(call: ApiCall, explanation: Explanation | undefined, deps: ApiViewDeps) {
    this.#deps = deps;
    this.#call = call;
    this.#explanation = explanation;
    this.#draw();
  }

  /** Shows another call instead of the present one. */
  show(call: ApiCall, explanation: Explanation | undefined): void {
    this.#call = call;
    this.#explanation = explanation;
    this.#notice = undefined;
    this.#draw();
  }

  async handle(intent: ApiViewIntent): Promise<void> {
    const { report } = this.#call;
    switch (intent.type) {
      case 'fix':
        return this.#fix(intent);
      case 'sendAgain':
        return this.#while(() => this.#deps.sendAgain(this.#call));
      case 'showFlow':
        await this.#deps.showFlow(report.id);
        return;
      case 'explainRenewal': {
        const { renewal } = this.#call;
        if (renewal?.report) await this.#deps.explain(renewal.report.id);
        return;
      }
      case 'getToken':
        return this.#while(() => applyFix({ kind: 'get_token' }, report.profile, this.#deps));
      case 'openBody': {
        const { name, text } = bodyFile(report.exchanges.at(-1)?.response);
        await this.#deps.open(name, text);
        return;
      }
      case 'saveBody':
        return this.#saveBody();
      case 'copyBody':
        await this.#deps.copy(report.exchanges.at(-1)?.response?.body ?? '');
    }
  }

  async #fix({ cause, fix: index }: Extract<ApiViewIntent, { type: 'fix' }>): Promise<void> {
    const fix = this.#explanation?.causes[cause]?.fixes[index];
    if (!fix) return;
    await this.#while(async () => {
      const came = await applyFix(fix, this.#call.report.profile, this.#deps);
      if (came) this.#notice = { ...came, cause };
      if (came?.done === true && fix.kind === 'sign_in_with') await this.#sendAgain();
    });
  }

  /** Saves the body as it came, since a program may read the file. */
  async #saveBody(): Promise<void> {
    const response = this.#call.report.exchanges.at(-1)?.response;
    const body = this.#call.raw ?? new TextEncoder().encode(response?.body ?? '');
    this.#notice = await this.#deps.saveBody(bodyFile(response).name, body);
    this.#draw();
  }

  /**
   * Sends the request again with the token of the sign-in that was started here, and checks that the user is the same. @see RFC
   * 9470 section 5
   */
  async #sendAgain(): Promise<void> {
    const before = this.#call.tokens.id_token;
    await this.#deps.sendAgain(this.#call);
    try {
      requireSameUser(this.#call.tokens.id_token, before);
    } catch (thrown) {
      if (!(thrown instanceof FailureError)) throw thrown;
      this.#notice = { text: 'Another user signed in than before.', done: false };
    }
  }

  async #while(work: () => Promise<unknown>): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    this.#draw();
    try {
      await work();
    } finally {
      this.#busy = false;
      this.#draw();
    }
  }

  #draw(): void {
    const notice = this.#notice ? { notice: this.#notice } : {};
    const now = this.#deps.profile(this.#call.report.profile);
    const state = { busy: this.#busy, ...notice, ...(now && { now }) };
    this.#deps.draw(apiView(this.#call, this.#explanation, state));
  }
}
