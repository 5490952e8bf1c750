import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { deflateSync, gzipSync } from 'node:zlib';
import { Unpacker } from '../../../src/core/http/unpacker.ts';

const megabyte = 1024 * 1024;
const read = (bytes: Buffer) => new Unpacker().read(bytes);

describe('what was packed', () => {
  it('is read whatever packed it, also the shortest, and what of it is there', () => {
    for (const text of ['', 'a', 'so it is', 'x'.repeat(5000), 'é€😀'])
      for (const level of [0, 1, 6, 9]) {
        assert.deepEqual(read(gzipSync(text, { level })), { text });
        if (text.length > 1) assert.deepEqual(read(deflateSync(text, { level })), { text });
      }
    const cut = gzipSync('so it is. '.repeat(50), { level: 0 }).subarray(0, 60);
    assert.match(read(cut)?.text ?? '', /^so it is\. /);
  });

  it('is told from what only begins like it', () => {
    for (const hex of [
      '',
      '1f8b08',
      '1f8b07ffffffffffffffffffffffffffffffffff',
      '789c',
      '789cffffffffffffff',
      '789dffffffffffffff',
      '089cffffffffffffff',
    ])
      assert.equal(read(Buffer.from(hex, 'hex')), undefined, hex);
    assert.equal(read(Buffer.from('x^ is a power of x')), undefined);
    assert.equal(read(deflateSync('so it is', { windowBits: 9 })), undefined);
  });

  it('is told by the check of its head, and by how long the shortest is', () => {
    const wrong = deflateSync('so it is');
    wrong[1] = (wrong[1] ?? 0) ^ 1;
    assert.equal(read(wrong), undefined);
    assert.equal(read(gzipSync('').subarray(0, 18)), undefined);
    assert.equal(read(deflateSync('').subarray(0, 8)), undefined);
  });

  it('is not read when all together were larger than four megabytes', () => {
    const unpacker = new Unpacker();
    for (let times = 0; times < 4; times++)
      assert.equal(unpacker.read(gzipSync(Buffer.alloc(megabyte, 97)))?.text?.length, megabyte);
    assert.deepEqual(unpacker.read(gzipSync('a')), {});
    assert.equal(unpacker.read(Buffer.from('so it is, and no more')), undefined);
  });

  it('is not read when it is broken, or larger than a megabyte', () => {
    assert.deepEqual(read(Buffer.from(`1f8b08${'ff'.repeat(20)}`, 'hex')), {});
    for (const pack of [gzipSync, deflateSync]) {
      assert.equal(read(pack(Buffer.alloc(megabyte, 97)))?.text?.length, megabyte);
      assert.deepEqual(read(pack(Buffer.alloc(megabyte + 1, 97))), {});
    }
  });

  it('is read 200 times in one text, and as far as four megabytes come of all of it', () => {
    const small = gzipSync('a');
    const many = new Unpacker();
    for (let at = 0; at < 200; at++) assert.deepEqual(many.read(small), { text: 'a' });
    assert.deepEqual(many.read(small), {});
    const fits = gzipSync(Buffer.alloc(megabyte, 97));
    const large = gzipSync(Buffer.alloc(megabyte + 1, 97));
    const some = new Unpacker();
    for (const packed of [fits, large, fits]) some.read(packed);
    assert.equal(some.read(gzipSync(Buffer.alloc(megabyte - 1, 97)))?.text?.length, megabyte - 1);
    assert.deepEqual(some.read(gzipSync('ab')), {});
    assert.deepEqual(some.read(small), {});
  });
});
