import type { Clock } from '../../src/core/ports.ts';

/** A clock that stands still until it is moved; `sleep` and `timeout` follow it. */
export class ManualClock implements Clock {
  #now: number;
  readonly #waiting = new Set<{ at: number; wake: () => void }>();

  constructor(now: number) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  /** Moves the clock on and wakes whoever waited until then. */
  advance(milliseconds: number): void {
    this.#now += milliseconds;
    for (const waiter of this.#waiting)
      if (waiter.at <= this.#now) {
        this.#waiting.delete(waiter);
        waiter.wake();
      }
  }

  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    return new Promise((resolve, reject) => {
      const waiter = { at: this.#now + milliseconds, wake: resolve };
      this.#waiting.add(waiter);
      signal?.addEventListener('abort', () => {
        this.#waiting.delete(waiter);
        reject(signal.reason as Error);
      });
    });
  }

  timeout(milliseconds: number): AbortSignal {
    const controller = new AbortController();
    const wake = () => controller.abort(new DOMException('The operation timed out.', 'TimeoutError'));
    this.#waiting.add({ at: this.#now + milliseconds, wake });
    return controller.signal;
  }
}
