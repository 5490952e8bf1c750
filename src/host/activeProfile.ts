import type { Memento } from 'vscode';
import { Changes } from '../core/session/changes.ts';

const key = 'activeProfile';

/** The profile that new bearer headers and the status bar use, remembered for each workspace. */
export class ActiveProfile {
  readonly changes = new Changes();
  readonly #state: Memento;

  constructor(state: Memento) {
    this.#state = state;
  }

  /** Id of the profile chosen, which may be gone by now. */
  get id(): string | undefined {
    return this.#state.get<string>(key);
  }

  async set(id: string): Promise<void> {
    await this.#state.update(key, id);
    this.changes.fire();
  }
}
