import { Trace } from '../record/trace.ts';
import type { Exchange } from '../record/exchange.ts';

/** A result with the exchanges that led to it. */
interface Found<T> {
  readonly value: T;
  readonly exchanges: readonly Exchange[];
}

/** The results that the checks of one run share. */
export type Memo = Map<string, Promise<Found<unknown>>>;

/** Everything that one check sent and received, and the exchanges behind the shared results that it used. */
export class CheckRecord {
  readonly trace = new Trace();
  readonly #memo: Memo;
  readonly #shared: Exchange[] = [];

  constructor(memo: Memo) {
    this.#memo = memo;
  }

  /** Everything that was sent and received, in chronological order, numbered from 1. */
  get evidence(): readonly Exchange[] {
    return [...this.#shared, ...this.trace.exchanges]
      .toSorted((one, other) => one.startedAt - other.startedAt)
      .map((exchange, index) => ({ ...exchange, id: index + 1 }));
  }

  /** A shared result, found once; its exchanges are evidence for each check that uses it. */
  async once<T>(key: string, find: () => Promise<Found<T>>): Promise<T> {
    const found = this.#memo.get(key) ?? find();
    this.#memo.set(key, found);
    const { value, exchanges } = await found;
    const known = new Set(this.#shared);
    this.#shared.push(...exchanges.filter((exchange) => !known.has(exchange)));
    return value as T;
  }
}
