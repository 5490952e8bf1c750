import assert from 'node:assert/strict';
import { it } from 'node:test';
import { duration, timeLeft } from '../../src/shared/duration.ts';

const minute = 60_000;
const hour = 60 * minute;

it('says a duration in its largest unit, and the next one while that matters', () => {
  const cases: readonly (readonly [number, string])[] = [
    [0, '0 s'],
    [999, '0 s'],
    [9000, '9 s'],
    [61_000, '1 min 1 s'],
    [42 * minute + 5000, '42 min'],
    [hour, '1 h'],
    [hour + 5 * minute, '1 h 5 min'],
    [23 * hour + 59 * minute, '23 h'],
    [30 * 24 * hour, '30 d'],
  ];
  for (const [milliseconds, text] of cases) assert.equal(duration(milliseconds), text);
});

it('says what is left of a token, or since when it is over', () => {
  assert.equal(timeLeft(10 * minute, 0), '10 min left');
  assert.equal(timeLeft(0, 3 * hour), 'expired 3 h ago');
  assert.equal(timeLeft(5, 5), 'expired 0 s ago');
});
