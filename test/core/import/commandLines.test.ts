import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { valuesOf } from '../../../src/core/import/commandLines.ts';

/** Variables that count how often they are gone through. */
class Counted extends Array<readonly [name: string, value: string]> {
  times = 0;

  override [Symbol.iterator]() {
    this.times++;
    return super[Symbol.iterator]();
  }
}

describe('the variables of a script', () => {
  it('are gone through once for all of its commands', () => {
    const variables = Counted.from([['A', '1'] as const, ['B', '2'] as const]) as Counted;
    for (let command = 0; command < 100; command++)
      assert.equal(valuesOf(variables, `curl -d a=$A${command}`).get('A'), '1');
    assert.equal(variables.times, 1);
  });

  it('stand for no value where there are several, also for one command only', () => {
    const variables = [
      ['A', '1'],
      ['B', '1'],
      ['B', '2'],
      ['C', '3'],
      ['C', '3'],
    ] as const;
    const values = valuesOf(variables, 'A=4 http https://api.example.com\nread D');
    assert.deepEqual(
      ['A', 'B', 'C', 'D', 'E'].map((name) => [values.has(name), values.get(name)]),
      [
        [true, '${one of 2 values}'],
        [true, '${one of 2 values}'],
        [true, '3'],
        [true, '${value of D}'],
        [false, undefined],
      ],
    );
  });
});
