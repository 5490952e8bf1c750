import jsqr from 'jsqr';
import type { Page } from 'playwright-core';

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

/** What the QR code in a picture of the screen says; the browser of `page` takes the picture apart. */
export async function seenQrCode(page: Page, png: Buffer): Promise<string | undefined> {
  const { data, ...size } = await page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (one) => one.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes]));
    const { width, height } = bitmap;
    const context = new OffscreenCanvas(width, height).getContext('2d');
    context?.drawImage(bitmap, 0, 0);
    return { width, height, data: [...(context?.getImageData(0, 0, width, height).data ?? [])] };
  }, png.toString('base64'));
  return readQrCode({ data: Uint8ClampedArray.from(data), ...size });
}
