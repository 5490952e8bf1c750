import { createRequire } from 'node:module';
import { FailureError } from '../core/record/failure.ts';
import { quoted } from '../core/profile/problem.ts';
import { TaskQueue } from '../core/taskQueue.ts';
import { longestValue, windowsLimit } from '../core/vault/splitVault.ts';
import type { Vault } from '../core/vault/vault.ts';
import { vaultFailure } from '../core/vault/vaultFailure.ts';
import { vaultService } from '../core/vault/vaultKeys.ts';

/** The functions of keytar's native module that we use; keytar's own JavaScript only checks arguments. */
export interface NativeKeychain {
  getPassword: (service: string, account: string) => Promise<string | null>;
  setPassword: (service: string, account: string, password: string) => Promise<void>;
  deletePassword: (service: string, account: string) => Promise<boolean>;
  /** Only used on Windows: on Linux it crashes the process at another program's item without text. */
  findCredentials?: (service: string) => Promise<readonly { readonly account: string }[]>;
}

/** Most UTF-8 bytes of one entry: only on Windows does a token reach the limit. Values that 0.1.0 split are still read everywhere. */
export const entryLimit = process.platform === 'win32' ? windowsLimit : longestValue;

/** How long a keychain may take to answer, in milliseconds. */
const keychainLimit = 3000;

/**
 * Loads keytar's binary on first use.
 *
 * @param binary the absolute path of the `keytar.node` for this platform
 * @throws Error when it is missing or the system lacks a library (Linux: libsecret-1-0)
 */
export function loadKeychain(binary: string): NativeKeychain {
  const load = createRequire(binary);
  return load(binary) as NativeKeychain;
}

/**
 * The operating system's keychain, one call at a time. A call that hangs blocks one of the four threads (libuv's) that the
 * whole extension host shares: while one hangs, no other is made.
 */
export class Keychain implements Vault {
  readonly #native: NativeKeychain;
  readonly #limit: number;
  readonly #queue = new TaskQueue();
  #hanging = false;

  /** @param limit milliseconds for one answer */
  constructor(native: NativeKeychain, limit = keychainLimit) {
    this.#native = native;
    this.#limit = limit;
  }

  async get(key: string): Promise<string | undefined> {
    const value = await this.#call('read', () => this.#native.getPassword(vaultService, key));
    return value ?? undefined;
  }

  set(key: string, value: string): Promise<void> {
    return this.#call('store', () => this.#native.setPassword(vaultService, key, value));
  }

  async delete(key: string): Promise<void> {
    await this.#call('delete', () => this.#native.deletePassword(vaultService, key));
  }

  /** The accounts that have an entry of ours; none where they cannot be listed. */
  async accounts(): Promise<readonly string[]> {
    const found = await this.#call('read', async () => this.#native.findCredentials?.(vaultService) ?? []);
    return found.map(({ account }) => account);
  }

  #call<T>(verb: string, operation: () => Promise<T>): Promise<T> {
    return this.#queue.run('', async () => {
      if (this.#hanging) throw noAnswer(this.#limit);
      const answer = operation();
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<never>((_, reject) => {
        timer = setTimeout(() => {
          this.#hanging = true;
          const settled = () => (this.#hanging = false);
          answer.then(settled, settled);
          reject(noAnswer(this.#limit));
        }, this.#limit);
      });
      try {
        return await Promise.race([answer, late]);
      } catch (thrown) {
        throw thrown instanceof FailureError ? thrown : refused(verb, thrown);
      } finally {
        clearTimeout(timer);
      }
    });
  }
}

function noAnswer(limit: number): Error {
  return vaultFailure(
    'timeout',
    `The system keychain did not answer within ${limit / 1000} seconds.`,
    'Unlock the keychain or answer its question, then try again. After a reload of the window, VS Code’s own secret storage is used if the keychain still does not answer.',
  );
}

function refused(verb: string, thrown: unknown): Error {
  const words = thrown instanceof Error ? thrown.message : String(thrown);
  return vaultFailure(
    'failed',
    `The system keychain could not ${verb} an entry: it says ${quoted(words)}.`,
    'Check that the keychain is unlocked and not full, then try again.',
    thrown,
  );
}
