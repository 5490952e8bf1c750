import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { viewPage } from '../../src/host/panels/viewPage.ts';
import { root } from '../support/folders.ts';
import themes from './themes.json' with { type: 'json' };

/** The four kinds of theme; `themes.json` holds the variables VS Code 1.139 gives to webviews in its default ones. */
export type ThemeName = keyof typeof themes;
export const themeNames = Object.keys(themes) as ThemeName[];

/** The classes VS Code puts on a webview's body. */
export function kindOf(theme: ThemeName): string {
  const kinds: Readonly<Record<ThemeName, string>> = {
    light: 'vscode-light',
    dark: 'vscode-dark',
    'hc-dark': 'vscode-high-contrast',
    'hc-light': 'vscode-high-contrast-light vscode-high-contrast',
  };
  return kinds[theme];
}

/** The page our panels give to VS Code, with `model` in it if there is one, and with what VS Code puts before it. */
export async function pageText(name: string, theme: ThemeName, model?: unknown): Promise<string> {
  const file = (one: string) => readFile(join(root, 'dist', 'webview', one), 'utf8');
  const [script, icons] = await Promise.all([file(`${name}.js`), file('icons.css')]);
  const page = viewPage({ title: name, script, icons, model });
  const [start, end] = ['<html lang="en">\n<head>', '<body>'];
  if (!page.includes(start) || !page.includes(end)) throw new Error('The page of a view has another form.');
  return page
    .replace(
      start,
      () => `<html lang="en" data-theme="${theme}"><head><link rel="stylesheet" href="/host.css">`,
    )
    .replace(end, () => `<body class="${kindOf(theme)}">`);
}

const fonts = `--vscode-font-family: system-ui, 'Ubuntu', 'Droid Sans', sans-serif; --vscode-font-size: 13px; --vscode-font-weight: normal;
  --vscode-editor-font-family: 'DejaVu Sans Mono', monospace; --vscode-editor-font-size: 14px; --vscode-editor-font-weight: normal;
  --text-link-decoration: none;`;

let styles: Promise<string> | undefined;

/** The variables of every theme, and the style sheet VS Code puts into every webview. */
export function themeStyles(): Promise<string> {
  styles ??= readFile(join(import.meta.dirname, 'vscode.css'), 'utf8').then((rules) =>
    [
      `html { ${fonts} background: var(--vscode-editor-background); }`,
      ...themeNames.map(variablesOf),
      rules,
    ].join('\n'),
  );
  return styles;
}

function variablesOf(theme: ThemeName): string {
  const variables = Object.entries(themes[theme]).map(([name, value]) => `${name}: ${value};`);
  return `html[data-theme='${theme}'] { ${variables.join('\n')} }`;
}
