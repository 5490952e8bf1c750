import { parseAccounts } from './accountIndex.ts';
import type { Alone } from './alone.ts';
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
  readonly #alone: Alone;

  constructor(stopgap: Vault, alone: Alone) {
    this.#stopgap = stopgap;
    this.#alone = alone;
  }

  async get(key: string): Promise<string | undefined> {
    const text = await this.#stopgap.get(key);
    return text === undefined ? undefined : missedOf(text).value;
  }

  set(key: string, value: string): Promise<void> {
    return this.#alone(async () => {
      const before = await this.#stopgap.get(key);
      const marked = before?.startsWith(gone) === true || value.startsWith(gone);
      await this.#stopgap.set(key, marked ? gone + value : value);
    });
  }

  delete(key: string): Promise<void> {
    return this.#alone(() => this.#stopgap.set(key, gone));
  }
}

/**
 * The keychain in a session in which it answers: takes back, key by key, what the stopgap was given in the meantime. It does so
 * alone, and whoever changes such a key waits for that: else what another deleted or stored meanwhile would be undone. What the
 * stopgap knows nothing of needs no lock: what it is given from then on comes at the same time, so it may count as later.
 */
export class ReturningVault implements Vault {
  readonly #keychain: Vault;
  readonly #stopgap: Vault;
  readonly #drift: Drift;
  readonly #alone: Alone;

  constructor(keychain: Vault, stopgap: Vault, drift: Drift, alone: Alone) {
    this.#keychain = keychain;
    this.#stopgap = stopgap;
    this.#drift = drift;
    this.#alone = alone;
  }

  get(key: string): Promise<string | undefined> {
    return this.#inStep(
      key,
      () => this.#keychain.get(key),
      () => this.#takeBack(key),
    );
  }

  set(key: string, value: string): Promise<void> {
    const set = () => this.#keychain.set(key, value);
    return this.#inStep(key, set, async () => {
      await this.#forgetProfile(key);
      await set();
      // A list is merged when it is next read: what was listed in the meantime is not in this one.
      if (!isIndexKey(key)) await this.#settle(key);
    });
  }

  delete(key: string): Promise<void> {
    return this.#inStep(
      key,
      () => this.#keychain.delete(key),
      () => this.#delete(key),
    );
  }

  /** Does the one where the keychain has missed nothing of a key, else the other, alone. */
  async #inStep<T>(key: string, plain: () => Promise<T>, after: () => Promise<T>): Promise<T> {
    const isBehind =
      (await this.#missed(key)) !== undefined ||
      (await this.#missed(indexKey(profileOf(key))))?.wasDeleted === true;
    return isBehind ? this.#alone(after) : plain();
  }

  async #takeBack(key: string): Promise<string | undefined> {
    if (!isIndexKey(key)) await this.#forgetProfile(key);
    const missed = await this.#missed(key);
    if (missed === undefined) return this.#keychain.get(key);
    return isIndexKey(key) ? this.#takeBackList(key, missed) : this.#take(key, missed, missed.value);
  }

  async #delete(key: string): Promise<void> {
    await this.#keychain.delete(key);
    await this.#settle(key);
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
        await this.#delete(account);
        known.delete(account);
      }
      for (const intent of announced) await this.#keychain.delete(intent);
    }
    const listed = JSON.stringify([...new Set([...known, ...parseAccounts(value)])]);
    return this.#take(key, missed, value === undefined && known.size === 0 ? undefined : listed);
  }

  /** Gives the keychain what it missed. Who had to do so without the lock looks whether it has missed more since. */
  async #take(key: string, { text }: Missed, value: string | undefined): Promise<string | undefined> {
    await (value === undefined ? this.#keychain.delete(key) : this.#keychain.set(key, value));
    if ((await this.#stopgap.get(key)) !== text) return this.#takeBack(key);
    await this.#settle(key);
    return value;
  }

  async #settle(key: string): Promise<void> {
    if ((await this.#stopgap.get(key)) !== undefined) await this.#stopgap.delete(key);
    if (this.#drift.has(key)) await this.#drift.remove(key);
  }
}
