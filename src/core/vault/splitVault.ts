import { randomInt } from 'node:crypto';
import { s256 } from '../s256.ts';
import { cut, formatHead, parseHead, partKey, slots, type Head, type Slot } from './splitParts.ts';
import { TaskQueue } from '../taskQueue.ts';
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

/** Vaults made in this process: each gets slots of its own. */
const made = { count: randomInt(slots.length / 2) };

/**
 * Makes values up to 256 KiB round-trip over a store whose entries hold few bytes, and which other windows write, too.
 *
 * A value that fits is stored as it is under its key. A longer one goes in parts into one of two slots of this window, and then
 * one write of the key's own entry, which names slot, number of parts and hash, switches over to it: until that write the old
 * value stays readable, and a mixture of two writes is never returned. Whatever a failed write left is removed by the next. Who
 * has written looks whether another window's tidying took parts of it, and who has tidied puts back what turns out to be in use.
 */
export class SplitVault implements Vault {
  readonly #store: Vault;
  readonly #limit: number;
  readonly #queue = new TaskQueue();
  readonly #own: readonly [Slot, Slot];
  readonly #slots: readonly Slot[];
  /** How many missing parts in a row a deletion takes for the end of a slot. */
  readonly #gap: number;

  /** @param limit UTF-8 bytes an entry of `store` holds. */
  constructor(store: Vault, limit = windowsLimit) {
    this.#store = store;
    this.#limit = limit;
    // Where nothing is split, there may be parts of 0.1.0.
    const splits = limit < longestValue;
    this.#slots = splits ? slots : slots.slice(0, 2);
    this.#gap = splits ? 16 : 1;
    const pair = (made.count++ * 2) % this.#slots.length;
    this.#own = [this.#slots[pair] ?? 'a', this.#slots[pair + 1] ?? 'b'];
  }

  get(key: string): Promise<string | undefined> {
    return this.#queue.run(key, async () => {
      const found = await this.#read(key);
      if (found === undefined) throw incomplete();
      return found.value;
    });
  }

  /** @throws FailureError of kind `vault`; the old value is then still there, or the new one is. */
  set(key: string, value: string): Promise<void> {
    return this.#queue.run(key, () => this.#write(key, value));
  }

  delete(key: string): Promise<void> {
    return this.#queue.run(key, async () => {
      for (let attempt = 0; attempt < mostAttempts; attempt++) {
        const remove = () => this.#store.delete(key);
        // What was found damaged must not stay so.
        await (attempt === 0 ? remove() : again(remove));
        for (const slot of this.#slots) await this.#clear(key, slot, 0, this.#gap);
        // Another window's value that came meanwhile may have lost parts to this: it is deleted, too.
        if ((await this.#read(key)) !== undefined) return;
      }
    });
  }

  /** Absent where parts are missing or of another write. */
  async #read(key: string): Promise<{ readonly value: string | undefined } | undefined> {
    // Again: another window may switch slots between our reads.
    for (let attempt = 0; attempt < mostAttempts; attempt++) {
      const entry = await this.#store.get(key);
      const head = parseHead(entry);
      if (!head) return { value: entry };
      const value = await this.#join(key, head);
      if (value !== undefined) return { value };
    }
    return undefined;
  }

  async #join(key: string, head: Head): Promise<string | undefined> {
    let text = '';
    for (let index = 0; index < head.count; index++) {
      const part = await this.#store.get(partKey(key, head.slot, index));
      if (part === undefined) return undefined;
      text += part;
    }
    return s256(text) === head.hash ? (JSON.parse(text) as string) : undefined;
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
      await this.#tidy(key, value);
      return;
    }
    const parts = cut(JSON.stringify(value), this.#limit);
    const hash = s256(parts.join(''));
    let current = parseHead(await this.#store.get(key));
    let stale: Head | undefined;
    for (let attempt = 0; attempt < mostAttempts; attempt++) {
      const slot = await this.#freeSlot(key, current);
      const head: Head = { slot, count: parts.length, hash };
      const store = async () => {
        await this.#writeParts(key, slot, parts);
        await this.#switchTo(key, head);
      };
      // Once the key's entry names what is damaged, a failure would leave it so.
      await (stale === undefined ? store() : again(store));
      if (stale !== undefined) await this.#removeParts(key, stale);
      const found = await again(() => this.#afterSwitch(key, head));
      if (found === 'kept') return this.#tidy(key, formatHead(head));
      if (found === 'replaced') return this.#removeParts(key, head);
      stale = head;
      current = head;
    }
    throw incomplete();
  }

  /** One of our slots that the key's entry does not name, empty if there is one: what it holds another window may be removing. */
  async #freeSlot(key: string, current: Head | undefined): Promise<Slot> {
    const [first, second] = this.#own;
    if (current?.slot === first) return second;
    if (current?.slot === second) return first;
    return (await this.#store.get(partKey(key, first, 0))) === undefined ? first : second;
  }

  /** What became of what was just written: other windows replace and delete, and their tidying may have taken parts of it. */
  async #afterSwitch(key: string, head: Head): Promise<'kept' | 'replaced' | 'damaged'> {
    const isOurs = async () => (await this.#store.get(key)) === formatHead(head);
    if (!(await isOurs())) return 'replaced';
    if ((await this.#join(key, head)) !== undefined) return 'kept';
    return (await isOurs()) ? 'damaged' : 'replaced';
  }

  /** Removes what is left of a value that counts no more, also where parts of it are missing; a failure is the next write's. */
  async #removeParts(key: string, { slot, count }: Head): Promise<void> {
    try {
      // Another window may have drawn the same slots: what the key's entry names now is not ours to remove.
      if (parseHead(await this.#store.get(key))?.slot === slot) return;
      for (let at = count - 1; at >= 0; at--) await this.#store.delete(partKey(key, slot, at));
    } catch {
      // As after any write that was interrupted.
    }
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
      await this.#clear(key, slot, 0).catch(() => undefined);
      throw error;
    }
  }

  async #switchTo(key: string, head: Head): Promise<void> {
    const entry = formatHead(head);
    try {
      await this.#store.set(key, entry);
    } catch (error) {
      // The write may have arrived although its answer did not: then it counts. When that cannot be found out, both values stay.
      const now = await again(() => this.#store.get(key)).catch(() => undefined);
      if (now === entry) return;
      if (now !== undefined) await this.#clear(key, head.slot, 0).catch(() => undefined);
      throw error;
    }
  }

  /**
   * Removes every part that the key's entry does not name. The value is complete already: what fails here is done by the next
   * write.
   *
   * @param entry what this window wrote last
   */
  async #tidy(key: string, entry: string): Promise<void> {
    for (const slot of this.#slots)
      try {
        const now = await this.#usedParts(key, entry, slot);
        if (now !== undefined) await this.#clear(key, slot, now);
      } catch {
        // The next write tidies.
      }
  }

  /** How many parts of the slot are in use; undefined when there is nothing to tidy, or that is up to another window now. */
  async #usedParts(key: string, entry: string, slot: Slot): Promise<number | undefined> {
    const written = parseHead(entry);
    const used = written?.slot === slot ? written.count : 0;
    if ((await this.#store.get(partKey(key, slot, used))) === undefined) return undefined;
    const now = await this.#store.get(key);
    if (now === entry) return used;
    // Replaced or deleted by another window: it tidies, but for what it does not know of.
    const isOurs = this.#own.includes(slot) && parseHead(now)?.slot !== slot;
    return isOurs ? 0 : undefined;
  }

  /**
   * Parts are written upwards and removed downwards, so that those of a slot are 0 to n without a gap, unless two windows met
   * there. What another window switched over to meanwhile is put back.
   *
   * @param gap how many missing parts in a row end the search
   */
  async #clear(key: string, slot: Slot, from: number, gap = 1): Promise<void> {
    const parts = new Map<number, string>();
    for (let at = from, missing = 0; missing < gap; at++) {
      const part = await this.#store.get(partKey(key, slot, at));
      if (part !== undefined) parts.set(at, part);
      missing = part === undefined ? missing + 1 : 0;
    }
    for (let attempt = 0; parts.size > 0 && attempt < mostAttempts; attempt++) {
      for (const at of [...parts.keys()].reverse()) {
        // Written anew since it was looked for? That is what would have to be put back.
        await again(async () => {
          const part = await this.#store.get(partKey(key, slot, at));
          if (part !== undefined) parts.set(at, part);
          await this.#store.delete(partKey(key, slot, at));
        });
      }
      if (!(await again(() => this.#isTaken(key, slot, parts)))) return;
      for (const [at, part] of parts)
        await again(async () => {
          // What is there is the other window's, and newer.
          const now = await this.#store.get(partKey(key, slot, at));
          if (now === undefined) await this.#store.set(partKey(key, slot, at), part);
        });
      // Its window may have noticed before, and written it elsewhere.
      if (parseHead(await again(() => this.#store.get(key)))?.slot === slot) return;
    }
  }

  /** Whether the parts that were removed from a slot are missing in the value that the key's entry names now. */
  async #isTaken(key: string, slot: Slot, parts: ReadonlyMap<number, string>): Promise<boolean> {
    const head = parseHead(await this.#store.get(key));
    if (head?.slot !== slot) return false;
    if ((await this.#join(key, head)) !== undefined) return false;
    let text = '';
    for (let at = 0; at < head.count; at++)
      text += (await this.#store.get(partKey(key, slot, at))) ?? parts.get(at) ?? '';
    return s256(text) === head.hash;
  }
}

/** How often something is done anew that another window came between. */
const mostAttempts = 4;

/** Does what must not stay half done once more when it fails: keychains fail once, such as while they are unlocked. */
async function again<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch {
    return act();
  }
}

function incomplete(): Error {
  return vaultFailure(
    'incomplete',
    'A stored value is incomplete: an earlier write was interrupted.',
    'Enter the client secret again, or get a new token.',
  );
}
