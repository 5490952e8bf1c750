import { Trace } from '../record/trace.ts';
import type { Exchange } from '../record/exchange.ts';

/** A result with the exchanges that led to it. */
interface Found<T> {
  readonly value: T;
  readonly exchanges: readonly Exchange[];
}

/** Results that the checks of one run share. */
export type Memo = Map<string, Promise<Found<unknown>>>;

/** What one check sent and received, and what led to the shared results that it used. */
export class CheckRecord {
  readonly trace = new Trace();
  readonly #memo: Memo;
  readonly #shared: Exchange[] = [];

  constructor(memo: Memo) {
    this.#memo = memo;
  }

  /** Everything sent and received, in the order of time, numbered from 1. */
  get evidence(): readonly Exchange[] {
    return [...this.#shared, ...this.trace.exchanges]
      .toSorted((one, other) => one.startedAt - other.startedAt)
      .map((exchange, index) => ({ ...exchange, id: index + 1 }));
  }

  /** A result that checks share, found once: its exchanges are evidence for each that uses it. */
  async once<T>(key: string, find: () => Promise<Found<T>>): Promise<T> {
    const found = this.#memo.get(key) ?? find();
    this.#memo.set(key, found);
    const { value, exchanges } = await found;
    const known = new Set(this.#shared);
    this.#shared.push(...exchanges.filter((exchange) => !known.has(exchange)));
    return value as T;
  }
}
