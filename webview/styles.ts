/** Makes a style sheet that a strict content security policy allows. */
export function sheet(text: string): CSSStyleSheet {
  const styles = new CSSStyleSheet();
  styles.replaceSync(text);
  return styles;
}

/**
 * What every view shares. Colours come from the theme only; `--line`, `--raised` and the tones are the ones to use:
 * VS Code leaves some of its variables out in high-contrast themes, and these fall back to what is there.
 */
export const baseStyles = sheet(`
  :root {
    --line: var(--vscode-contrastBorder, var(--vscode-settings-headerBorder, var(--vscode-panel-border, currentColor)));
    --raised: var(--vscode-textCodeBlock-background, transparent);
    --hover: var(--vscode-list-hoverBackground, transparent);
    --muted: var(--vscode-descriptionForeground, var(--vscode-foreground));
    --good: var(--vscode-charts-green, currentColor);
    --bad: var(--vscode-problemsErrorIcon-foreground, var(--vscode-errorForeground, currentColor));
    --warn: var(--vscode-problemsWarningIcon-foreground, currentColor);
    --info: var(--vscode-problemsInfoIcon-foreground, currentColor);
    --radius: 4px;
  }
  body {
    box-sizing: border-box;
    margin: 0 auto;
    max-width: 1080px;
    padding: 24px clamp(12px, 3vw, 32px) 56px;
    color: var(--vscode-foreground);
    font-family: var(--vscode-font-family);
    font-size: var(--vscode-font-size);
    line-height: 1.5;
  }
  body.vscode-light, body.vscode-high-contrast-light { color-scheme: light; }
  body.vscode-dark, body.vscode-high-contrast:not(.vscode-high-contrast-light) { color-scheme: dark; }
  h1, h2, h3 { color: var(--vscode-settings-headerForeground, var(--vscode-foreground)); font-weight: 600; }
  h1 { font-size: 1.75em; line-height: 1.25; margin: 0; overflow-wrap: anywhere; }
  h2 { font-size: 1.2em; line-height: 1.4; margin: 0; }
  h3 { font-size: 1em; margin: 16px 0 4px; }
  p { margin: 0 0 8px; max-width: 90ch; overflow-wrap: anywhere; }
  a, .link { color: var(--vscode-textLink-foreground); text-decoration: none; }
  a:hover, .link:hover { color: var(--vscode-textLink-activeForeground); text-decoration: underline; }
  p a, .finding a { text-decoration: underline; }
  button.link { background: none; border: 0; cursor: pointer; font: inherit; padding: 0; text-align: start; }
  code, pre, .mono {
    font-family: var(--vscode-editor-font-family, monospace);
    font-size: var(--vscode-editor-font-size, 0.95em);
    overflow-wrap: anywhere;
  }
  code { background: none; color: inherit; padding: 0; }
  pre {
    background: var(--raised);
    border: 1px solid var(--vscode-contrastBorder, var(--vscode-widget-border, transparent));
    border-radius: var(--radius);
    line-height: 1.45;
    margin: 0;
    max-height: 60vh;
    overflow: auto;
    padding: 10px 12px;
    white-space: pre-wrap;
  }
  table { border-collapse: collapse; width: 100%; }
  th, td { border-bottom: 1px solid var(--line); padding: 6px 12px 6px 0; text-align: start; vertical-align: top; }
  th { color: var(--muted); font-weight: 600; }
  .muted { color: var(--muted); }
  .row { align-items: center; display: flex; flex-wrap: wrap; gap: 8px; }
  .visually-hidden {
    clip-path: inset(50%); height: 1px; margin: -1px; overflow: hidden; position: absolute; white-space: nowrap; width: 1px;
  }
  :focus-visible { outline: 1px solid var(--vscode-focusBorder); outline-offset: 2px; }
  .tone-good { color: var(--good); }
  .tone-bad { color: var(--bad); }
  .tone-warn { color: var(--warn); }
  .tone-info { color: var(--info); }
  .tone-neutral { color: var(--muted); }
  .codicon.codicon { font-size: 16px; }

  input[type='checkbox'] {
    align-items: center; appearance: none; background: var(--vscode-settings-checkboxBackground, transparent); border: 1px solid var(--vscode-settings-checkboxBorder, currentColor);
    border-radius: 3px; box-sizing: border-box; color: var(--vscode-settings-checkboxForeground, currentColor); display: inline-flex; flex: none; height: 18px;
    justify-content: center; margin: 1px 0 0; width: 18px;
  }
  input[type='checkbox']::before { font: 14px/1 codicon; }
  input[type='checkbox']:checked::before { content: '\\eab2'; }
  input[type='checkbox']:indeterminate::before { content: '\\eacc'; }
  input[type='checkbox']:disabled { opacity: 0.5; }
  input[type='checkbox']:focus-visible { border-color: var(--vscode-focusBorder); outline-offset: 0; }
  @media (forced-colors: active) { input[type='checkbox'] { appearance: auto; } }
  /* The browser's own has a rest that is white where the theme is dark. */
  progress {
    appearance: none; background: var(--raised); border: 1px solid var(--line); border-radius: 4px; box-sizing: border-box;
    display: block; height: 8px; overflow: hidden; width: 100%;
  }
  progress::-webkit-progress-bar { background: transparent; }
  progress::-webkit-progress-value { background: var(--vscode-progressBar-background, currentColor); }
  .button {
    align-items: center; background: var(--vscode-button-background); border: 1px solid var(--vscode-button-border, transparent);
    border-radius: var(--radius); box-sizing: border-box; color: var(--vscode-button-foreground); cursor: pointer; display: inline-flex;
    font: inherit; gap: 4px; justify-content: center; line-height: 22px; max-width: 100%; overflow-wrap: anywhere; padding: 1px 13px;
  }
  .button:is(:hover, :focus-visible) { background: var(--vscode-button-hoverBackground); }
  .button.secondary {
    background: var(--vscode-button-secondaryBackground, transparent); color: var(--vscode-button-secondaryForeground);
    border-color: var(--vscode-button-secondaryBorder, var(--vscode-button-border, transparent));
  }
  .button.secondary:is(:hover, :focus-visible) { background: var(--vscode-button-secondaryHoverBackground, transparent); }
  .button:disabled { opacity: 0.4; pointer-events: none; }
  .ask-line { align-items: flex-end; display: flex; flex-wrap: wrap; gap: 8px; margin: 12px 0; }
  .ask-line label { display: flex; flex: 1 1 220px; flex-direction: column; gap: 4px; max-width: 520px; }
  :is(.ask-line, .row-filter) input {
    background: var(--vscode-input-background); border: 1px solid var(--vscode-input-border, var(--line)); border-radius: 2px;
    box-sizing: border-box; color: var(--vscode-input-foreground); font: inherit; height: 26px; padding: 0 6px;
  }
  :is(.ask-line, .row-filter) input::placeholder { color: var(--vscode-input-placeholderForeground, var(--muted)); opacity: 1; }

  .view-header { align-items: flex-start; display: flex; gap: 16px; margin-bottom: 20px; }
  .view-icon {
    align-items: center; background: var(--raised); border: 1px solid var(--line); border-radius: 8px;
    display: flex; flex: none; height: 52px; justify-content: center; width: 52px;
  }
  .view-icon .codicon.codicon { font-size: 28px; }
  .view-title { flex: 1; min-width: 0; }
  .view-title p { margin: 2px 0 0; max-width: none; }
  .badges { margin-top: 10px; }
  .actions { margin-top: 14px; }

  .badge {
    align-items: center; background: var(--raised); border: 1px solid var(--line); border-radius: 12px;
    display: inline-flex; gap: 6px; line-height: 20px; max-width: 100%; padding: 1px 10px 1px 6px; box-sizing: border-box;
  }
  .badge .codicon.codicon { font-size: 14px; }
  .tag, .count {
    background: var(--vscode-badge-background); border: 1px solid var(--vscode-contrastBorder, transparent); border-radius: 10px;
    color: var(--vscode-badge-foreground); display: inline-block; font-size: 0.85em; font-weight: normal; line-height: 1.5;
    overflow-wrap: anywhere; padding: 0 7px; vertical-align: 1px;
  }
  .icon-button {
    background: none; border: 1px solid transparent; border-radius: 5px; color: var(--vscode-icon-foreground, inherit); cursor: pointer;
    flex: none; height: 22px; line-height: 1; padding: 2px; width: 22px; box-sizing: border-box; display: inline-flex;
    align-items: center; justify-content: center;
  }
  .icon-button:hover { background: var(--vscode-toolbar-hoverBackground, transparent); outline: 1px dashed var(--vscode-toolbar-hoverOutline, transparent); }
  .icon-button:active { background: var(--vscode-toolbar-activeBackground, transparent); }
  .icon-button:focus-visible { outline: 1px solid var(--vscode-focusBorder); outline-offset: -1px; }
  .icon-button.copied .codicon { color: var(--good); }
  .icon-button.copied .codicon::before { content: '\\eab2'; }

  section { margin-top: 28px; }
  .section-head, .fold > summary { align-items: center; display: flex; gap: 8px; }
  .section-head { border-bottom: 1px solid var(--line); padding-bottom: 4px; }
  .section-actions { display: inline-flex; gap: 4px; margin-inline-start: auto; }
  .hint, .section-head + p { margin: 8px 0; }
  .fold { border-top: 1px solid var(--line); margin-top: 16px; }
  .fold + .fold { margin-top: 0; }
  .fold:last-of-type { border-bottom: 1px solid var(--line); }
  .fold > summary { cursor: pointer; list-style: none; padding: 8px 0; }
  .fold > summary:hover { background: var(--hover); }
  .fold > summary > .codicon { transition: rotate 0.1s; }
  .fold[open] > summary > .codicon { rotate: 90deg; }
  .fold > summary h2 { font-size: 1.05em; }
  .fold-body { padding: 0 0 16px 24px; }
  .disclosure > summary { align-items: center; color: var(--vscode-textLink-foreground); cursor: pointer; display: flex; gap: 2px; list-style: none; margin-top: 4px; width: fit-content; }
  .disclosure > summary:hover { color: var(--vscode-textLink-activeForeground); }
  .disclosure > summary > .codicon { flex: none; margin-inline-start: -3px; transition: rotate 0.1s; }
  .disclosure[open] > summary > .codicon { rotate: 90deg; }
  .vscode-reduce-motion .codicon.codicon { animation: none; transition: none; }
  @media (prefers-reduced-motion: reduce) { .codicon.codicon { animation: none; transition: none; } }

  .key-values { margin: 0; }
  .key-value { border-bottom: 1px solid var(--line); display: grid; gap: 0 16px; grid-template-columns: minmax(184px, 22%) minmax(0, 1fr); padding: 7px 0; }
  .key-value:last-child { border-bottom: 0; }
  .key-value:hover { background: var(--hover); }
  .key-value dt { font-weight: 600; overflow-wrap: anywhere; }
  .key-value dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }
  .value { align-items: flex-start; display: flex; gap: 8px; }
  .value-text { flex: 1; min-width: 0; overflow-wrap: anywhere; }
  .note { color: var(--muted); }
  .value .icon-button { opacity: 0; }
  .key-value:hover .icon-button, .key-value:focus-within .icon-button, .icon-button.copied { opacity: 1; }
  @media (hover: none) { .value .icon-button { opacity: 1; } }

  .findings { list-style: none; margin: 0; padding: 0; }
  .finding {
    background: var(--raised); border: 1px solid var(--vscode-contrastBorder, transparent); border-inline-start: 3px solid var(--info);
    border-radius: var(--radius); display: flex; gap: 10px; margin: 8px 0; padding: 8px 12px;
  }
  .finding-error { border-inline-start-color: var(--bad); }
  .finding-warning { border-inline-start-color: var(--warn); }
  .finding > .codicon { flex: none; margin-top: 2px; }
  .finding > div { min-width: 0; overflow-wrap: anywhere; }
  .finding-message { font-weight: 600; }
  .finding-reason { color: var(--vscode-foreground); }
  .source { font-size: 0.92em; white-space: nowrap; }
  span.source { color: var(--muted); }
  .note a.source { color: inherit; text-decoration: underline; text-decoration-color: var(--line); text-underline-offset: 2px; }
  .note a.source:hover { color: var(--vscode-textLink-activeForeground); text-decoration-color: currentColor; }

  .foreign { unicode-bidi: isolate; }
  .mark {
    border: 1px solid var(--warn); border-radius: 3px; font-family: var(--vscode-editor-font-family, monospace); font-size: 0.8em;
    margin: 0 1px; padding: 0 3px; unicode-bidi: isolate; white-space: nowrap;
  }
  .more > summary { cursor: pointer; list-style: none; }
  .more > summary .link { display: inline-block; }
  .more[open] > summary .more-start, .more[open] > summary .more-open, .more:not([open]) > summary .more-close { display: none; }

  .tabs { border-bottom: 1px solid var(--line); display: flex; flex-wrap: wrap; gap: 0 16px; margin-top: 24px; }
  .tabs button {
    background: none; border: 0; border-bottom: 1px solid transparent; color: var(--vscode-panelTitle-inactiveForeground, var(--muted));
    cursor: pointer; font: inherit; margin-bottom: -1px; padding: 6px 2px 7px;
  }
  .tabs button:hover { color: var(--vscode-panelTitle-activeForeground, var(--vscode-foreground)); }
  .tabs button[aria-selected='true'] {
    border-bottom: 2px solid var(--vscode-panelTitle-activeBorder, var(--vscode-focusBorder));
    color: var(--vscode-panelTitle-activeForeground, var(--vscode-foreground)); padding-bottom: 6px;
  }
  .vscode-high-contrast .button:not(.secondary) { font-weight: bold; }
  /* There the theme gives all buttons one look: the main one is filled with the colour of their borders. */
  .vscode-high-contrast:not(.vscode-high-contrast-light) .button:not(.secondary) {
    background: var(--vscode-contrastBorder, var(--vscode-foreground)); color: var(--vscode-editor-background);
  }
  .vscode-high-contrast .tabs button[aria-selected='true'] { border-bottom: 3px solid var(--vscode-focusBorder); padding-bottom: 5px; }
  .tabs button:focus-visible { outline-offset: -2px; }

  .empty { align-items: center; display: flex; flex-direction: column; gap: 4px; padding: 48px 0; text-align: center; }
  .empty > .codicon.codicon { color: var(--muted); font-size: 40px; margin-bottom: 8px; }
  .empty h1 { font-size: 1.2em; line-height: 1.4; }
  .empty p { color: var(--muted); max-width: 52ch; }
  .empty .row { justify-content: center; margin-top: 8px; }

  @media (max-width: 480px) {
    .view-icon { display: none; }
    .key-value { grid-template-columns: minmax(0, 1fr); }
    .fold-body { padding-inline-start: 0; }
    .source { white-space: normal; }
  }
`);
