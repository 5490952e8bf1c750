import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, it } from 'node:test';
import { partNames } from '../../../src/core/vault/partNames.ts';

describe('the name of what is being written', () => {
  it('fits into an entry, and is another each time', () => {
    const names = Array.from({ length: 50 }, () => partNames.draw());
    for (const name of names) {
      assert.match(name, /^[\w-]{16}$/);
      partNames.release(name);
    }
    assert.equal(new Set(names).size, names.length);
  });

  it('is under way in its own process until that says that it is over', () => {
    const name = partNames.draw();
    assert.equal(partNames.isUnderWay(name), true);
    partNames.release(name);
    assert.equal(partNames.isUnderWay(name), false);
  });

  it('is under way as long as the process lives that drew it', async () => {
    const other = spawn(process.execPath, ['-e', 'process.stdin.resume()'], {
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    const ended = once(other, 'close');
    await once(other, 'spawn');
    const name = `12345678${(other.pid ?? 0).toString(36).padStart(8, '0')}`;
    assert.equal(partNames.isUnderWay(name), true);
    other.stdin.end();
    await ended;
    assert.equal(partNames.isUnderWay(name), false);
  });

  it('is under way where the process is another user’s, which nobody may signal', () => {
    assert.equal(partNames.isUnderWay(`12345678${(1).toString(36).padStart(8, '0')}`), true);
  });

  it('of earlier versions says nothing of a process', () => {
    for (const name of ['', 'x', 'AbCd_-123456', '12345678zzzzzzzz', '12345678--------'])
      assert.equal(partNames.isUnderWay(name), false, name);
  });
});
