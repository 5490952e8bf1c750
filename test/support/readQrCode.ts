import jsqr from 'jsqr';

/** A picture's pixels, four bytes each: red, green, blue, opacity. */
interface Picture {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}

/** What the QR code of a picture says, read by a decoder that knows nothing of how we draw; absent when none is found. */
export function readQrCode({ data, width, height }: Picture): string | undefined {
  return jsqr(data, width, height)?.data;
}

/** The picture of a path that consists of rectangles (`M x y h w v1 H x z`), black on white, `scale` pixels a unit. */
export function picturePath(path: string, size: number, scale = 4): Picture {
  const width = size * scale;
  const data = new Uint8ClampedArray(width * width * 4).fill(255);
  for (const [, x = '', y = '', run = ''] of path.matchAll(/M(\d+) (\d+)h(\d+)v1H\1z/g))
    for (let row = Number(y) * scale; row < (Number(y) + 1) * scale; row++) {
      const from = (row * width + Number(x) * scale) * 4;
      for (let at = from; at < from + Number(run) * scale * 4; at += 4) data.fill(0, at, at + 3);
    }
  return { data, width, height: width };
}
