/** Requests that are sent at the same time: of two a server may happen to finish one before it begins the other. */
export const atOnceCount = 6;

/** What requests that are sent at the same time come to. @throws what the first that fails throws, when all have ended */
export async function atOnce<T>(send: () => Promise<T>): Promise<readonly T[]> {
  const all = Array.from({ length: atOnceCount }, send);
  await Promise.allSettled(all);
  return Promise.all(all);
}
