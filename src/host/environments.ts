import type * as vscode from 'vscode';
import {
  mergeEnvironments,
  parseEnvironments,
  variablesOf,
  type EnvironmentList,
  type Variables,
} from '../core/profile/environments.ts';
import { Changes } from '../core/session/changes.ts';
import { profileSources, readSetting } from './profileSettings.ts';
import { onSettingChange, writeSetting } from './settings.ts';

const key = 'environment';

/** The environments of all settings, and the one that this workspace uses. */
export class Environments implements vscode.Disposable {
  /** Fires after the settings changed, or another environment was chosen. */
  readonly changes = new Changes();
  readonly #state: Pick<vscode.Memento, 'get' | 'update'>;
  readonly #subscription: vscode.Disposable;
  #list: EnvironmentList | undefined;

  constructor(state: Pick<vscode.Memento, 'get' | 'update'>) {
    this.#state = state;
    this.#subscription = onSettingChange('environments', () => {
      this.forget();
      this.changes.fire();
    });
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  /** Forgets what was read from the settings, as when other settings come into force. */
  forget(): void {
    this.#list = undefined;
  }

  list(): EnvironmentList {
    this.#list ??= mergeEnvironments(
      profileSources().map((source) => parseEnvironments(readSetting(source, 'environments'), source)),
    );
    return this.#list;
  }

  /** The variables of profiles in an environment; the chosen one unless told. */
  variables(name = this.#state.get<string>(key)): Variables {
    return variablesOf(this.list(), name);
  }

  /** The name of the environment in force; undefined when there is none, or none of several was chosen. */
  get active(): string | undefined {
    return this.variables().environment?.name;
  }

  /** Changes the environments in the user's settings. @throws Error of VS Code's when they cannot be written */
  async change(change: (before: unknown) => unknown): Promise<void> {
    await writeSetting('environments', change(readSetting({ scope: 'user' }, 'environments')));
  }

  /** Switches to another environment; what is under way continues in its own. */
  async choose(name: string): Promise<void> {
    await this.#state.update(key, name);
    this.changes.fire();
  }
}
