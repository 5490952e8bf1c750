// A picture of few colours in a quarter of its bytes: the package is downloaded by everybody.
import { crc32, inflateSync } from 'node:zlib';
import zopfli from '@gfx/zopfli';

/** More than that shows no difference in an icon of two colours and their edges. */
const most = 144;

/**
 * An RGBA picture with a palette of few colours, each the mean of those it stands for.
 *
 * @param png 8 bits a channel, not interlaced, as a browser's screenshot is.
 * @see https://www.w3.org/TR/png-3/#11PLTE
 */
export async function withPalette(png: Buffer): Promise<Buffer> {
  const { width, height, pixels } = rgbaOf(png);
  for (let step = 1; step <= 64; step++) {
    const colours = new Map<number, { readonly index: number; readonly sums: number[]; count: number }>();
    const rows = Buffer.alloc(height * (width + 1));
    for (let at = 0; at < width * height; at++) {
      const pixel = [0, 1, 2, 3].map((channel) => pixels[at * 4 + channel] ?? 0);
      const channels = pixel.map((value) => rounded(value, step));
      // What nobody sees is one colour.
      const key = channels[3] === 0 ? 0 : channels.reduce((sum, value) => sum * 256 + value, 0);
      const known = colours.get(key) ?? { index: colours.size, sums: [0, 0, 0, 0], count: 0 };
      colours.set(key, known);
      known.count++;
      pixel.forEach((value, channel) => (known.sums[channel] = (known.sums[channel] ?? 0) + value));
      rows[at + Math.floor(at / width) + 1] = known.index;
    }
    if (colours.size > most) continue;
    const means = [...colours].map(([key, { sums, count }]) =>
      key === 0 ? [0, 0, 0, 0] : sums.map((sum) => Math.round(sum / count)),
    );
    return written({ width, height, rows }, means);
  }
  throw new Error('The picture has too many colours.');
}

function rounded(value: number, step: number): number {
  return Math.min(255, Math.round(value / step) * step);
}

interface Picture {
  readonly width: number;
  readonly height: number;
}

async function written(
  { width, height, rows }: Picture & { readonly rows: Buffer },
  colours: readonly (readonly number[])[],
): Promise<Buffer> {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3], 8);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(colours.flatMap((colour) => colour.slice(0, 3)))),
    chunk('tRNS', Buffer.from(colours.map(([, , , alpha = 0]) => alpha))),
    chunk('IDAT', Buffer.from(await zopfli.zlibAsync(rows, { numiterations: 100 }))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

function rgbaOf(png: Buffer): Picture & { readonly pixels: Buffer } {
  const parts: Buffer[] = [];
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at);
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') parts.push(png.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  const pixels = unfiltered(inflateSync(Buffer.concat(parts)), width * 4);
  return { width, height, pixels };
}

/** @see https://www.w3.org/TR/png-3/#9Filters */
function unfiltered(raw: Buffer, line: number): Buffer {
  const pixels = Buffer.alloc((raw.length / (line + 1)) * line);
  for (let at = 0; at < pixels.length; at++) {
    const row = Math.floor(at / line);
    const inRow = at % line >= 4;
    const a = inRow ? (pixels[at - 4] ?? 0) : 0;
    const b = row > 0 ? (pixels[at - line] ?? 0) : 0;
    const c = inRow && row > 0 ? (pixels[at - line - 4] ?? 0) : 0;
    const before = [0, a, b, Math.floor((a + b) / 2), paeth(a, b, c)][raw[row * (line + 1)] ?? 0] ?? 0;
    pixels[at] = ((raw[at + row + 1] ?? 0) + before) % 256;
  }
  return pixels;
}

function paeth(a: number, b: number, c: number): number {
  const [toA, toB, toC] = [Math.abs(b - c), Math.abs(a - c), Math.abs(a + b - 2 * c)];
  if (toA <= toB && toA <= toC) return a;
  return toB <= toC ? b : c;
}
