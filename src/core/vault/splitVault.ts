import { cut, formatHead, hashOf, parseHead, partKey, type Head, type Slot } from './splitParts.ts';
import { TaskQueue } from './taskQueue.ts';
import type { Vault } from './vault.ts';
import { vaultFailure } from './vaultFailure.ts';

/**
 * Bytes a Windows credential may hold (CRED_MAX_CREDENTIAL_BLOB_SIZE, 5 * 512). keytar hands the value over as UTF-8
 * (`cred.CredentialBlobSize = password.size()` in its src/keytar_win.cc), so UTF-8 bytes are what counts.
 *
 * @see https://learn.microsoft.com/windows/win32/api/wincred/ns-wincred-credentialw
 */
export const windowsLimit = 2560;

/** Most UTF-8 bytes of a value. */
export const longestValue = 256 * 1024;

/**
 * Makes values up to 256 KiB round-trip over a store whose entries hold few bytes.
 *
 * A value that fits is stored as it is under its key. A longer one goes in parts into one of two slots, and then one write of
 * the key's own entry, which names slot, number of parts and hash, switches over to it: until that write the old value stays
 * readable, and a mixture of two writes is never returned. Whatever a failed write left is overwritten or removed by the next.
 */
export class SplitVault implements Vault {
  readonly #store: Vault;
  readonly #limit: number;
  readonly #queue = new TaskQueue();

  /** @param limit UTF-8 bytes an entry of `store` holds. */
  constructor(store: Vault, limit = windowsLimit) {
    this.#store = store;
    this.#limit = limit;
  }

  get(key: string): Promise<string | undefined> {
    return this.#queue.run(key, () => this.#read(key));
  }

  /** @throws FailureError of kind `vault`; the old value is then still there, or the new one is. */
  set(key: string, value: string): Promise<void> {
    return this.#queue.run(key, () => this.#write(key, value));
  }

  delete(key: string): Promise<void> {
    return this.#queue.run(key, async () => {
      await this.#store.delete(key);
      await this.#clear(key, 'a', 0);
      await this.#clear(key, 'b', 0);
    });
  }

  async #read(key: string): Promise<string | undefined> {
    // Twice: another window may switch slots between our reads.
    for (let attempt = 0; attempt < 2; attempt++) {
      const entry = await this.#store.get(key);
      const head = parseHead(entry);
      if (!head) return entry;
      const value = await this.#join(key, head);
      if (value !== undefined) return value;
    }
    throw vaultFailure(
      'incomplete',
      'A stored value is incomplete: an earlier write was interrupted.',
      'Enter the client secret again, or get a new token.',
    );
  }

  async #join(key: string, head: Head): Promise<string | undefined> {
    let text = '';
    for (let index = 0; index < head.count; index++) {
      const part = await this.#store.get(partKey(key, head.slot, index));
      if (part === undefined) return undefined;
      text += part;
    }
    return hashOf(text) === head.hash ? (JSON.parse(text) as string) : undefined;
  }

  async #write(key: string, value: string): Promise<void> {
    if (Buffer.byteLength(value) > longestValue)
      throw vaultFailure(
        'too_large',
        `A value of more than ${longestValue / 1024} KiB cannot be kept in the keychain.`,
        'Ask the server for a smaller token, for instance with fewer scopes.',
      );
    if (this.#fits(value)) {
      await this.#store.set(key, value);
      await this.#tidy(key, undefined);
      return;
    }
    const current = parseHead(await this.#store.get(key));
    const text = JSON.stringify(value);
    const parts = cut(text, this.#limit);
    const head: Head = { slot: current?.slot === 'a' ? 'b' : 'a', count: parts.length, hash: hashOf(text) };
    await this.#writeParts(key, head.slot, parts);
    await this.#switchTo(key, head);
    await this.#tidy(key, head);
  }

  /** Whether the store keeps the value as it is: short enough, not empty, and the same after C strings and UTF-8. */
  #fits(value: string): boolean {
    return (
      value !== '' &&
      Buffer.byteLength(value) <= this.#limit &&
      !/[\0\p{Cs}]/u.test(value) &&
      parseHead(value) === undefined
    );
  }

  async #writeParts(key: string, slot: Slot, parts: readonly string[]): Promise<void> {
    try {
      for (const [index, part] of parts.entries()) await this.#store.set(partKey(key, slot, index), part);
    } catch (error) {
      await this.#tidySlot(key, slot, 0);
      throw error;
    }
  }

  async #switchTo(key: string, head: Head): Promise<void> {
    const entry = formatHead(head);
    try {
      await this.#store.set(key, entry);
    } catch (error) {
      // The write may have arrived although its answer did not. When that cannot be found out, both values stay complete.
      const now = await this.#store.get(key).catch(() => entry);
      if (now !== entry) await this.#tidySlot(key, head.slot, 0);
      throw error;
    }
  }

  /** Removes every part that `head` does not name. The value is complete already: what fails here is done by the next write. */
  async #tidy(key: string, head: Head | undefined): Promise<void> {
    for (const slot of ['a', 'b'] as const)
      await this.#tidySlot(key, slot, head?.slot === slot ? head.count : 0);
  }

  async #tidySlot(key: string, slot: Slot, from: number): Promise<void> {
    await this.#clear(key, slot, from).catch(() => undefined);
  }

  /** Parts are written upwards and removed downwards, so that those of a slot are always 0 to n without a gap. */
  async #clear(key: string, slot: Slot, from: number): Promise<void> {
    let end = from;
    while ((await this.#store.get(partKey(key, slot, end))) !== undefined) end++;
    for (let index = end - 1; index >= from; index--) await this.#store.delete(partKey(key, slot, index));
  }
}
