import * as vscode from 'vscode';
import { FailureError } from '../core/record/failure.ts';
import { quoted } from '../core/profile/problem.ts';
import type { Alone } from '../core/vault/alone.ts';
import { ReturningVault, StopgapVault, type Drift } from '../core/vault/drift.ts';
import { SplitVault } from '../core/vault/splitVault.ts';
import { probe } from '../core/vault/probe.ts';
import type { Vault } from '../core/vault/vault.ts';
import { entryLimit, Keychain, type NativeKeychain } from '../adapters/keychain.ts';
import { lostQuietly } from './lostQuietly.ts';
import { SecretStorageVault } from './secretStorageVault.ts';

export interface SessionVaultDeps {
  /** Loads the keychain's native module; may throw. */
  readonly load: () => NativeKeychain;
  readonly secrets: Pick<vscode.SecretStorage, 'get' | 'store' | 'delete'>;
  readonly state: Pick<vscode.Memento, 'get' | 'update'>;
  /** Keeps the windows apart that share `secrets`. */
  readonly alone: Alone;
  /** A line for the output channel. */
  readonly log: (line: string) => void;
  /** Shows a sentence to the user. */
  readonly tell: (sentence: string) => void;
}

const toldKey = 'vault.told';
const driftKey = 'vault.drift';

/**
 * The vault of this session: the operating system's keychain, or VS Code's secret storage where none answers. A probe decides
 * on first use, and the choice holds until the window is reloaded.
 */
export class SessionVault implements Vault {
  readonly #deps: SessionVaultDeps;
  #chosen: Promise<Vault> | undefined;

  constructor(deps: SessionVaultDeps) {
    this.#deps = deps;
  }

  async get(key: string): Promise<string | undefined> {
    return (await this.#vault()).get(key);
  }

  async set(key: string, value: string): Promise<void> {
    return (await this.#vault()).set(key, value);
  }

  async delete(key: string): Promise<void> {
    return (await this.#vault()).delete(key);
  }

  #vault(): Promise<Vault> {
    this.#chosen ??= this.#choose();
    return this.#chosen;
  }

  async #choose(): Promise<Vault> {
    const { secrets, state, load, log, alone } = this.#deps;
    const stopgap = new SecretStorageVault(secrets);
    const drift = new StateDrift(state);
    try {
      const keychain = new Keychain(load());
      await probe(keychain);
      log('Secrets and tokens are kept in the system keychain, under the service oauth-explorer.');
      const vault = new SplitVault(keychain, entryLimit);
      // Only on Windows are values split, and a window that crashed may have left parts behind.
      if (process.platform === 'win32')
        lostQuietly(
          { warn: log },
          keychain.accounts().then((accounts) => vault.removeLeft(accounts)),
        );
      return new ReturningVault(vault, stopgap, drift, alone);
    } catch (thrown) {
      await this.#tellOnce(reason(thrown));
      return new StopgapVault(stopgap, alone);
    }
  }

  async #tellOnce(why: string): Promise<void> {
    // The reason comes first, as VS Code shows one line of a notification until it is expanded.
    const sentence = vscode.l10n.t(
      '{0} Client secrets and tokens are kept in VS Code’s own secret storage instead.',
      why,
    );
    this.#deps.log(sentence);
    if (this.#deps.state.get<boolean>(toldKey) === true) return;
    this.#deps.tell(sentence);
    // If this cannot be stored, the user is told once more next time.
    await Promise.resolve(this.#deps.state.update(toldKey, true)).catch(() => undefined);
  }
}

function reason(thrown: unknown): string {
  if (thrown instanceof FailureError) return thrown.failure.message;
  return vscode.l10n.t(
    'The system keychain’s library could not be loaded ({0}).',
    quoted(thrown instanceof Error ? thrown.message : String(thrown)),
  );
}

/** Keeps the drift in the extension's global state. */
class StateDrift implements Drift {
  readonly #state: SessionVaultDeps['state'];

  constructor(state: SessionVaultDeps['state']) {
    this.#state = state;
  }

  has(key: string): boolean {
    return this.#keys().includes(key);
  }

  async remove(key: string): Promise<void> {
    const rest = this.#keys().filter((one) => one !== key);
    await this.#state.update(driftKey, rest.length > 0 ? rest : undefined);
  }

  #keys(): readonly string[] {
    return this.#state.get<readonly string[]>(driftKey) ?? [];
  }
}
