/** A picture of an animation, and for how long it is shown, in milliseconds. */
export interface Frame {
  /** A PNG file; all of an animation have the same size and colours. */
  readonly png: Uint8Array;
  readonly milliseconds: number;
}

interface Chunk {
  readonly type: string;
  readonly data: Buffer;
}

const signature = Buffer.from('89504e470d0a1a0a', 'hex');

/**
 * Brings PNG files together as one animated PNG that begins anew at its end; a reader that knows no animation shows the first.
 *
 * @throws TypeError when a frame is no PNG, or of another size or kind than the first
 * @see https://www.w3.org/TR/png-3/#apng-frame-based-animation
 */
export function animate(frames: readonly Frame[]): Buffer {
  const all = frames.map(({ png, milliseconds }) => ({ chunks: chunksOf(Buffer.from(png)), milliseconds }));
  const header = all[0]?.chunks.find(({ type }) => type === 'IHDR')?.data;
  if (header === undefined) throw new TypeError('An animation needs a frame.');
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  let sequence = 0;
  const parts = [signature, chunk('IHDR', header), chunk('acTL', words(all.length, 0))];
  for (const [index, { chunks, milliseconds }] of all.entries()) {
    if (chunks[0]?.data.equals(header) !== true)
      throw new TypeError(`Frame ${index + 1} has another size or other colours than the first.`);
    const shown = Buffer.alloc(6);
    shown.writeUInt16BE(milliseconds, 0);
    shown.writeUInt16BE(1000, 2);
    parts.push(chunk('fcTL', Buffer.concat([words(sequence++, width, height, 0, 0), shown])));
    for (const { type, data } of chunks)
      if (type === 'IDAT')
        parts.push(
          index === 0 ? chunk('IDAT', data) : chunk('fdAT', Buffer.concat([words(sequence++), data])),
        );
  }
  return Buffer.concat([...parts, chunk('IEND', Buffer.alloc(0))]);
}

function chunksOf(png: Buffer): readonly Chunk[] {
  if (!png.subarray(0, 8).equals(signature)) throw new TypeError('A frame is no PNG.');
  const chunks: Chunk[] = [];
  for (let at = 8; at + 12 <= png.length;) {
    const length = png.readUInt32BE(at);
    chunks.push({
      type: png.toString('latin1', at + 4, at + 8),
      data: png.subarray(at + 8, at + 8 + length),
    });
    at += 12 + length;
  }
  return chunks;
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  return Buffer.concat([words(data.length), named, words(crc(named))]);
}

function words(...values: readonly number[]): Buffer {
  const buffer = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) buffer.writeUInt32BE(value, index * 4);
  return buffer;
}

/** The check sum of a chunk. @see ISO 3309, as PNG has it */
function crc(bytes: Uint8Array): number {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return (sum ^ 0xffffffff) >>> 0;
}
