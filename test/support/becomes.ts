import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import { waitFor } from './processes.ts';

/**
 * Passes as soon as `read` gives `expected`; after two minutes it fails with the difference. For what is drawn or written by
 * others, which may be looked at between two of its states.
 */
export async function becomes<T>(read: () => Promise<T>, expected: T): Promise<void> {
  let actual: T | undefined;
  const isThere = async () => isDeepStrictEqual((actual = await read()), expected) || undefined;
  await waitFor('what is expected', isThere, 120_000).catch((error: unknown) => {
    assert.deepEqual(actual, expected);
    throw error;
  });
}
