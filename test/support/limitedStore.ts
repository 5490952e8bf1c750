import type { Vault } from '../../src/core/vault/vault.ts';

/** When the store fails: before it did anything, or after (as when the answer is lost). */
export type FailureMode = 'before' | 'after';

/** A store in memory that holds few bytes an entry, as Windows' does, and fails when told to. */
export class LimitedStore implements Vault {
  readonly entries: Map<string, string>;
  readonly #limit: number;
  #calls = 0;
  #failing: ((call: number) => boolean) | undefined;
  #mode: FailureMode = 'before';

  constructor(limit = 2560, entries = new Map<string, string>()) {
    this.#limit = limit;
    this.entries = entries;
  }

  /** How many calls there were. */
  get calls(): number {
    return this.#calls;
  }

  /** From now on fails each call for which `failing` says so; calls are counted from 0. */
  fail(failing: (call: number) => boolean, mode: FailureMode = 'before'): void {
    this.#calls = 0;
    this.#failing = failing;
    this.#mode = mode;
  }

  heal(): void {
    this.#failing = undefined;
  }

  get(key: string): Promise<string | undefined> {
    return this.#call(() => this.entries.get(key));
  }

  set(key: string, value: string): Promise<void> {
    return this.#call(() => {
      assert(Buffer.byteLength(value) <= this.#limit, 'the value is too long for this store');
      assert(value !== '' && key !== '', 'keytar takes no empty text');
      assert(key.length <= 513, 'the account is too long for Windows');
      // What a C string and UTF-8 make of it.
      this.entries.set(key, Buffer.from(value.split('\0')[0] ?? '').toString());
    });
  }

  delete(key: string): Promise<void> {
    return this.#call(() => void this.entries.delete(key));
  }

  async #call<T>(operation: () => T): Promise<T> {
    await Promise.resolve();
    const fails = this.#failing?.(this.#calls++) ?? false;
    if (fails && this.#mode === 'before') throw new Error('the store failed');
    const result = operation();
    if (fails) throw new Error('the store failed, but too late');
    return result;
  }
}

function assert(condition: boolean, message: string): void {
  if (!condition) throw new Error(message);
}
