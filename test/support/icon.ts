// Renders media/icon.svg to media/icon.png, the marketplace's icon: `npm run icon`.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startBrowser } from './browser.ts';
import { root } from './folders.ts';

const size = 256;
const svg = await readFile(join(root, 'media', 'icon.svg'), 'utf8');
const browser = await startBrowser();
try {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(`<style>body { margin: 0 } svg { display: block }</style>${svg}`);
  await page.screenshot({ path: join(root, 'media', 'icon.png'), omitBackground: true });
} finally {
  await browser.close();
}
