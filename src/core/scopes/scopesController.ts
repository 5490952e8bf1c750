import type { FlowReport } from '../record/report.ts';
import type { Profile } from '../profile/profile.ts';
import type { ScopesViewIntent, ScopesViewModel } from '../../shared/views/scopesView.ts';
import {
  confirmTogether,
  findScopes,
  isUnconfirmed,
  planScopes,
  withGrantedScopes,
  type ScopeMatrix,
  type ScopePlan,
} from './findScopes.ts';
import { scopesView, type ScopesState } from './scopesView.ts';

export interface ScopesDeps {
  draw: (model: ScopesViewModel) => void;
  /** One run of the client credentials grant whose token is not kept. */
  run: (profile: Profile, signal: AbortSignal) => Promise<FlowReport>;
  /** Saves the changed profile; `false` when it could not be. */
  save: (profile: Profile) => Promise<boolean>;
  getToken: (profile: string) => unknown;
}

/** One page of "Which scopes can this client get?": plan, search, result. */
export class ScopesController {
  readonly #deps: ScopesDeps;
  #supported: readonly string[];
  #typed: readonly string[] = [];
  #state: ScopesState;
  #search: AbortController | undefined;

  /** @param supported the scopes the server's metadata lists */
  constructor(profile: Profile, supported: readonly string[], deps: ScopesDeps) {
    this.#deps = deps;
    this.#supported = supported;
    this.#state = { plan: planScopes(profile, supported), state: 'plan' };
    this.#draw();
  }

  async handle(intent: ScopesViewIntent): Promise<void> {
    switch (intent.type) {
      case 'add':
        this.#replan([...this.#typed, ...intent.scopes.split(/[\s,]+/).filter(Boolean)], this.#supported);
        return;
      case 'remove': {
        const without = (list: readonly string[]) => list.filter((scope) => scope !== intent.scope);
        this.#replan(without(this.#typed), without(this.#supported), intent.scope);
        return;
      }
      case 'start':
        return this.#start();
      case 'cancel':
        this.#search?.abort();
        return;
      case 'apply':
        return this.#apply();
      case 'getToken':
        await this.#deps.getToken(this.#state.plan.profile.id);
    }
  }

  /** Ends a search that is under way. */
  dispose(): void {
    this.#search?.abort();
  }

  #replan(typed: readonly string[], supported: readonly string[], removed?: string): void {
    if (this.#state.state === 'running') return;
    this.#typed = typed;
    this.#supported = supported;
    const { profile } = this.#state.plan;
    const plan = planScopes(
      { ...profile, scopes: profile.scopes.filter((scope) => scope !== removed) },
      supported,
      typed,
    );
    this.#state = { plan: { ...plan, profile }, state: 'plan' };
    this.#draw();
  }

  async #start(): Promise<void> {
    if (this.#state.state === 'running') return;
    const { plan } = this.#state;
    this.#search = new AbortController();
    this.#state = { plan, state: 'running' };
    this.#draw();
    const matrix = await findScopes(plan, {
      signal: this.#search.signal,
      run: (profile, signal) => this.#deps.run(profile, signal),
      onProgress: (progress) => {
        this.#state = { plan, state: 'running', matrix: progress };
        this.#draw();
      },
    });
    this.#state = { plan, state: 'done', matrix };
    this.#draw();
  }

  async #apply(): Promise<void> {
    const { plan, matrix: found, state } = this.#state;
    if (!found || state !== 'done') return;
    const matrix = await this.#confirmed(plan, found);
    const refused = matrix !== found && matrix.togetherReason !== undefined;
    if (refused || matrix.stopped !== found.stopped) {
      const why = matrix.stopped?.message ?? matrix.togetherReason ?? '';
      const text = refused ? `The server refuses these scopes together: ${why}` : why;
      this.#state = { ...this.#state, notice: { text, done: false } };
      this.#draw();
      return;
    }
    const profile = withGrantedScopes(plan.profile, matrix);
    const done = await this.#deps.save(profile);
    const text = done
      ? `The profile now asks for ${profile.scopes.length} ${profile.scopes.length === 1 ? 'scope' : 'scopes'}.`
      : 'The profile could not be saved.';
    this.#state = { ...this.#state, plan: done ? { ...plan, profile } : plan, notice: { text, done } };
    this.#draw();
  }

  /** What came when those that are granted alone were asked for together, where that is not known yet. */
  async #confirmed(plan: ScopePlan, matrix: ScopeMatrix): Promise<ScopeMatrix> {
    if (!isUnconfirmed(matrix)) return matrix;
    this.#search = new AbortController();
    this.#state = { plan, state: 'running', matrix };
    this.#draw();
    const confirmed = await confirmTogether(plan.profile, matrix, {
      signal: this.#search.signal,
      run: (profile, signal) => this.#deps.run(profile, signal),
    });
    this.#state = { plan, state: 'done', matrix: confirmed };
    return confirmed;
  }

  #draw(): void {
    this.#deps.draw(scopesView(this.#state));
  }
}
