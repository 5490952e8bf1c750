import { s256 } from '../s256.ts';
import {
  cut,
  formatHead,
  parseHead,
  partKey,
  partOf,
  placeKey,
  places,
  type Head,
  type Place,
} from './splitParts.ts';
import { partNames, type PartNames } from './partNames.ts';
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

/**
 * Makes values up to 256 KiB round-trip over a store whose entries hold few bytes, and which other windows write, too.
 *
 * A value that fits is stored as it is under its key. A longer one goes in parts, whose names no other write uses, and then one
 * write of the key's own entry, which holds that name, number of parts and hash, switches over to it: until that write the old
 * value stays readable, and a mixture of two writes is never returned. The name is announced before, so that whoever comes later
 * finds what an interrupted write left.
 *
 * Parts are removed only when they can never be in use again: a window removes what it replaced or deleted, and what is announced
 * and not in use once its write is over. Get, set and delete alone do not tell that: a window that stops right before it switches
 * looks like one that died, and removing its parts, or leaving them, is wrong in one of both cases. So the name also tells which
 * process writes: while it lives, nobody else touches its parts. It says in the announcement when it has switched, and looks behind
 * whether it is still in use: either it or a deletion sees the other.
 */
export class SplitVault implements Vault {
  readonly #store: Vault;
  readonly #limit: number;
  readonly #queue = new TaskQueue();
  readonly #places: readonly Place[];
  readonly #names: PartNames;

  /** @param limit UTF-8 bytes an entry of `store` holds */
  constructor(store: Vault, limit = windowsLimit, names = partNames) {
    this.#store = store;
    this.#limit = limit;
    this.#names = names;
    // Where nothing is split, there may be parts of 0.1.0.
    this.#places = limit < longestValue ? places : places.slice(0, 2);
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
      const old = await this.#store.get(key);
      await this.#store.delete(key);
      await this.#remove(key, parseHead(old));
      await this.#sweep(key);
      // 0.1.0 announced nothing; it wrote upwards and removed downwards, so that what is left is 0 to n.
      for (const name of this.#places) {
        let count = 0;
        while ((await this.#store.get(partKey(key, name, count))) !== undefined) count++;
        await this.#remove(key, { name, count, hash: '' });
      }
    });
  }

  /**
   * Removes what windows that died left of long values.
   *
   * @param accounts all that the store has entries for
   */
  async removeLeft(accounts: readonly string[]): Promise<void> {
    const parts = accounts.map((account) => ({ account, ...partOf(account) }));
    for (const key of new Set(parts.map((part) => part.key)))
      if (key !== undefined) await this.#queue.run(key, () => this.#sweep(key));
    for (const { account, key, name } of parts)
      if (key !== undefined && name !== undefined)
        await this.#queue.run(key, async () => {
          if (!(await this.#isNamed(key, name))) await this.#store.delete(account);
        });
  }

  /** Whether parts of that name are announced or in use; asked in this order, since a window announces before it switches over. */
  async #isNamed(key: string, name: string): Promise<boolean> {
    if (this.#isUnderWay(name)) return true;
    const announced = announcedBy(await this.#store.get(placeKey(key, name)));
    return announced?.name === name || parseHead(await this.#store.get(key))?.name === name;
  }

  #isUnderWay(name: string): boolean {
    return this.#names.isUnderWay(name.slice(1));
  }

  async #read(key: string): Promise<string | undefined> {
    // Again: another window may switch over between our reads.
    for (let attempt = 0; attempt < mostAttempts; attempt++) {
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
      const part = await this.#store.get(partKey(key, head.name, index));
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
    let old: string | undefined;
    if (this.#fits(value)) {
      old = await this.#store.get(key);
      await this.#store.set(key, value);
    } else {
      const drawn = this.#names.draw();
      try {
        old = await this.#put(key, drawn, cut(JSON.stringify(value), this.#limit));
      } finally {
        this.#names.release(drawn);
      }
    }
    await this.#tidy(() => this.#remove(key, parseHead(old)));
  }

  /** Announces, writes and switches over to a value. @returns what it replaced */
  async #put(key: string, drawn: string, parts: readonly string[]): Promise<string | undefined> {
    const name = await this.#freeName(key, drawn);
    const head = { name, count: parts.length, hash: s256(parts.join('')) };
    const entry = formatHead(head);
    let old: string | undefined;
    try {
      await this.#store.set(placeKey(key, name), underWay + entry);
      for (const [index, part] of parts.entries()) await this.#store.set(partKey(key, name, index), part);
      old = await this.#store.get(key);
      await this.#store.set(key, entry);
    } catch (error) {
      // The write may have arrived although its answer did not: then it counts. When that cannot be found out, both values stay.
      const now = await again(() => this.#store.get(key)).catch(() => error);
      if (now !== entry) {
        if (now !== error) await this.#tidy(() => this.#remove(key, head));
        throw error;
      }
    }
    await this.#tidy(() => this.#settle(key, head));
    return old;
  }

  /** Says that a value is in use, so that whoever deletes it removes its parts; does so itself when that has happened. */
  async #settle(key: string, head: Head): Promise<void> {
    const at = placeKey(key, head.name);
    const entry = formatHead(head);
    const there = await this.#store.get(at);
    if (there !== underWay + entry) {
      if ((await this.#store.get(key)) !== entry) return this.#remove(key, head);
      // Another window drew the same place at the same time: from now on it is announced no more.
      await this.#removeUnused(key, there);
    }
    await this.#store.set(at, entry);
    await this.#removeUnused(key, entry);
  }

  /** A name whose place is free; where none is, even after a sweep, the one that was drawn first. */
  async #freeName(key: string, drawn: string): Promise<string> {
    const first = drawn.charCodeAt(0);
    const names = this.#places.map(
      (_, at) => `${this.#places[(first + at) % this.#places.length] ?? ''}${drawn}`,
    );
    for (const tidied of [false, true]) {
      if (tidied) await this.#sweep(key);
      for (const name of names) if ((await this.#store.get(placeKey(key, name))) === undefined) return name;
    }
    return names[0] ?? drawn;
  }

  /** Tidies up behind a write. The value that counts is complete already: what stays is for `removeLeft` and deletions. */
  async #tidy(act: () => Promise<void>): Promise<void> {
    await again(act).catch(() => undefined);
  }

  /** Removes whatever is announced, not in use and not under way. */
  async #sweep(key: string): Promise<void> {
    for (const place of this.#places) {
      const at = placeKey(key, place);
      const text = await this.#store.get(at);
      if (text !== undefined && !announcedBy(text)) await this.#store.delete(at);
      await this.#removeUnused(key, text);
    }
  }

  async #removeUnused(key: string, announcement: string | undefined): Promise<void> {
    const head = announcedBy(announcement);
    if (!head || (announcement?.startsWith(underWay) && this.#isUnderWay(head.name))) return;
    if ((await this.#store.get(key)) !== formatHead(head)) await this.#remove(key, head);
  }

  /** Removes the parts of a value that will not be in use again, and its announcement last. */
  async #remove(key: string, head: Head | undefined): Promise<void> {
    if (!head) return;
    const { name, count } = head;
    for (let at = count - 1; at >= 0; at--) await this.#store.delete(partKey(key, name, at));
    // 0.1.0 announced nothing, and the place may be another's by now.
    if (name.length < 2) return;
    const announced = announcedBy(await this.#store.get(placeKey(key, name)));
    if (announced?.name === name) await this.#store.delete(placeKey(key, name));
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
}

/** What an announcement begins with until its value is in use. */
const underWay = '+';

/** The value that is announced; earlier versions put `-` before one that was to be removed. */
const announcedBy = (text: string | undefined) => parseHead(text?.replace(/^[+-]/, ''));

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
