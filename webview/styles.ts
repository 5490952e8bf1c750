/** Makes a style sheet that a strict content security policy allows. */
export function sheet(text: string): CSSStyleSheet {
  const styles = new CSSStyleSheet();
  styles.replaceSync(text);
  return styles;
}

/** What every view shares: type scale, headings, tables, monospace values, focus; colours come from the theme only. */
export const baseStyles = sheet(`
  :root { --gap: 16px; }
  body {
    box-sizing: border-box;
    margin: 0 auto;
    max-width: 1040px;
    padding: 20px clamp(12px, 3vw, 32px) 48px;
    color: var(--vscode-foreground);
    font-family: var(--vscode-font-family);
    font-size: var(--vscode-font-size);
    line-height: 1.5;
  }
  h1 { font-size: 1.6em; font-weight: 600; line-height: 1.25; margin: 0 0 4px; overflow-wrap: anywhere; }
  h2 { font-size: 1.15em; font-weight: 600; margin: 28px 0 8px; }
  h3 { font-size: 1em; font-weight: 600; margin: 16px 0 4px; }
  p { margin: 0 0 8px; }
  a { color: var(--vscode-textLink-foreground); }
  a:hover { color: var(--vscode-textLink-activeForeground); }
  code, pre, .mono {
    font-family: var(--vscode-editor-font-family);
    font-size: var(--vscode-editor-font-size);
    overflow-wrap: anywhere;
  }
  pre {
    background: var(--vscode-textCodeBlock-background);
    border: 1px solid var(--vscode-widget-border, transparent);
    border-radius: 4px;
    margin: 0;
    max-height: 60vh;
    overflow: auto;
    padding: 10px 12px;
    white-space: pre-wrap;
  }
  table { border-collapse: collapse; width: 100%; }
  th, td { border-bottom: 1px solid var(--vscode-panel-border); padding: 6px 8px 6px 0; text-align: start; vertical-align: top; }
  th { color: var(--vscode-descriptionForeground); font-weight: 600; }
  .muted { color: var(--vscode-descriptionForeground); }
  .row { align-items: center; display: flex; flex-wrap: wrap; gap: 8px; }
  .visually-hidden { clip-path: inset(50%); height: 1px; overflow: hidden; position: absolute; white-space: nowrap; width: 1px; }
  :focus-visible { outline: 1px solid var(--vscode-focusBorder); outline-offset: 2px; }
`);
