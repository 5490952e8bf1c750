import { parseAccounts } from './accountIndex.ts';
import type { Vault } from './vault.ts';
import { indexKey, intentKey, isIndexKey, mostIntents, profileOf } from './vaultKeys.ts';

/** The keys that were written or deleted while the keychain did not answer, as earlier versions noted them; names only. */
export interface Drift {
  has: (key: string) => boolean;
  remove: (key: string) => Promise<void>;
}

/**
 * What stands in the stopgap for what was deleted; before a value, that something was deleted before it was stored. One entry
 * says all that the keychain does not know of a key: two entries, or a list that windows share, could come apart.
 */
const gone = 'oauth-explorer-deleted:1';

/** What happened to a key while the keychain did not answer. */
interface Missed {
  /** Absent when it was deleted. */
  readonly value?: string;
  readonly wasDeleted: boolean;
  /** What the stopgap had of it; absent when only the drift did. */
  readonly text?: string;
}

function missedOf(text: string): Missed {
  if (!text.startsWith(gone)) return { wasDeleted: false, value: text, text };
  return { wasDeleted: true, text, ...(text !== gone && { value: text.slice(gone.length) }) };
}

/** What is used while the keychain does not answer; keeps with it what the keychain then knows wrongly. */
export class StopgapVault implements Vault {
  readonly #stopgap: Vault;

  constructor(stopgap: Vault) {
    this.#stopgap = stopgap;
  }

  async get(key: string): Promise<string | undefined> {
    const text = await this.#stopgap.get(key);
    return text === undefined ? undefined : missedOf(text).value;
  }

  async set(key: string, value: string): Promise<void> {
    const before = await this.#stopgap.get(key);
    const marked = before?.startsWith(gone) === true || value.startsWith(gone);
    await this.#stopgap.set(key, marked ? gone + value : value);
  }

  async delete(key: string): Promise<void> {
    await this.#stopgap.set(key, gone);
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
    if (!isIndexKey(key)) await this.#forgetProfile(key);
    const missed = await this.#missed(key);
    if (missed === undefined) return this.#keychain.get(key);
    return isIndexKey(key) ? this.#takeBackList(key, missed) : this.#take(key, missed, missed.value);
  }

  async set(key: string, value: string): Promise<void> {
    await this.#forgetProfile(key);
    await this.#keychain.set(key, value);
    await this.#settle(key, await this.#stopgap.get(key));
  }

  async delete(key: string): Promise<void> {
    await this.#keychain.delete(key);
    await this.#settle(key, await this.#stopgap.get(key));
  }

  async #missed(key: string): Promise<Missed | undefined> {
    const text = await this.#stopgap.get(key);
    return text !== undefined ? missedOf(text) : this.#drift.has(key) ? { wasDeleted: true } : undefined;
  }

  /** Deletes what the keychain has of a profile that was deleted in the meantime, whichever of its accounts is asked for first. */
  async #forgetProfile(key: string): Promise<void> {
    const list = indexKey(profileOf(key));
    const missed = await this.#missed(list);
    if (missed?.wasDeleted === true) await this.#takeBackList(list, missed);
  }

  /**
   * The list of a profile's accounts: what the keychain listed stays listed. A list that went means that the profile was
   * deleted: so do the accounts that only the keychain knew, the list last, so that a failure can be repeated.
   */
  async #takeBackList(key: string, missed: Missed): Promise<string | undefined> {
    const { value, wasDeleted } = missed;
    const id = profileOf(key);
    const read = async (at: string) =>
      parseAccounts(await this.#keychain.get(at)).filter((one) => one.startsWith(`${id}@`));
    const known = new Set(await read(key));
    if (wasDeleted) {
      const announced = Array.from({ length: mostIntents }, (_, number) => intentKey(id, number));
      for (const intent of announced) for (const account of await read(intent)) known.add(account);
      for (const account of known) {
        // What was stored since then is taken back when it is asked for.
        if ((await this.#missed(account))?.value !== undefined) continue;
        await this.delete(account);
        known.delete(account);
      }
      for (const intent of announced) await this.#keychain.delete(intent);
    }
    const listed = JSON.stringify([...new Set([...known, ...parseAccounts(value)])]);
    return this.#take(key, missed, value === undefined && known.size === 0 ? undefined : listed);
  }

  /**
   * Gives the keychain what it missed. What a window that does without it wrote before the last look comes after that. Two gaps stay:
   * what it writes between that look and the removal is lost, and what another window takes back, too, and then changes or deletes
   * before we write, is as the stopgap had it.
   */
  async #take(key: string, { text }: Missed, value: string | undefined): Promise<string | undefined> {
    await (value === undefined ? this.#keychain.delete(key) : this.#keychain.set(key, value));
    if ((await this.#stopgap.get(key)) !== text) return this.get(key);
    await this.#settle(key, text);
    return value;
  }

  async #settle(key: string, text: string | undefined): Promise<void> {
    if (text !== undefined) await this.#stopgap.delete(key);
    if (this.#drift.has(key)) await this.#drift.remove(key);
  }
}
