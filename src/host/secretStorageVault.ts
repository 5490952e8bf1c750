import type { SecretStorage } from 'vscode';
import type { Vault } from '../core/vault/vault.ts';
import { vaultFailure } from '../core/vault/vaultFailure.ts';

/** Keeps secrets in VS Code's own encrypted storage, where no keychain answers. */
export class SecretStorageVault implements Vault {
  readonly #storage: Pick<SecretStorage, 'get' | 'store' | 'delete'>;

  constructor(storage: Pick<SecretStorage, 'get' | 'store' | 'delete'>) {
    this.#storage = storage;
  }

  get(key: string): Promise<string | undefined> {
    return worded('read', () => this.#storage.get(key));
  }

  set(key: string, value: string): Promise<void> {
    return worded('store', () => this.#storage.store(key, value));
  }

  delete(key: string): Promise<void> {
    return worded('delete', () => this.#storage.delete(key));
  }
}

async function worded<T>(verb: string, operation: () => Thenable<T>): Promise<T> {
  try {
    return await operation();
  } catch (thrown) {
    throw vaultFailure(
      'failed',
      `VS Code’s secret storage could not ${verb} an entry.`,
      'See the log “Window” in the Output view, then try again.',
      thrown,
    );
  }
}
