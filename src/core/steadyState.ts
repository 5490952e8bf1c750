import { isDeepStrictEqual } from 'node:util';
import type { FailureError } from './record/failure.ts';
import { TaskQueue } from './taskQueue.ts';
import { vaultFailure } from './vault/vaultFailure.ts';

/** What VS Code remembers for an extension: its `Memento`. */
export interface State {
  /** The caller knows the type; without a fallback it is `undefined` where there is nothing. */
  get: <T>(key: string, fallback?: T) => T;
  keys: () => readonly string[];
  /** A value is JSON; `undefined` removes the key. */
  update: (key: string, value: unknown) => PromiseLike<void>;
}

/** Times that one value is written at most. */
const most = 5;

/**
 * A memory that has what was put into it. VS Code keeps all keys of an extension in one object, and replaces it by what its main
 * process tells of an earlier write, of this window or another, together with what was put into it meanwhile. So one write waits
 * for another, and is done again when it is not there afterwards; also once when it is as before a moment later, since another
 * window may have been writing what it had read before: what was taken back would be allowed again.
 */
export class SteadyState implements State {
  readonly #state: State;
  readonly #writes = new TaskQueue();
  /** What was put in and is not known to be written. */
  readonly #waiting = new Map<string, Put>();
  readonly #last = new Map<string, Put>();
  readonly #moment: () => Promise<void>;

  /** @param moment waits until what other windows were writing has come */
  constructor(state: State, moment: () => Promise<void>) {
    this.#state = state;
    this.#moment = moment;
  }

  get<T>(key: string, fallback?: T): T {
    const waiting = this.#waiting.get(key);
    if (waiting === undefined) return this.#state.get(key, fallback);
    return (waiting.value === undefined ? fallback : waiting.value) as T;
  }

  keys(): readonly string[] {
    const all = new Set(this.#state.keys());
    for (const [key, { value }] of this.#waiting)
      if (value === undefined) all.delete(key);
      else all.add(key);
    return [...all];
  }

  /** @throws FailureError of kind `vault` when it was not kept */
  async update(key: string, value: unknown): Promise<void> {
    const put = { value };
    this.#last.set(key, put);
    const before = await this.#put(key, put);
    void this.#lookAgain(key, put, before).catch(() => undefined);
  }

  /** @returns what was there before */
  #put(key: string, put: Put): Promise<unknown> {
    this.#waiting.set(key, put);
    return this.#writes.run('', async () => {
      const before = this.#kept(key);
      try {
        for (let times = 0; times < most; times++) {
          await this.#write(key, put.value);
          if (isDeepStrictEqual(this.#kept(key), asKept(put.value))) return before;
        }
      } finally {
        if (this.#waiting.get(key) === put) this.#waiting.delete(key);
      }
      throw notKept('VS Code did not keep this: other windows write at the same moment.');
    });
  }

  async #write(key: string, value: unknown): Promise<void> {
    try {
      await this.#state.update(key, value);
    } catch (thrown) {
      throw notKept(
        `VS Code could not keep this: ${thrown instanceof Error ? thrown.message : 'unknown'}`,
        thrown,
      );
    }
  }

  #kept(key: string): unknown {
    return asKept(this.#state.get<unknown>(key));
  }

  async #lookAgain(key: string, put: Put, before: unknown): Promise<void> {
    await this.#moment();
    const isBack =
      isDeepStrictEqual(this.#kept(key), before) && !isDeepStrictEqual(before, asKept(put.value));
    if (isBack && this.#last.get(key) === put) await this.#put(key, put);
  }
}

function notKept(message: string, cause?: unknown): FailureError {
  return vaultFailure('failed', message, 'Try it again.', cause);
}

/** What was put in; an absent value was removed. */
interface Put {
  readonly value: unknown;
}

/** As JSON has it, without members that are undefined. */
function asKept(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}
