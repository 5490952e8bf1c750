import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inSequence } from '../../src/shared/sequence.ts';

const step = (id: number, offset: number, duration?: number) => ({
  ...{ id, offset },
  ...(duration !== undefined && { duration, responseLabel: '200' }),
});
const told = (steps: Parameters<typeof inSequence>[0]) =>
  inSequence(steps as ReturnType<typeof step>[]).map(
    ({ step: { id }, kind }) => `${kind === 'request' ? '' : 'answer to '}${id}`,
  );

describe('the arrows of a sequence', () => {
  it('stand as they happened: an answer held back comes after what was done meanwhile', () => {
    assert.deepEqual(told([step(1, 0, 500), step(2, 100, 50), step(3, 300, 50)]), [
      ...['1', '2', 'answer to 2', '3', 'answer to 3', 'answer to 1'],
    ]);
    assert.deepEqual(told([step(1, 0, 150), step(2, 100, 150)]), ['1', '2', 'answer to 1', 'answer to 2']);
  });

  it('stay together when they came at the same moment, and without an answer there is only one', () => {
    assert.deepEqual(told([step(1, 0, 0), step(2, 0), step(3, 0, 0)]), [
      ...['1', 'answer to 1', '2', '3', 'answer to 3'],
    ]);
  });
});
