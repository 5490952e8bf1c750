import assert from 'node:assert/strict';
import { it } from 'node:test';
import { duration, relative, timeLeft } from '../../src/shared/duration.ts';

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

it('keeps the smaller unit for a text that ticks', () => {
  assert.equal(duration(42 * minute + 5000, true), '42 min 5 s');
  assert.equal(duration(800 * 24 * hour, true), '2 y 69 d');
});

it('says on which side of now a moment lies', () => {
  assert.equal(relative(10 * minute, 0), 'in 10 min');
  assert.equal(relative(0, 90_000), '1 min 30 s ago');
  assert.equal(relative(500, 0), 'now');
});
