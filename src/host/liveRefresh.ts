import type { Disposable } from 'vscode';

const calm = 15_000;
const close = 1000;

/**
 * Calls `refresh` often enough to keep “time left” true: every 15 s, every second in a token's last minute, never when no token
 * is going to expire.
 *
 * @param nextEnd the earliest expiry after `now`, both in milliseconds since the epoch; `undefined` for none
 */
export class LiveRefresh implements Disposable {
  readonly #refresh: () => void;
  readonly #nextEnd: (now: number) => number | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(refresh: () => void, nextEnd: (now: number) => number | undefined) {
    this.#refresh = refresh;
    this.#nextEnd = nextEnd;
  }

  /** Starts anew, after tokens changed. */
  restart(): void {
    clearTimeout(this.#timer);
    const now = Date.now();
    const end = this.#nextEnd(now);
    if (end === undefined) return;
    const delay = end - now < 60_000 ? close : Math.min(calm, end - now - 59_000);
    this.#timer = setTimeout(() => {
      this.#refresh();
      this.restart();
    }, delay);
    this.#timer.unref();
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }
}
