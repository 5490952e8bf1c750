import { createHash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import zopfli from '@gfx/zopfli';

const streamed = 0b1000;
const deflated = 8;

/** What was packed already: the packages differ in the keychain's binary alone. */
const known = new Map();

/**
 * The zip archive with each file packed as tightly as can be, or as it is where that is no larger: what makes our packages does
 * not let its level be chosen, and they lose a twentieth of what is not packed by us. Names, times and checksums stay.
 *
 * @param {Buffer} zip an archive of fewer than 65,535 files and 4 GiB
 * @returns {Promise<Buffer>}
 * @see https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT sections 4.3.7, 4.3.12 and 4.3.16
 */
export async function repacked(zip) {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06'));
  if (end < 0) throw new Error('This is no zip archive.');
  const files = [];
  const directory = [];
  let offset = 0;
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const length = 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
    const entry = Buffer.from(zip.subarray(at, at + length));
    at += length;
    const bytes = contentOf(zip, entry);
    const packed = await tightly(bytes);
    const tighter = packed.length < bytes.length;
    const content = tighter ? packed : bytes;
    // The sizes are known: they stand before the content, and not after it.
    entry.writeUInt16LE(entry.readUInt16LE(8) & ~streamed, 8);
    entry.writeUInt16LE(tighter ? deflated : 0, 10);
    entry.writeUInt32LE(content.length, 20);
    entry.writeUInt32LE(offset, 42);
    const name = entry.subarray(46, 46 + entry.readUInt16LE(28));
    const header = Buffer.alloc(30);
    header.write('PK\x03\x04', 'latin1');
    // From the version to the length of the name, both headers say the same.
    entry.copy(header, 4, 6, 30);
    files.push(header, name, content);
    directory.push(entry);
    offset += header.length + name.length + content.length;
  }
  const tail = Buffer.from(zip.subarray(end));
  tail.writeUInt32LE(
    directory.reduce((sum, entry) => sum + entry.length, 0),
    12,
  );
  tail.writeUInt32LE(offset, 16);
  return Buffer.concat([...files, ...directory, tail]);
}

async function tightly(bytes) {
  const hash = createHash('sha256').update(bytes).digest('hex');
  const quickly = deflateRawSync(bytes);
  // What is packed in itself gets no smaller however long one tries.
  if (quickly.length >= bytes.length) return quickly;
  const packed = known.get(hash) ?? Buffer.from(await zopfli.deflateAsync(bytes, { numiterations: 5 }));
  known.set(hash, packed);
  return packed;
}

function contentOf(zip, entry) {
  const local = entry.readUInt32LE(42);
  const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
  const bytes = zip.subarray(start, start + entry.readUInt32LE(20));
  return entry.readUInt16LE(10) === deflated ? inflateRawSync(bytes) : bytes;
}
