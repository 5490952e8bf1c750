// Pictures of a view's samples in every theme, for looking at: `tsx test/webview/shoot.ts [sample …]` into out/screenshots.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../support/folders.ts';
import { startBrowser } from '../support/browser.ts';
import { tokenSamples } from './tokenSamples.ts';
import { openView, themeNames } from './view.ts';

const wanted = process.argv.slice(2);
const samples = Object.entries(await tokenSamples()).filter(
  ([name]) => wanted.length === 0 || wanted.includes(name),
);
const folder = join(root, 'out', 'screenshots');
await mkdir(folder, { recursive: true });
const browser = await startBrowser();
try {
  for (const [name, model] of samples)
    for (const theme of name === 'user' ? themeNames : (['dark'] as const)) {
      const view = await openView(browser, 'token', model, theme);
      await view.page.screenshot({ path: join(folder, `token-${name}-${theme}.png`), fullPage: true });
      if (theme === 'dark') {
        await view.page.setViewportSize({ width: 320, height: 800 });
        await view.page.screenshot({ path: join(folder, `token-${name}-narrow.png`), fullPage: true });
      }
      if (view.problems.length > 0) console.log(name, theme, view.problems);
      await view.page.context().close();
    }
} finally {
  await browser.close();
}
