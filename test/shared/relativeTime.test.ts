import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { duration, relative } from '../../src/shared/relativeTime.ts';

const s = 1000;
const min = 60 * s;
const h = 60 * min;
const day = 24 * h;

describe('times in words', () => {
  it('says a length in at most two units', () => {
    const said = [0, 999, 59 * s, 60 * s, 59 * min + 12 * s, 3 * h + 5 * min + 59 * s, day, 2 * day + 4 * h];
    assert.deepEqual(said.map(duration), [
      '0 s',
      '0 s',
      '59 s',
      '1 min',
      '59 min 12 s',
      '3 h 5 min',
      '1 day',
      '2 days 4 h',
    ]);
    assert.deepEqual([30 * day, 800 * day, 1e15, Infinity].map(duration), [
      '30 days',
      '2 years',
      '31,688 years',
      'forever',
    ]);
  });

  it('says on which side of now a moment lies', () => {
    assert.equal(relative(10 * min, 0), 'in 10 min');
    assert.equal(relative(0, 90 * s), '1 min 30 s ago');
    assert.equal(relative(500, 0), 'now');
  });
});
