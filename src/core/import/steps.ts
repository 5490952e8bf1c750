/** What is done step by step, so that others have their turn and it can be left; each step says how many profiles were found. */
export type Steps<T> = Generator<number, T, void>;

/** A step that took long: others have their turn at once. */
export const pauseNow = -1;

/** All steps at once. */
export function toItsEnd<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
