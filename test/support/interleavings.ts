import assert from 'node:assert/strict';
import type { Alone } from '../../src/core/vault/alone.ts';
import type { Vault } from '../../src/core/vault/vault.ts';

/** What happens to one call of a window: it is done, or it fails before or after it was. */
type Fate = 'done' | 'fails before' | 'fails after';

/** The next step of a schedule: which window's waiting call is answered, and how. */
interface Step {
  readonly window: number;
  readonly fate: Fate;
}

/** One call that waits for its turn. */
interface Waiting {
  readonly what: string;
  readonly isWrite: boolean;
  /** Whether it can have its turn: one that waits for the lock has none while another has it. */
  readonly isFree: () => boolean;
  readonly go: (fate: Fate) => void;
}

/** A window's way to the store, and to the lock that the windows share. */
export type Work = (store: Vault, alone: Alone, letGo: () => void) => Promise<unknown>;

/** What came of the work of one window. */
export interface Outcome {
  /** What its work returned; absent where that rejected. */
  readonly value?: unknown;
  readonly error?: unknown;
  /** Calls, of all windows, that were answered before the first and after the last of this window's. */
  readonly began: number;
  readonly ended: number;
}

/** A small world in which windows do their work over one store. */
export interface World {
  /** What the store holds before. */
  readonly entries: ReadonlyMap<string, string>;
  /** The work of each window, over its own way to the store. Must do the same whenever it is answered the same. */
  readonly windows: () => readonly Work[];
  /** How many calls fail at most. */
  readonly failures: number;
  /** How often a window is interrupted by another at most, before it is through; absent: without limit. */
  readonly interruptions?: number;
  /** Judges an end. @throws AssertionError */
  readonly judge: (
    entries: Map<string, string>,
    outcomes: readonly Outcome[],
    failed: boolean,
  ) => Promise<void>;
}

/**
 * Goes through every order in which the calls of the windows can come, with a failure at each. Orders that come to the same
 * (the same store, and each window answered the same until then) are gone on with once; calls for keys that nobody ever writes
 * need no turn, since their order does not matter.
 *
 * @returns how many ends there were
 */
export async function everyInterleaving(world: World): Promise<number> {
  const written = new Set<string>(world.entries.keys());
  for (;;) {
    const before = written.size;
    const ends = await explore(world, written);
    // A key that is written after all: its calls need turns.
    if (written.size === before) return ends;
  }
}

async function explore(world: World, written: Set<string>): Promise<number> {
  const known = written.size;
  const seen = new Set<string>();
  const numbers = new Numbers();
  const schedules: (readonly Step[])[] = [[]];
  let ends = 0;
  for (let next = schedules.pop(); next !== undefined; next = schedules.pop()) {
    const run = new Run(world, written, numbers);
    const taken: Step[] = [];
    for (;;) {
      await run.settled();
      // Once a new key shows up, all is done anew.
      if (written.size > known) return ends;
      const forced = next[taken.length];
      let step = forced;
      if (step === undefined) {
        const state = run.state();
        if (seen.has(state)) break;
        seen.add(state);
        const [first, ...others] = run.choices();
        if (first === undefined) {
          assert.ok(run.isOver(), `Each waits for another: ${run.told.join('; ')}`);
          ends++;
          try {
            await world.judge(run.entries, run.outcomes(), run.failures > 0);
          } catch (error) {
            throw new Error(`In this order: ${run.told.join('; ')}`, { cause: error });
          }
          break;
        }
        for (const other of others) schedules.push([...taken, other]);
        step = first;
      }
      taken.push(step);
      run.take(step);
    }
  }
  return ends;
}

type End = { -readonly [Name in keyof Outcome]: Outcome[Name] };

/** A number for each text, so that what is long is compared once. */
class Numbers {
  readonly #known = new Map<string, number>();

  of(text: string): number {
    const known = this.#known.get(text) ?? this.#known.size;
    if (known === this.#known.size) this.#known.set(text, known);
    return known;
  }
}

class Run {
  readonly entries: Map<string, string>;
  readonly told: string[] = [];
  failures = 0;
  #interruptions = 0;
  #isStuck = false;
  #last: number | undefined;
  /** Which window has the lock. */
  #alone: number | undefined;
  readonly #world: World;
  readonly #waiting: (Waiting | undefined)[] = [];
  readonly #numbers: Numbers;
  /** What each window was answered, as a number of its own; and what the store holds, absent when that has changed. */
  readonly #answered: number[] = [];
  #held: number | undefined;
  readonly #ends: End[] = [];

  constructor(world: World, written: Set<string>, numbers: Numbers) {
    this.#world = world;
    this.#numbers = numbers;
    this.entries = new Map(world.entries);
    for (const [at, work] of world.windows().entries()) {
      this.#answered[at] = -1;
      const end: End = { began: Infinity, ended: Infinity };
      this.#ends[at] = end;
      void (async () => {
        try {
          end.value = await work(this.#way(at, written), this.#lock(at), () => this.#letGo(at));
        } catch (error) {
          end.error = error;
        }
        end.ended = this.told.length;
      })();
    }
  }

  /** All that decides how it goes on: the store, and what each window was answered. */
  state(): string {
    this.#held ??= this.#numbers.of(
      [...this.entries]
        .map((entry) => JSON.stringify(entry))
        .sort()
        .join(),
    );
    const order = this.#ends.map(({ began, ended }) =>
      [began < Infinity, ended < Infinity, this.#isBefore(began)].map(Number).join(''),
    );
    return [
      ...[this.#held, this.failures, this.#alone],
      ...[...this.#answered, ...order, ...this.#bounded()],
    ].join();
  }

  choices(): readonly Step[] {
    const isGoingOn = this.#last !== undefined && this.#waiting[this.#last]?.isFree() === true;
    const mustGoOn = isGoingOn && this.#interruptions >= (this.#world.interruptions ?? Infinity);
    return this.#waiting.flatMap((call, window) => {
      if (call?.isFree() !== true || (mustGoOn && window !== this.#last)) return [];
      const fails: readonly Fate[] =
        this.failures >= this.#world.failures || call.what === 'lock'
          ? []
          : call.isWrite
            ? ['fails before', 'fails after']
            : ['fails before'];
      return (['done', ...fails] as const).map((fate) => ({ window, fate }));
    });
  }

  take({ window, fate }: Step): void {
    const call = this.#waiting[window];
    const end = this.#ends[window];
    if (call === undefined || end === undefined) throw new Error('The windows did not do the same again.');
    if (this.#last !== undefined && window !== this.#last && this.#waiting[this.#last]?.isFree() === true)
      this.#interruptions++;
    this.#last = window;
    this.#waiting[window] = undefined;
    end.began = Math.min(end.began, this.told.length);
    this.told.push(`${window} ${call.what}${fate === 'done' ? '' : `, which ${fate}`}`);
    if (fate !== 'done') this.failures++;
    call.go(fate);
  }

  isOver(): boolean {
    return this.#waiting.every((call) => call === undefined);
  }

  outcomes(): readonly Outcome[] {
    return this.#ends;
  }

  /** Until each window waits for a turn or is through, or one writes what it was not known to write. */
  async settled(): Promise<void> {
    for (let left = 100_000; left > 0; left--) {
      await Promise.resolve();
      if (this.#isStuck || this.#ends.every(({ ended }, at) => ended < Infinity || this.#waiting[at])) return;
    }
    throw new Error('A window waits for something else than the store.');
  }

  #note(window: number, answer: string): void {
    this.#answered[window] = this.#numbers.of(`${this.#answered[window] ?? ''} ${answer}`);
  }

  #bounded(): readonly unknown[] {
    return this.#world.interruptions === undefined ? [] : [this.#last, this.#interruptions];
  }

  #isBefore(began: number): boolean {
    return this.#ends.some(({ ended }) => ended <= began);
  }

  #letGo(window: number): void {
    if (this.#alone === window) this.#alone = undefined;
  }

  #lock(window: number): Alone {
    return async (act) => {
      await new Promise<void>((resolve) => {
        this.#waiting[window] = {
          ...{ what: 'lock', isWrite: false, isFree: () => this.#alone === undefined },
          // To have it cannot fail: who does not get it goes on without, for which there are other tests.
          go: () => {
            this.#alone = window;
            this.#note(window, 'lock');
            resolve();
          },
        };
      });
      try {
        return await act();
      } finally {
        this.#letGo(window);
      }
    };
  }

  #way(window: number, written: Set<string>): Vault {
    const call = <T>(what: string, key: string, isWrite: boolean, operation: () => T): Promise<T> => {
      const answer = (fate: Fate): T => {
        if (fate === 'fails before') throw new Error('the store failed');
        const result = operation();
        if (isWrite) this.#held = undefined;
        this.#note(window, `${what}=${String(result)}`);
        if (fate === 'fails after') throw new Error('the store failed, but too late');
        return result;
      };
      if (!written.has(key)) return Promise.resolve().then(() => answer('done'));
      return new Promise((resolve, reject) => {
        if (this.#waiting[window] !== undefined) throw new Error('A window calls one at a time.');
        const go = (fate: Fate) => {
          if (fate !== 'done') this.#note(window, `${what} ${fate}`);
          try {
            resolve(answer(fate));
          } catch (error) {
            reject(error instanceof Error ? error : new Error(String(error)));
          }
        };
        this.#waiting[window] = { what, isWrite, isFree: () => true, go };
      });
    };
    return {
      get: (key) => call(`get ${key}`, key, false, () => this.entries.get(key)),
      set: (key, value) => {
        const what = `set ${key} ${value.slice(0, 40)}`;
        const set = () => void this.entries.set(key, value);
        if (!written.has(key)) {
          written.add(key);
          this.#isStuck = true;
          return new Promise(() => undefined);
        }
        return call(what, key, true, set);
      },
      delete: (key) => call(`delete ${key}`, key, true, () => void this.entries.delete(key)),
    };
  }
}

/** Work of which none of its calls is answered from the one with that number on, as when its window's process ends: so does its lock. */
export function dyingAt(dies: number, work: Work, died: () => void): Work {
  return (store, alone, letGo) => {
    let calls = 0;
    return new Promise((resolve, reject) => {
      const next = <T>(call: () => Promise<T>): Promise<T> => {
        if (calls++ < dies) return call();
        died();
        letGo();
        resolve(undefined);
        return new Promise<T>(() => undefined);
      };
      const through: Vault = {
        get: (at) => next(() => store.get(at)),
        set: (at, value) => next(() => store.set(at, value)),
        delete: (at) => next(() => store.delete(at)),
      };
      work(through, (act) => next(() => alone(act)), letGo).then(resolve, reject);
    });
  };
}
