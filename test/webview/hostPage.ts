import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
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

/** The page our panels give to VS Code, with its scripts at `origin`, and with what VS Code adds to it. */
export function pageText(origin: string, name: string, theme: ThemeName): string {
  const policy = `default-src 'none'; script-src ${origin}; style-src ${origin}; font-src ${origin}; base-uri 'none'; form-action 'none'`;
  return `<!DOCTYPE html>
<html lang="en" data-theme="${theme}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${name}</title>
<link rel="stylesheet" href="/host.css">
<link rel="stylesheet" href="/codicon.css" id="vscode-codicon-stylesheet">
<script type="module" src="/${name}.js"></script>
</head>
<body class="${kindOf(theme)}"></body>
</html>`;
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
