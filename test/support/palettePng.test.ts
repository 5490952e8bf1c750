import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { deflateSync, inflateSync } from 'node:zlib';
import { root } from './folders.ts';
import { withPalette } from './palettePng.ts';

const part = (type: string, data: Buffer) => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  return Buffer.concat([length, Buffer.from(type, 'latin1'), data, Buffer.alloc(4)]);
};

function partOf(png: Buffer, type: string): Buffer {
  const at = png.indexOf(type, 0, 'latin1');
  return png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4));
}

it('a picture with a palette shows the colours it had, whatever its lines are filtered with', async () => {
  const size = Buffer.alloc(13);
  size.writeUInt32BE(2, 0);
  size.writeUInt32BE(3, 4);
  // One line each that is as it is, that adds to what is left of it, and to what is above it.
  const lines = [
    [0, 10, 20, 30, 255, 40, 50, 60, 255],
    [1, 10, 20, 30, 255, 30, 30, 30, 0],
    [2, 0, 0, 0, 0, 0, 0, 0, 0],
  ];
  const data = part('IDAT', deflateSync(Buffer.from(lines.flat())));
  const png = await withPalette(
    Buffer.concat([Buffer.alloc(8), part('IHDR', size), data, part('IEND', Buffer.alloc(0))]),
  );
  assert.deepEqual([...partOf(png, 'PLTE')], [10, 20, 30, 40, 50, 60]);
  assert.deepEqual([...partOf(png, 'tRNS')], [255, 255]);
  assert.deepEqual([...inflateSync(partOf(png, 'IDAT'))], [0, 0, 1, 0, 0, 1, 0, 0, 1]);
});

it('the icon in the package has one', async () => {
  const icon = await readFile(join(root, 'media', 'icon.png'));
  assert.deepEqual([icon.readUInt32BE(16), icon.readUInt32BE(20), icon[25]], [256, 256, 3]);
});
