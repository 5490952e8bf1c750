import assert from 'node:assert/strict';
import { it } from 'node:test';
import { longestId } from '../../../src/core/profile/fields/naming.ts';
import { copyId, freeId, FreeIds, slug } from '../../../src/core/profile/slug.ts';

it('names a copy after its original, free among all', () => {
  assert.equal(copyId('machine', [], longestId), 'machine-copy');
  assert.equal(copyId('machine', ['Machine-Copy'], longestId), 'machine-copy-2');
});

it('shortens the id of a copy that would be too long, also where it is counted up', () => {
  const id = 'x'.repeat(longestId);
  const taken: string[] = [];
  for (let copies = 0; copies < 500; copies++) taken.push(copyId(id, taken, longestId));
  assert.equal(new Set(taken).size, 500);
  for (const one of taken) assert.ok(one.length <= longestId, one);
});

it('cuts the id of a copy as far as a number fits behind it', () => {
  assert.equal(copyId('abcdefghijkl', [], 16), 'abcdefg-copy');
  assert.equal(copyId('abcdefghijkl', ['abcdefg-copy', 'ABCDEFG-copy-2'], 16), 'abcdefg-copy-3');
});

it('gives many ids, each its lowest free number, whatever the case', () => {
  const ids = new FreeIds(['Orders', 'orders-2', 'orders-4']);
  assert.deepEqual([ids.has('ORDERS'), ids.has('orders-3')], [true, false]);
  const given = ['orders', 'Orders', 'other', 'OTHER'].map((id) => {
    const free = ids.free(id);
    ids.take(free);
    return free;
  });
  assert.deepEqual(given, ['orders-3', 'Orders-5', 'other', 'OTHER-2']);
  assert.equal(freeId('a', ['A', 'a-2']), 'a-3');
  assert.equal(new FreeIds(['a'], (id, n) => `${id}${n}`).free('a'), 'a2');
});

it('an id that is made of a name is cut to 60 characters, and ends in none that parts words', () => {
  assert.equal(slug(' Größe & Co. '), 'grosse-co');
  assert.equal(slug(`${'a'.repeat(59)} b`), 'a'.repeat(59));
  assert.equal(slug(`${'a'.repeat(58)} bc`), `${'a'.repeat(58)}-b`);
  assert.equal(slug('注文'), '');
});
