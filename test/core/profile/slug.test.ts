import assert from 'node:assert/strict';
import { it } from 'node:test';
import { longestId } from '../../../src/core/profile/fields/naming.ts';
import { copyId } from '../../../src/core/profile/slug.ts';

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
