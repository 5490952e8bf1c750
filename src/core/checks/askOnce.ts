/** Asks only once, so that a user who declines to enter a secret is not asked again by the next check. */
export function askOnce<T>(ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  return () => (answer ??= ask());
}
