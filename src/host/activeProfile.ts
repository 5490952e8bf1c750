import type { Disposable, Memento } from 'vscode';
import { Changes } from '../core/session/changes.ts';
import { onSettingChange, setting } from './settings.ts';

const key = 'activeProfile';

/** The profile that new bearer headers and the status bar use: the one chosen in this workspace, else the one named in its settings. */
export class ActiveProfile implements Disposable {
  readonly changes = new Changes();
  readonly #state: Memento;
  readonly #watching: Disposable;

  constructor(state: Memento) {
    this.#state = state;
    this.#watching = onSettingChange('activeProfile', () => this.changes.fire());
  }

  /** Ids of the chosen profile and of the one named in the settings, in this order; either may be gone by now. */
  get ids(): readonly string[] {
    return [this.#state.get<string>(key), setting('activeProfile')].filter(
      (id): id is string => id !== undefined && id !== '',
    );
  }

  async set(id: string): Promise<void> {
    await this.#state.update(key, id);
    this.changes.fire();
  }

  dispose(): void {
    this.#watching.dispose();
  }
}
