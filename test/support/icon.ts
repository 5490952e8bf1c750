// Renders media/icon.svg to media/icon.png, the marketplace's icon: `npm run icon`.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startBrowser } from './browser.ts';
import { root } from './folders.ts';
import { withPalette } from './palettePng.ts';

const size = 256;
const svg = await readFile(join(root, 'media', 'icon.svg'), 'utf8');
const browser = await startBrowser();
try {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(`<style>body { margin: 0 } svg { display: block }</style>${svg}`);
  const picture = await page.screenshot({ omitBackground: true });
  await writeFile(join(root, 'media', 'icon.png'), await withPalette(picture));
} finally {
  await browser.close();
}
