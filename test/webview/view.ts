import { readFile } from 'node:fs/promises';
import { join, normalize } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { root } from '../support/folders.ts';
import themes from './themes.json' with { type: 'json' };

export type ThemeName = keyof typeof themes;
export const themeNames = Object.keys(themes) as ThemeName[];

export interface OpenedView {
  readonly page: Page;
  /** What the view has sent to the host, in order. */
  readonly intents: () => Promise<readonly unknown[]>;
  /** Sends another model, as the host does. */
  readonly show: (model: unknown) => Promise<void>;
  /** Console errors and violations of the content security policy. */
  readonly problems: readonly string[];
}

const origin = 'http://view.test';
const kinds: Readonly<Record<ThemeName, string>> = {
  light: 'vscode-light',
  dark: 'vscode-dark',
  'hc-dark': 'vscode-high-contrast',
  'hc-light': 'vscode-high-contrast-light',
};

/**
 * Draws `model` in the built view `name` (`dist/webview/<name>.js`) as VS Code's webview would: with the theme's real
 * variables, VS Code's own style sheet and the content security policy of our panels.
 */
export async function openView(
  browser: Browser,
  name: string,
  model: unknown,
  theme: ThemeName = 'dark',
  size = { width: 1000, height: 900 },
): Promise<OpenedView> {
  const context = await browser.newContext({
    viewport: size,
    colorScheme: theme.endsWith('light') ? 'light' : 'dark',
    timezoneId: 'Europe/Berlin',
    locale: 'en-GB',
  });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(error.message));
  await page.route(`${origin}/**`, async (route) => {
    const path = new URL(route.request().url()).pathname;
    if (path === '/') return route.fulfill({ contentType: 'text/html', body: html(name, theme) });
    if (path === '/host.css')
      return route.fulfill({ contentType: 'text/css', body: await hostStyles(theme) });
    return route.fulfill({ path: join(root, 'dist', 'webview', normalize(path)) });
  });
  await page.addInitScript({
    content:
      'window.sent = []; window.acquireVsCodeApi = () => ({ postMessage: (message) => window.sent.push(message) });',
  });
  await page.goto(`${origin}/`);
  await page.waitForFunction(() => (window as unknown as { sent: unknown[] }).sent.length > 0);
  const show = (next: unknown) =>
    page.evaluate((value) => window.postMessage({ type: 'show', model: value }), next);
  await show(model);
  await page.waitForSelector('main');
  return { page, problems, show, intents: () => intentsOf(page) };
}

async function intentsOf(page: Page): Promise<readonly unknown[]> {
  const sent = await page.evaluate(
    () => (window as unknown as { sent: { type: string; intent?: unknown }[] }).sent,
  );
  return sent.filter(({ type }) => type === 'intent').map(({ intent }) => intent);
}

function html(name: string, theme: ThemeName): string {
  const policy = `default-src 'none'; script-src ${origin}; style-src ${origin}; font-src ${origin}; base-uri 'none'; form-action 'none'`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${name}</title>
<link rel="stylesheet" href="/host.css">
<link rel="stylesheet" href="/codicon.css" id="vscode-codicon-stylesheet">
<script type="module" src="/${name}.js"></script>
</head>
<body class="${kinds[theme]}" data-vscode-theme-kind="${kinds[theme]}"></body>
</html>`;
}

/** The theme's variables, and the style sheet VS Code puts into every webview. */
async function hostStyles(theme: ThemeName): Promise<string> {
  const variables = Object.entries(themes[theme]).map(([name, value]) => `${name}: ${value};`);
  return `html { ${variables.join('\n')}
    --vscode-font-family: system-ui, 'Ubuntu', 'Droid Sans', sans-serif; --vscode-font-size: 13px; --vscode-font-weight: normal;
    --vscode-editor-font-family: 'DejaVu Sans Mono', monospace; --vscode-editor-font-size: 14px; --text-link-decoration: none;
    background: var(--vscode-editor-background); }
  ${await readFile(join(import.meta.dirname, 'vscode.css'), 'utf8')}`;
}
