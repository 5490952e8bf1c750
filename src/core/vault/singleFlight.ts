import { abortReason } from '../abortable.ts';

interface Flight {
  readonly result: Promise<unknown>;
  readonly controller: AbortController;
  callers: number;
}

/** Lets callers that want the same thing at once share one run of it. */
export class SingleFlight {
  readonly #flights = new Map<string, Flight>();

  /**
   * Joins the run under way for `key`, or starts one. A caller that cancels stops waiting (its promise rejects with the signal's
   * reason) and leaves the run to the others; when the last one cancels, the run's own signal aborts and its outcome counts.
   */
  async join<T>(key: string, signal: AbortSignal, start: (signal: AbortSignal) => Promise<T>): Promise<T> {
    signal.throwIfAborted();
    const flight = this.#flights.get(key) ?? this.#start(key, start);
    flight.callers++;
    let reject!: (reason: Error) => void;
    const left = new Promise<never>((_, rejectLeft) => (reject = rejectLeft));
    const leave = () => {
      flight.callers--;
      if (flight.callers > 0) reject(abortReason(signal));
      else {
        this.#end(key, flight);
        flight.controller.abort(signal.reason);
      }
    };
    signal.addEventListener('abort', leave);
    try {
      return (await Promise.race([flight.result, left])) as T;
    } finally {
      signal.removeEventListener('abort', leave);
    }
  }

  #start(key: string, start: (signal: AbortSignal) => Promise<unknown>): Flight {
    const controller = new AbortController();
    // Begins in a microtask: a `start` that throws at once rejects like one that throws later.
    const result = Promise.resolve().then(() => start(controller.signal));
    const flight: Flight = { result, controller, callers: 0 };
    this.#flights.set(key, flight);
    void result.catch(() => undefined).finally(() => this.#end(key, flight));
    return flight;
  }

  /** From now on, a caller starts a new run. */
  #end(key: string, flight: Flight): void {
    if (this.#flights.get(key) === flight) this.#flights.delete(key);
  }
}
