/** What two requests that are sent at the same time come to. @throws what the first that fails throws, when both have ended */
export async function atOnce<T>(send: () => Promise<T>): Promise<readonly T[]> {
  const both = [send(), send()];
  await Promise.allSettled(both);
  return Promise.all(both);
}
