import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { deflateSync } from 'node:zlib';
import { animate } from '../e2e/animate.ts';

/** The smallest PNG: one grey pixel. Made by hand from the specification, check sums as published for its empty end. */
const end = '0000000049454e44ae426082';
const signature = '89504e470d0a1a0a';

function png(width: number, shade: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(1, 4);
  header[8] = 8;
  const data = deflateSync(Buffer.from([0, ...Array.from({ length: width }, () => shade)]));
  const chunk = (type: string, body: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(body.length);
    return Buffer.concat([length, Buffer.from(type), body, Buffer.alloc(4)]);
  };
  return Buffer.concat([
    Buffer.from(signature, 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', data),
    Buffer.from(end, 'hex'),
  ]);
}

const types = (file: Buffer) => {
  const found: string[] = [];
  for (let at = 8; at < file.length; at += 12 + file.readUInt32BE(at))
    found.push(file.toString('latin1', at + 4, at + 8));
  return found;
};

describe('an animated picture', () => {
  it('begins with its first frame as a plain picture has it, and ends as every PNG', () => {
    const file = animate([1, 2, 3].map((shade) => ({ png: png(2, shade), milliseconds: 500 })));
    assert.deepEqual(types(file), ['IHDR', 'acTL', 'fcTL', 'IDAT', 'fcTL', 'fdAT', 'fcTL', 'fdAT', 'IEND']);
    assert.ok(file.toString('hex').startsWith(signature) && file.toString('hex').endsWith(end));
  });

  it('is refused of frames that do not fit, and of none', () => {
    const frames = [png(2, 1), png(3, 1)].map((one) => ({ png: one, milliseconds: 1 }));
    assert.throws(() => animate(frames), /Frame 2 has another size/);
    assert.throws(() => animate([]), /needs a frame/);
    assert.throws(() => animate([{ png: Buffer.from('GIF89a'), milliseconds: 1 }]), /no PNG/);
  });
});
