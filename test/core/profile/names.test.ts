import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { nearNames } from '../../../src/core/profile/names.ts';

describe('names that are near', () => {
  const names = ['orders', 'orders-prod', 'billing', 'pkce', 'a'];
  it('are a slip of the pen away, or begin so', () => {
    assert.deepEqual(nearNames('ordres', names), ['orders']);
    assert.deepEqual(nearNames('Orders-pord', names), ['orders-prod']);
    assert.deepEqual(nearNames('order', names), ['orders', 'orders-prod']);
    assert.deepEqual(nearNames('pcke', names), ['pkce']);
  });

  it('are none for what is far, short or long', () => {
    for (const name of ['inventory', '', 'x', 'y'.repeat(200_000)])
      assert.deepEqual(nearNames(name, names), []);
    assert.deepEqual(nearNames('orders', ['x'.repeat(200_000)]), []);
  });

  it('are at most three', () => {
    assert.equal(nearNames('order', ['order1', 'order2', 'order3', 'order4']).length, 3);
  });
});
