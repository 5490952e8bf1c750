import { randomBytes } from 'node:crypto';
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
 * finds what an interrupted write left. A write removes what it replaced or wrote itself, and nothing else: so nothing is lost,
 * whatever fails in however many windows, unless somebody deletes.
 *
 * Only a deletion, and `removeLeft` for what it marked when an earlier window started, remove what is announced and not in use. Whether
 * its window is dead or about to switch cannot be told: a keychain has neither a lock nor a write that depends on what is there. So
 * a window looks for the mark right before it switches and once more behind, and writes anew. What no order of such calls can close:
 * between look and switch others remove the parts and store a value, the switch replaces that, and then all further calls of its window
 * fail. The value then reads as absent.
 */
export class SplitVault implements Vault {
  readonly #store: Vault;
  readonly #limit: number;
  readonly #queue = new TaskQueue();
  readonly #places: readonly Place[];
  readonly #draw: () => string;

  /**
   * @param limit UTF-8 bytes an entry of `store` holds
   * @param draw makes what no other write has
   */
  constructor(
    store: Vault,
    limit = windowsLimit,
    draw: () => string = () => randomBytes(9).toString('base64url'),
  ) {
    this.#store = store;
    this.#limit = limit;
    this.#draw = draw;
    // Where nothing is split, there may be parts of 0.1.0.
    this.#places = limit < longestValue ? places : places.slice(0, 2);
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
      const old = await this.#store.get(key);
      await this.#store.delete(key);
      await this.#remove(key, parseHead(old));
      await this.#sweep(key, undefined);
      // 0.1.0 announced nothing; it wrote upwards and removed downwards, so that what is left is 0 to n.
      for (const name of this.#places) {
        let count = 0;
        while ((await this.#store.get(partKey(key, name, count))) !== undefined) count++;
        await this.#remove(key, { name, count, hash: '' });
      }
    });
  }

  /**
   * Removes what windows that died left of long values. What is announced and not in use is marked, since its window may live, and
   * goes the next time.
   *
   * @param accounts all that the store has entries for
   */
  async removeLeft(accounts: readonly string[]): Promise<void> {
    const parts = accounts.map((account) => ({ account, ...partOf(account) }));
    for (const key of new Set(parts.map((part) => part.key)))
      if (key !== undefined)
        await this.#queue.run(key, async () => this.#sweep(key, (await this.#store.get(key)) ?? ''));
    for (const { account, key, name } of parts)
      if (key !== undefined && name !== undefined)
        await this.#queue.run(key, async () => {
          if (!(await this.#isNamed(key, name))) await this.#store.delete(account);
        });
  }

  /** Whether parts of that name are announced or in use; asked in this order, since a window announces before it switches over. */
  async #isNamed(key: string, name: string): Promise<boolean> {
    const announced = await this.#store.get(placeKey(key, name));
    if (parseHead(announced?.replace(/^-/, ''))?.name === name) return true;
    return parseHead(await this.#store.get(key))?.name === name;
  }

  /** Absent where parts are missing or of another write. */
  async #read(key: string): Promise<{ readonly value: string | undefined } | undefined> {
    let head: Head | undefined;
    // Again: another window may switch over between our reads.
    for (let attempt = 0; attempt < mostAttempts; attempt++) {
      const entry = await this.#store.get(key);
      head = parseHead(entry);
      if (!head) return { value: entry };
      const value = await this.#join(key, head);
      if (value !== undefined) return { value };
    }
    return head && (await this.#wasTaken(key, head)) ? { value: undefined } : undefined;
  }

  /** Whether another window removed the parts before they were in use, and the write that switched to them then failed, as it said. */
  async #wasTaken(key: string, head: Head): Promise<boolean> {
    return head.name.length > 1 && (await this.#store.get(placeKey(key, head.name))) !== formatHead(head);
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
    if (this.#fits(value)) {
      const old = await this.#store.get(key);
      await this.#store.set(key, value);
      return this.#tidy(key, [old]);
    }
    const parts = cut(JSON.stringify(value), this.#limit);
    /** What counts no more once this value does, and what was in vain. */
    const stale = new Set<string | undefined>();
    let isDamaged = false;
    for (let attempt = 0; attempt < mostAttempts; attempt++) {
      const put = () => this.#put(key, parts);
      // Once the key's entry names what is damaged, a failure would leave it so.
      const { old, entry, isInUse }: Put = await (isDamaged ? again(put) : put());
      if (!isInUse) {
        // At once: no more is announced of it, and the next attempt may fail.
        await this.#tidy(key, [entry]);
        continue;
      }
      stale.add(old);
      if ((await again(() => this.#store.get(placeOf(key, entry)))) === entry) return this.#tidy(key, stale);
      stale.add(entry);
      // Others found it before it was in use. Where they also replaced or deleted it, that counts.
      isDamaged = (await again(() => this.#store.get(key))) === entry;
      if (!isDamaged) return this.#tidy(key, stale);
    }
    await this.#tidy(key, stale);
    throw incomplete();
  }

  /** Announces, writes and switches over to a value, unless another window found it meanwhile. @returns also what it replaced */
  async #put(key: string, parts: readonly string[]): Promise<Put> {
    const name = await this.#freeName(key);
    const entry = formatHead({ name, count: parts.length, hash: s256(parts.join('')) });
    let old: string | undefined;
    try {
      await this.#store.set(placeKey(key, name), entry);
      for (const [index, part] of parts.entries()) await this.#store.set(partKey(key, name, index), part);
      old = await this.#store.get(key);
      // As late as can be: what is marked may be gone once it is in use.
      if ((await this.#store.get(placeKey(key, name))) !== entry) return { old, entry, isInUse: false };
      await this.#store.set(key, entry);
    } catch (error) {
      // The write may have arrived although its answer did not: then it counts. When that cannot be found out, both values stay.
      const now = await again(() => this.#store.get(key)).catch(() => error);
      if (now !== entry) {
        if (now !== error) await this.#tidy(key, [entry]);
        throw error;
      }
    }
    return { old, entry, isInUse: true };
  }

  /** A name nobody used, whose place holds no announcement, or one that was marked and goes now, while there is such a place. */
  async #freeName(key: string): Promise<string> {
    const drawn = this.#draw();
    const first = drawn.charCodeAt(0);
    const names = this.#places.map(
      (_, at) => `${this.#places[(first + at) % this.#places.length] ?? ''}${drawn}`,
    );
    for (const name of names) if ((await this.#store.get(placeKey(key, name))) === undefined) return name;
    for (const name of names) {
      const text = await this.#store.get(placeKey(key, name));
      if (text === undefined) return name;
      const marked = text.startsWith('-') ? text.slice(1) : undefined;
      if (marked === undefined || (await this.#store.get(key)) === marked) continue;
      await this.#remove(key, parseHead(marked));
      return name;
    }
    return names[0] ?? drawn;
  }

  /** Removes the parts of values that count no more. The one that counts is complete already: what stays is for `removeLeft`. */
  async #tidy(key: string, entries: Iterable<string | undefined>): Promise<void> {
    for (const entry of entries)
      await again(() => this.#remove(key, parseHead(entry))).catch(() => undefined);
  }

  /** Removes whatever is announced and not in use. */
  async #sweep(key: string, used: string | undefined): Promise<void> {
    for (const place of this.#places) {
      const at = placeKey(key, place);
      const text = await this.#store.get(at);
      const entry = text?.replace(/^-/, '');
      if (text === undefined || entry === used) continue;
      const head = parseHead(entry);
      if (!head) await this.#store.delete(at);
      else if (text === entry) {
        await this.#store.set(at, `-${entry}`);
        // Its window may go on and die: what it writes from now on is found by the name that is announced.
        if (used !== undefined) continue;
      }
      if ((await this.#store.get(key)) !== entry) await this.#remove(key, head);
    }
  }

  /** Removes the parts of a value that will not be in use again, and its announcement last. */
  async #remove(key: string, head: Head | undefined): Promise<void> {
    if (!head) return;
    const { name, count } = head;
    for (let at = count - 1; at >= 0; at--) await this.#store.delete(partKey(key, name, at));
    // 0.1.0 announced nothing, and the place may be another's by now.
    const announced = name.length > 1 ? await this.#store.get(placeKey(key, name)) : undefined;
    if (announced?.replace(/^-/, '') === formatHead(head)) await this.#store.delete(placeKey(key, name));
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

/** What came of writing a long value: what the key held before, what names the new one, and whether the key does by now. */
interface Put {
  readonly old: string | undefined;
  readonly entry: string;
  readonly isInUse: boolean;
}

const placeOf = (key: string, entry: string) => placeKey(key, parseHead(entry)?.name ?? '');

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
