import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { nearestField, nearNames } from '../../../src/core/profile/names.ts';
import { profileFields } from '../../../src/core/profile/fields/all.ts';

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

  it('are looked for up to 40 characters, in names of up to 60, and with one slip in a short one', () => {
    const long = 'abcdefghij'.repeat(4);
    assert.deepEqual(nearNames(long, [`${long}x`]), [`${long}x`]);
    assert.deepEqual(nearNames(`${long}x`, [`${long}x`]), []);
    const most = long + 'k'.repeat(20);
    assert.deepEqual(nearNames(long, [most, `${most}l`]), [most, `${most}l`], 'begun so');
    assert.deepEqual(nearNames('ab', ['abcd', 'ab', 'ac', 'cd']), ['ab', 'ac']);
    assert.deepEqual(nearNames('abc', ['abd', 'ade', 'abcdefg']), ['abd', 'abcdefg']);
    assert.deepEqual(nearNames('abcd', ['abef', 'aefg']), ['abef']);
    assert.deepEqual(nearNames('xbcdefgh', ['abcdefghijk']), []);
  });

  it('of fields are none for what is long, and the first of those that are as near', () => {
    const fields = ['issuer', 'issues'].map((name) => ({ ...profileFields[0], name })) as never;
    assert.equal(nearestField('issuet', fields), 'issuer');
    assert.equal(nearestField('iss', fields), undefined);
    const five = ['abcdx', 'abcxy'].map((name) => ({ ...profileFields[0], name })) as never;
    assert.equal(nearestField('abcd', five), 'abcdx');
    assert.equal(nearestField('abxx', [{ ...profileFields[0], name: 'abcd' }] as never), undefined);
    assert.equal(nearestField('abxxe', [{ ...profileFields[0], name: 'abcde' }] as never), 'abcde');
    const long = [{ ...profileFields[0], name: 'x'.repeat(40) }] as never;
    assert.equal(nearestField('x'.repeat(40), long), 'x'.repeat(40));
    assert.equal(nearestField('x'.repeat(41), long), undefined);
  });

  it('are at most three', () => {
    assert.equal(nearNames('order', ['order1', 'order2', 'order3', 'order4']).length, 3);
  });
});
