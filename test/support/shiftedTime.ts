const RealDate = Date;
let ahead = 0;

/** The process's Date, which can be put forward: servers of this process see the time pass. */
class ShiftedDate extends RealDate {
  constructor(...given: readonly unknown[]) {
    if (given.length === 0) super(RealDate.now() + ahead);
    else super(...(given as [number]));
  }

  /** Those made before count, too. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof RealDate;
  }

  static override now(): number {
    return RealDate.now() + ahead;
  }
}

/** In a process of its own only: what others there made before would be out of time. Lets this time pass at once, for all of this process that asks `Date`. */
export function letPass(milliseconds: number): void {
  globalThis.Date = ShiftedDate as DateConstructor;
  ahead += milliseconds;
}
