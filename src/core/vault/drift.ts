import { parseAccounts } from './accountIndex.ts';
import type { Vault } from './vault.ts';
import { isIndexKey } from './vaultKeys.ts';

/** The keys that were written or deleted while the keychain did not answer; names only, kept across sessions. */
export interface Drift {
  has(key: string): boolean;
  add(key: string): Promise<void>;
  remove(key: string): Promise<void>;
}

/** What is used while the keychain does not answer; notes what the keychain then knows wrongly. */
export class StopgapVault implements Vault {
  readonly #stopgap: Vault;
  readonly #drift: Drift;

  constructor(stopgap: Vault, drift: Drift) {
    this.#stopgap = stopgap;
    this.#drift = drift;
  }

  get(key: string): Promise<string | undefined> {
    return this.#stopgap.get(key);
  }

  async set(key: string, value: string): Promise<void> {
    await this.#drift.add(key);
    await this.#stopgap.set(key, value);
  }

  async delete(key: string): Promise<void> {
    await this.#drift.add(key);
    await this.#stopgap.delete(key);
  }
}

/** The keychain in a session in which it answers: takes back, key by key, what the stopgap was given in the meantime. */
export class ReturningVault implements Vault {
  readonly #keychain: Vault;
  readonly #stopgap: Vault;
  readonly #drift: Drift;

  constructor(keychain: Vault, stopgap: Vault, drift: Drift) {
    this.#keychain = keychain;
    this.#stopgap = stopgap;
    this.#drift = drift;
  }

  async get(key: string): Promise<string | undefined> {
    if (!this.#drift.has(key)) return this.#keychain.get(key);
    const value = await this.#stopgap.get(key);
    if (isIndexKey(key)) return this.#takeBackList(key, value);
    await (value === undefined ? this.delete(key) : this.set(key, value));
    return value;
  }

  async set(key: string, value: string): Promise<void> {
    await this.#keychain.set(key, value);
    await this.#settle(key);
  }

  async delete(key: string): Promise<void> {
    await this.#keychain.delete(key);
    await this.#settle(key);
  }

  /**
   * The list of a profile's accounts: what the keychain listed stays listed. A list that went means that the profile was
   * deleted: so do the accounts that only the keychain knew, the list last, so that a failure can be repeated.
   */
  async #takeBackList(key: string, value: string | undefined): Promise<string | undefined> {
    const own = `${key.slice(0, -'/accounts'.length)}@`;
    const known = parseAccounts(await this.#keychain.get(key)).filter((one) => one.startsWith(own));
    if (value === undefined) {
      for (const account of known) await this.delete(account);
      await this.delete(key);
      return undefined;
    }
    const merged = JSON.stringify([...new Set([...known, ...parseAccounts(value)])]);
    await this.set(key, merged);
    return merged;
  }

  async #settle(key: string): Promise<void> {
    if (!this.#drift.has(key)) return;
    await this.#stopgap.delete(key);
    await this.#drift.remove(key);
  }
}
