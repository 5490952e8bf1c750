import { randomInt } from 'node:crypto';
import { textsOf } from '../../shared/json.ts';
import { TaskQueue } from '../taskQueue.ts';
import type { Vault } from './vault.ts';
import { indexKey, intentKey, mostIntents } from './vaultKeys.ts';

/** How many indexes were made in this process: each announces what it does under a number of its own. */
const made = { count: randomInt(mostIntents) };

/** How often something is done anew that another window came between. */
const mostAttempts = 8;

/**
 * Knows the accounts of each profile, across earlier origins and set-ups, so that all go when the profile goes: keychains cannot
 * be listed safely everywhere (keytar's findCredentials crashes on a foreign item without a text, SecretStorage has no list).
 *
 * Other windows change the same list, and a keychain has no lock. So each window announces under a key of its own what it is
 * about to list or to delete; an announcement stays, and counts as a part of the list, when another window was
 * at work at the same time and may have overwritten the list.
 */
export class AccountIndex {
  readonly #vault: Vault;
  readonly #queue = new TaskQueue();
  readonly #number = made.count++ % mostIntents;
  /** Accounts known to be listed already, so that the usual write costs no second one. */
  readonly #listed = new Set<string>();

  constructor(vault: Vault) {
    this.#vault = vault;
  }

  /** Lists `account` before anything is stored under it; an interruption then leaves a name too many, never a secret. */
  async add(profileId: string, account: string): Promise<void> {
    if (this.#listed.has(account)) return;
    await this.#queue.run(profileId, () => this.#add(profileId, account));
  }

  /**
   * Stores something under an account that is listed, before and after: the profile may be deleted in another window meanwhile.
   *
   * @throws what `store` throws, and FailureError of kind `vault` when it could not be listed before
   */
  async whileListed(profileId: string, account: string, store: () => Promise<void>): Promise<void> {
    await this.add(profileId, account);
    try {
      await store();
    } finally {
      // A write may have arrived although it failed.
      await this.#queue.run(profileId, () => this.#listAgain(profileId, account));
    }
  }

  async #listAgain(profileId: string, account: string): Promise<void> {
    try {
      for (let attempt = 0; attempt < mostAttempts; attempt++) {
        if ((await this.#read(indexKey(profileId), profileId)).includes(account)) return;
        if ((await this.#readAll(profileId)).includes(account)) return;
        await this.#add(profileId, account);
      }
    } catch {
      // It was listed before. The next write looks again.
      this.#listed.delete(account);
    }
  }

  /** Whether anything is listed for a profile. */
  hasAny(profileId: string): Promise<boolean> {
    return this.#queue.run(profileId, async () => (await this.#readAll(profileId)).length > 0);
  }

  /** The accounts that are listed for a profile; something is kept under most of them. */
  list(profileId: string): Promise<readonly string[]> {
    return this.#queue.run(profileId, () => this.#readAll(profileId));
  }

  /**
   * Deletes every account of a profile but those to keep, and the list last, so that a failure can be repeated.
   *
   * @param also accounts to delete even if they are not listed
   */
  removeAll(profileId: string, also: readonly string[] = [], keep: readonly string[] = []): Promise<void> {
    return this.#queue.run(profileId, async () => {
      const doomed = new Set<string>();
      const findMore = async () => {
        const all = new Set([...also, ...(await this.#readAll(profileId))]);
        const more = [...all].filter((one) => !keep.includes(one) && !doomed.has(one));
        for (const one of more) doomed.add(one);
        return more;
      };
      await this.#remove(await findMore());
      for (let attempt = 0; attempt < mostAttempts; attempt++) {
        // What another window listed and stored meanwhile is deleted with the profile.
        const more = await findMore();
        // Named here until none is left: another window may just have seen one listed, and this one may die.
        await this.#vault.set(intentKey(profileId, this.#number), JSON.stringify([...doomed]));
        await this.#remove(more);
        await this.#forget(profileId, doomed);
        if (!(await this.#isAnyLeft(doomed))) break;
        await this.#remove(doomed);
      }
      await this.#vault.delete(intentKey(profileId, this.#number));
    });
  }

  async #remove(accounts: Iterable<string>): Promise<void> {
    for (const account of accounts) {
      this.#listed.delete(account);
      await this.#vault.delete(account);
    }
  }

  async #add(profileId: string, account: string): Promise<void> {
    if (!(await this.#read(indexKey(profileId), profileId)).includes(account)) {
      const mine = intentKey(profileId, this.#number);
      const names = [...new Set([...(await this.#read(mine, profileId)), account])];
      await this.#vault.set(mine, JSON.stringify(names));
      let alone = false;
      for (let attempt = 0; attempt < mostAttempts; attempt++) {
        const listed = await this.#read(indexKey(profileId), profileId);
        if (names.every((name) => listed.includes(name))) break;
        await this.#vault.set(indexKey(profileId), JSON.stringify([...new Set([...listed, ...names])]));
        // Whoever begins after this reads what was just written; whoever began before may overwrite it.
        alone = (await this.#otherIntents(profileId)).length === 0;
      }
      if (alone) await this.#vault.delete(mine);
    }
    this.#listed.add(account);
  }

  /** Takes names off the list and off what other windows announced; leaves what they announced since. */
  async #forget(profileId: string, names: ReadonlySet<string>): Promise<void> {
    for (const { key, accounts } of await this.#otherIntents(profileId))
      if (accounts.every((account) => names.has(account))) await this.#vault.delete(key);
    const listed = await this.#read(indexKey(profileId), profileId);
    const kept = listed.filter((account) => !names.has(account));
    if (kept.length === 0) await this.#vault.delete(indexKey(profileId));
    else if (kept.length < listed.length) await this.#vault.set(indexKey(profileId), JSON.stringify(kept));
  }

  async #isAnyLeft(accounts: ReadonlySet<string>): Promise<boolean> {
    for (const account of accounts) if ((await this.#vault.get(account)) !== undefined) return true;
    return false;
  }

  /** The list, and what windows announced that may not be on it. */
  async #readAll(profileId: string): Promise<readonly string[]> {
    const all = [await this.#read(indexKey(profileId), profileId)];
    for (let number = 0; number < mostIntents; number++)
      all.push(await this.#read(intentKey(profileId, number), profileId));
    return [...new Set(all.flat())];
  }

  async #otherIntents(profileId: string): Promise<readonly Intent[]> {
    const found: Intent[] = [];
    for (let number = 0; number < mostIntents; number++) {
      if (number === this.#number) continue;
      const key = intentKey(profileId, number);
      const text = await this.#vault.get(key);
      if (text !== undefined) found.push({ key, accounts: ownAccounts(text, profileId) });
    }
    return found;
  }

  async #read(key: string, profileId: string): Promise<readonly string[]> {
    return ownAccounts(await this.#vault.get(key), profileId);
  }
}

/** What another window announced. */
interface Intent {
  readonly key: string;
  readonly accounts: readonly string[];
}

/** Only this profile's: a list changed from outside must not make us delete another's. */
function ownAccounts(text: string | undefined, profileId: string): readonly string[] {
  return parseAccounts(text).filter((one) => one.startsWith(`${profileId}@`));
}

/** The accounts a stored list names; none when it is not a list. */
export function parseAccounts(text: string | undefined): readonly string[] {
  try {
    return textsOf(JSON.parse(text ?? '[]'));
  } catch {
    return [];
  }
}
