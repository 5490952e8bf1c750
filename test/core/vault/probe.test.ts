import assert from 'node:assert/strict';
import { it } from 'node:test';
import { probe } from '../../../src/core/vault/probe.ts';

it('a keychain is tried by a write, a read and a removal, the first failure of which is told', async () => {
  for (const failing of [undefined, 'set', 'get', 'delete']) {
    const calls: string[] = [];
    const step = async (name: string) => {
      calls.push(name);
      await Promise.resolve();
      if (name === failing) throw new Error(name);
    };
    const entries = new Set<string>();
    const tried = probe({
      set: (key) => step('set').then(() => void entries.add(key)),
      get: (key) => step('get').then(() => (entries.has(key) ? 'a' : undefined)),
      delete: (key) => step('delete').then(() => void entries.delete(key)),
    });
    if (failing === undefined) await tried;
    else await assert.rejects(tried, new Error(failing));
    assert.deepEqual(calls, ['set', 'get', 'delete'].slice(0, failing === undefined ? 3 : calls.length));
    assert.equal(calls.at(-1), failing ?? 'delete');
    assert.equal(entries.size, failing === 'get' || failing === 'delete' ? 1 : 0);
  }
});
