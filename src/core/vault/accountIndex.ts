import { TaskQueue } from './taskQueue.ts';
import type { Vault } from './vault.ts';
import { indexKey } from './vaultKeys.ts';

/**
 * Knows the accounts of each profile, across earlier origins and set-ups, so that all go when the profile goes: keychains cannot
 * be listed safely everywhere (keytar's findCredentials crashes on a foreign item without a text, SecretStorage has no list).
 */
export class AccountIndex {
  readonly #vault: Vault;
  readonly #queue = new TaskQueue();
  /** Accounts known to be listed already, so that the usual write costs no second one. */
  readonly #listed = new Set<string>();

  constructor(vault: Vault) {
    this.#vault = vault;
  }

  /** Lists `account` before anything is stored under it; an interruption then leaves a name too many, never a secret. */
  async add(profileId: string, account: string): Promise<void> {
    if (this.#listed.has(account)) return;
    await this.#queue.run(profileId, async () => {
      const accounts = await this.#read(profileId);
      if (!accounts.includes(account))
        await this.#vault.set(indexKey(profileId), JSON.stringify([...accounts, account]));
      this.#listed.add(account);
    });
  }

  /**
   * Deletes every account of a profile but those to keep, and the list last, so that a failure can be repeated.
   *
   * @param also accounts to delete even if they are not listed
   */
  removeAll(profileId: string, also: readonly string[] = [], keep: readonly string[] = []): Promise<void> {
    return this.#queue.run(profileId, async () => {
      const listed = await this.#read(profileId);
      for (const account of new Set([...listed, ...also])) {
        if (keep.includes(account)) continue;
        this.#listed.delete(account);
        await this.#vault.delete(account);
      }
      const kept = listed.filter((account) => keep.includes(account));
      if (kept.length === 0) await this.#vault.delete(indexKey(profileId));
      else await this.#vault.set(indexKey(profileId), JSON.stringify(kept));
    });
  }

  async #read(profileId: string): Promise<readonly string[]> {
    const accounts = parseAccounts(await this.#vault.get(indexKey(profileId)));
    // Only this profile's: a list changed from outside must not make us delete another's.
    return accounts.filter((one) => one.startsWith(`${profileId}@`));
  }
}

/** The accounts a stored list names; none when it is no list. */
export function parseAccounts(text: string | undefined): readonly string[] {
  if (text === undefined) return [];
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
  } catch {
    return [];
  }
}
