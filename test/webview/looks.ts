import assert from 'node:assert/strict';
import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type axe from 'axe-core';
import type { Page } from 'playwright-core';
import { root } from '../support/folders.ts';
import { assertHeard } from './heard.ts';
import { themeNames, type ThemeName } from './hostPage.ts';
import { narrow, wide, zoomed, type View } from './view.ts';

const source = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const colourRules = ['color-contrast', 'link-in-text-block'];
const pictures = join(root, 'out', 'screenshots');

/**
 * Looks at a view as it stands, unfolded: nothing serious or critical for axe-core in any of `themes` (the
 * last of several at 320 pixels), no sideways scrolling of the page at 320 pixels or at 200 % zoom, and what a screen reader
 * is told is complete. With `OAUTH_EXPLORER_PICTURES` set it takes pictures.
 */
export async function assertLooksRight(
  view: View,
  name: string,
  themes: readonly ThemeName[] = themeNames,
): Promise<void> {
  const { page } = view;
  const several = themes.length > 1;
  await picture(page, `${name}-first-look`);
  await unfold(page);
  for (const [index, theme] of themes.entries()) {
    const last = several && index === themes.length - 1;
    await view.setTheme(theme);
    await picture(page, `${name}-${theme}`);
    if (last) await view.resize(narrow);
    // Themes bring only colours, and little room only another layout: what depends on neither is looked at once.
    const rules = index === 0 || last ? undefined : colourRules;
    assert.equal(await seriousFindings(page, rules), '', `${name}, ${theme}`);
  }
  for (const [word, size] of [
    ['narrow', narrow],
    ['zoomed', zoomed],
  ] as const) {
    await view.resize(size);
    await picture(page, `${name}-${word}`);
    assert.deepEqual(await tooWide(page), [], `${name} at ${size.width} pixels`);
  }
  await view.resize(wide);
  await assertHeard(page, name);
}

/** What makes the page scroll sideways, as `tag.class: right edge`; nothing when it does not. */
async function tooWide(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const beyond = [...document.querySelectorAll('body *')]
      .map((element) => [element, element.getBoundingClientRect().right] as const)
      .filter(([, right]) => right > clientWidth)
      .map(([{ tagName, classList }, right]) => `${tagName}.${classList.value}: ${right}`);
    return [`${scrollWidth} > ${clientWidth}`, ...beyond.slice(0, 10)];
  });
}

/** Of each kind of detail this many: the next look the same, and take as long to inspect. */
const unfolded = 8;

function unfold(page: Page): Promise<void> {
  return page.evaluate((most) => {
    const opened: Record<string, number> = {};
    for (const fold of document.querySelectorAll('details')) {
      const count = (opened[fold.className] ?? 0) + 1;
      opened[fold.className] = count;
      fold.open ||= count <= most;
    }
  }, unfolded);
}

async function seriousFindings(page: Page, rules?: readonly string[]): Promise<string> {
  // Run in the page's debugger world, so that the page's content security policy stays as strict as it is.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(await readFile(source, 'utf8'));
  const violations = await page.evaluate(async (only) => {
    const { axe: inspector } = globalThis as unknown as { axe: typeof axe };
    const found = await inspector.run({
      ...{ resultTypes: ['violations'], preload: false, iframes: false },
      ...(only !== undefined && { runOnly: { type: 'rule' as const, values: [...only] } }),
    });
    return found.violations;
  }, rules);
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, impact, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${impact ?? ''} ${id}: ${html}\n${failureSummary ?? ''}`),
    )
    .join('\n');
}

async function picture(page: Page, name: string): Promise<void> {
  if (!process.env['OAUTH_EXPLORER_PICTURES']) return;
  await mkdir(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
}
