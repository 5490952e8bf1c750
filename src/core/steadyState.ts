import { isDeepStrictEqual } from 'node:util';
import { TaskQueue } from './taskQueue.ts';

/** What VS Code remembers for an extension: its `Memento`. */
export interface State {
  /** The caller knows the type; without a fallback it is `undefined` where there is nothing. */
  get<T>(key: string, fallback?: T): T;
  keys(): readonly string[];
  /** A value is JSON; `undefined` removes the key. */
  update(key: string, value: unknown): PromiseLike<void>;
}

/** Times that one value is written at most. */
const most = 5;

/**
 * A memory that has what was put into it. VS Code keeps all keys of an extension in one object, and replaces it by what its main
 * process tells of an earlier write, of this window or another, together with what was put into it meanwhile. So one write waits
 * for another, and is done again when it is not there afterwards.
 */
export class SteadyState implements State {
  readonly #state: State;
  readonly #writes = new TaskQueue();
  /** What was put in and is not known to be written; absent values were removed. */
  readonly #waiting = new Map<string, { readonly value: unknown }>();

  constructor(state: State) {
    this.#state = state;
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

  update(key: string, value: unknown): Promise<void> {
    const waiting = { value };
    this.#waiting.set(key, waiting);
    return this.#writes.run('', async () => {
      try {
        for (let times = 0; times < most; times++) {
          await this.#state.update(key, value);
          if (isDeepStrictEqual(this.#state.get(key), asKept(value))) return;
        }
      } finally {
        if (this.#waiting.get(key) === waiting) this.#waiting.delete(key);
      }
    });
  }
}

/** As JSON has it, without members that are undefined. */
function asKept(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}
