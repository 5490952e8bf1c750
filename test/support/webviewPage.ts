import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { root } from './folders.ts';

/** The four kinds of theme; `themes/*.json` hold the variables VS Code 1.139 gives to webviews in its default ones. */
export type Theme = 'dark' | 'light' | 'hc-dark' | 'hc-light';

export interface WebviewPageOptions {
  /** `webview/<name>.entry.ts` */
  readonly name: string;
  readonly theme?: Theme;
  readonly width?: number;
  readonly height?: number;
  /** Told everything the view sends. */
  onMessage(message: unknown): void;
}

/** A view in a browser of its own, as VS Code would show it: same policy, same variables, same default styles. */
export interface WebviewPage {
  readonly page: Page;
  /** What the extension host would post. */
  post(message: unknown): Promise<void>;
  /** What the page wrote to its console, errors first among them what the policy refused. */
  readonly complaints: readonly string[];
}

const origin = 'http://webview.invalid';

/** Opens `webview/<name>.entry.ts`, freshly bundled, outside VS Code. */
export async function openWebview(browser: Browser, options: WebviewPageOptions): Promise<WebviewPage> {
  const { width = 900, height = 900, theme = 'dark' } = options;
  const context = await browser.newContext({ viewport: { width, height } });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  await page.exposeFunction('toHost', (message: unknown) => options.onMessage(message));
  const files = await pageFiles(options.name, theme);
  await page.route(`${origin}/**`, async (route) => {
    const file = files.get(new URL(route.request().url()).pathname);
    await (file ? route.fulfill(file) : route.fulfill({ status: 404 }));
  });
  await page.goto(`${origin}/`);
  return {
    page,
    complaints,
    post: (message) => page.evaluate((data) => window.postMessage(data, '*'), message),
  };
}

interface PageFile {
  readonly contentType: string;
  readonly body: string | Buffer;
}

async function pageFiles(name: string, theme: Theme): Promise<Map<string, PageFile>> {
  const codicons = join(root, 'node_modules', '@vscode', 'codicons', 'dist');
  return new Map<string, PageFile>([
    ['/', { contentType: 'text/html', body: pageText(theme) }],
    ['/view.js', { contentType: 'text/javascript', body: await bundle(name) }],
    ['/host.js', { contentType: 'text/javascript', body: hostScript }],
    ['/theme.css', { contentType: 'text/css', body: await themeStyles(theme) }],
    ['/codicon.css', { contentType: 'text/css', body: await readFile(join(codicons, 'codicon.css')) }],
    ['/codicon.ttf', { contentType: 'font/ttf', body: await readFile(join(codicons, 'codicon.ttf')) }],
  ]);
}

async function bundle(name: string): Promise<string> {
  const result = await build({
    entryPoints: [join(root, 'webview', `${name}.entry.ts`)],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'chrome128',
    logLevel: 'silent',
  });
  return result.outputFiles[0]?.text ?? '';
}

const hostScript =
  'window.acquireVsCodeApi = () => ({ postMessage: (message) => void window.toHost(message) });';

/** As in VS Code's own `pre/index.html`. */
async function themeStyles(theme: Theme): Promise<string> {
  const path = join(import.meta.dirname, 'themes', `${theme}.json`);
  const variables = JSON.parse(await readFile(path, 'utf8')) as Record<string, string>;
  const lines = Object.entries(variables).map(([name, value]) => `${name}: ${value};`);
  return `:root { ${lines.join('\n')} }
    html { scrollbar-color: var(--vscode-scrollbarSlider-background) var(--vscode-editor-background); }
    body { background: var(--vscode-editor-background); color: var(--vscode-editor-foreground); overscroll-behavior-x: none;
      font-family: var(--vscode-font-family); font-weight: var(--vscode-font-weight); font-size: var(--vscode-font-size); margin: 0; padding: 0 20px; }`;
}

function pageText(theme: Theme): string {
  const kinds = {
    dark: 'vscode-dark',
    light: 'vscode-light',
    'hc-dark': 'vscode-high-contrast',
    'hc-light': 'vscode-high-contrast-light vscode-high-contrast',
  };
  const policy = `default-src 'none'; script-src ${origin}; style-src ${origin}; font-src ${origin}; base-uri 'none'; form-action 'none'`;
  return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${policy}">
    <meta name="viewport" content="width=device-width, initial-scale=1"><title>View</title>
    <link rel="stylesheet" href="/theme.css"><link rel="stylesheet" href="/codicon.css" id="vscode-codicon-stylesheet">
    <script src="/host.js"></script><script type="module" src="/view.js"></script></head>
    <body class="${kinds[theme]}"></body></html>`;
}
