/** What is done step by step, so that others have their turn and it can be left; each step says how many profiles were found. */
export type Steps<T> = Generator<number, T, void>;

/** A step that took long: others have their turn at once. */
export const pauseNow = -1;

/** From this length on, going through a text takes long. */
export const longText = 100_000;

/** A step after which a text is gone through once more, as others must not wait for several. */
export const stepIn = (text: string) => (text.length < longText ? 0 : pauseNow);

/** All steps at once. */
export function toItsEnd<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
