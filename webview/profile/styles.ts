import { sheet } from '../styles.ts';

/** The form's looks: one column, as in the settings editor; colours come from the theme only. */
export const profileStyles = sheet(`
  body { max-width: 760px; padding-bottom: 0; }
  .form > section:first-child { margin-top: 0; }
  .form .fold { margin-top: 28px; }
  .form .fold + .fold { margin-top: 0; }
  .form .fold-body { padding-inline-start: 24px; }

  .field { margin: 14px 0 18px; }
  .field-label { color: var(--vscode-settings-headerForeground, var(--vscode-foreground)); display: block; font-weight: 600; width: fit-content; }
  .field-note { color: var(--muted); margin-bottom: 6px; overflow-wrap: anywhere; }
  .field-label + .text { margin-top: 4px; }
  .text {
    background: var(--vscode-settings-textInputBackground, transparent); border: 1px solid var(--vscode-settings-textInputBorder, var(--vscode-settings-textInputBackground, transparent));
    border-radius: var(--radius); box-sizing: border-box; color: var(--vscode-settings-textInputForeground, inherit); display: block; line-height: 18px; padding: 3px 4px; width: 100%;
  }
  .text:not(.mono) { font: inherit; line-height: 18px; }
  .text:focus { border-color: var(--vscode-focusBorder); outline: none; }
  .text::placeholder { color: var(--vscode-input-placeholderForeground); opacity: 1; }
  .text:read-only { cursor: not-allowed; }
  .text[aria-invalid='true'] { background: var(--vscode-inputValidation-errorBackground, transparent); border-color: var(--vscode-inputValidation-errorBorder, var(--bad)); }
  textarea.text { resize: vertical; }
  .flag { align-items: flex-start; cursor: pointer; display: flex; gap: 8px; width: fit-content; }
  .remark { align-items: flex-start; display: flex; gap: 6px; margin-top: 6px; overflow-wrap: anywhere; }
  .remark .codicon, .radio-warning .codicon { flex: none; font-size: 14px; line-height: 1.5; }

  .radios { display: grid; gap: 8px; margin-top: 6px; }
  .radios summary { align-items: flex-start; }
  .radios summary .codicon { line-height: 1.4; }
  .radios [open] > summary .muted { display: none; }
  .radio { display: grid; column-gap: 8px; grid-template-columns: 18px minmax(0, 1fr); }
  .radio input {
    appearance: none; background: var(--vscode-settings-checkboxBackground, transparent); border: 1px solid color-mix(in srgb, var(--vscode-foreground) 45%, transparent);
    border-radius: 50%; box-sizing: border-box; cursor: pointer; flex: none; height: 18px; margin: 1px 0 0; width: 18px;
  }
  .radio input:checked { background: radial-gradient(circle, var(--vscode-settings-checkboxForeground, currentColor) 4px, var(--vscode-settings-checkboxBackground, transparent) 4.6px); }
  .radio input:focus-visible { border-color: var(--vscode-focusBorder); outline: 1px solid var(--vscode-focusBorder); outline-offset: 0; }
  .radio label { cursor: pointer; }
  .radio-text { color: var(--muted); grid-column: 2; }
  .radio-warning { align-items: flex-start; color: var(--vscode-foreground); display: flex; gap: 6px; }
  .radio.off label, .radio.off input { cursor: default; }
  .radio.off label { color: var(--vscode-disabledForeground, var(--muted)); }
  @media (forced-colors: active) { .radio input { appearance: auto; } }

  .fix { margin-top: 6px; overflow-wrap: anywhere; }
  .remark + .fix { margin: 2px 0 0 20px; }
  .discovery { align-items: flex-start; display: flex; gap: 8px; margin: -8px 0 14px; }
  .discovery:empty { display: none; }
  .discovery > .codicon { flex: none; line-height: 1.4; }
  .discovery > div { min-width: 0; overflow-wrap: anywhere; }
  .discovery.idle { display: none; }
  .discovery ul { margin: 4px 0 0; padding-inline-start: 18px; }
  .key-values + .discovery, .remark + .discovery { margin-top: 10px; }
  .below { margin: 8px 0 0; }

  .secret { align-items: center; display: flex; flex-wrap: wrap; gap: 8px 16px; justify-content: space-between; }
  .secret-state { align-items: center; display: inline-flex; gap: 6px; min-width: 0; overflow-wrap: anywhere; }
  .register { background: var(--raised); border: 1px solid var(--vscode-contrastBorder, transparent); border-radius: var(--radius); padding: 10px 14px 12px; }
  .register-title { font-weight: 600; }
  .register-value { align-items: center; display: flex; gap: 8px; margin: 4px 0 2px; }
  .register-value code { font-size: 1.1em; user-select: all; }
  .register ul { color: var(--muted); margin: 4px 0; padding-inline-start: 18px; }

  .chips-place { position: relative; }
  .chips {
    align-items: center; background: var(--vscode-settings-textInputBackground); border: 1px solid var(--vscode-settings-textInputBorder, var(--vscode-settings-textInputBackground, transparent));
    border-radius: 4px; box-sizing: border-box; cursor: text; display: flex; flex-wrap: wrap; gap: 4px; min-height: 28px; padding: 3px 4px;
  }
  .chips:focus-within { border-color: var(--vscode-focusBorder); }
  .chips.invalid { border-color: var(--vscode-inputValidation-errorBorder, var(--bad)); }
  .chip-list { display: contents; list-style: none; }
  .chip {
    align-items: center; background: var(--vscode-badge-background); border: 1px solid var(--vscode-contrastBorder, transparent); border-radius: 3px;
    color: var(--vscode-badge-foreground); display: inline-flex; gap: 3px; line-height: 18px; max-width: 100%; padding: 0 2px 0 6px;
  }
  .chip .codicon { font-size: 13px; }
  .chip-text { overflow-wrap: anywhere; }
  .chip.wrong { text-decoration: underline wavy var(--bad); }
  .chip button { background: none; border: 0; border-radius: 3px; color: inherit; cursor: pointer; display: inline-flex; padding: 2px; }
  .chip button:hover { background: var(--vscode-toolbar-hoverBackground, transparent); }
  .chip:focus-within { outline: 1px solid var(--vscode-focusBorder); }
  .chips input {
    background: none; border: 0; color: var(--vscode-settings-textInputForeground, inherit); flex: 1 1 120px; font: inherit; line-height: 18px; min-width: 60px; outline: none; padding: 0;
  }
  .chips input::placeholder { color: var(--vscode-input-placeholderForeground); opacity: 1; }
  .suggestions {
    background: var(--vscode-editorSuggestWidget-background, var(--vscode-editorWidget-background)); border: 1px solid var(--vscode-editorSuggestWidget-border, var(--vscode-contrastBorder, var(--vscode-widget-border, currentColor)));
    border-radius: 4px; box-shadow: 0 2px 8px var(--vscode-widget-shadow, transparent); box-sizing: border-box; inset-inline: 0; list-style: none; margin: 2px 0 0;
    max-height: 264px; overflow: auto; padding: 3px; position: absolute; top: 100%; z-index: 5;
  }
  .suggestion { border: 1px solid transparent; border-radius: 3px; cursor: pointer; display: flex; flex-wrap: wrap; gap: 0 12px; padding: 2px 6px; }
  .suggestion:hover { background: var(--vscode-list-hoverBackground, transparent); }
  .suggestion[aria-selected='true'] {
    background: var(--vscode-list-activeSelectionBackground, var(--vscode-editorSuggestWidget-selectedBackground, transparent)); border-color: var(--vscode-contrastActiveBorder, transparent);
    color: var(--vscode-list-activeSelectionForeground, inherit);
  }
  .suggestion-value { overflow-wrap: anywhere; }
  .suggestion-text { flex: 1; opacity: 0.8; text-align: end; }
  .offered { align-items: center; display: flex; flex-wrap: wrap; gap: 6px; margin-top: 6px; }
  .offer {
    align-items: center; background: none; border: 1px dashed color-mix(in srgb, var(--vscode-foreground) 35%, transparent); border-radius: 3px; color: inherit; cursor: pointer; display: inline-flex; font: inherit; gap: 3px;
    line-height: 18px; max-width: 100%; overflow-wrap: anywhere; padding: 0 6px 0 3px;
  }
  .offer .codicon { font-size: 13px; }
  .offer:hover { background: var(--hover); border-style: solid; }

  .pairs { display: grid; gap: 6px; }
  .pair { align-items: center; display: grid; gap: 6px; grid-template-columns: minmax(0, 2fr) minmax(0, 3fr) 22px; }

  .notice { align-items: center; background: var(--raised); border: 1px solid var(--line); border-radius: var(--radius); display: flex; flex-wrap: wrap; gap: 8px 12px; margin-bottom: 20px; padding: 8px 12px; }
  .advice { align-items: flex-start; flex-wrap: nowrap; }
  .advice ul { flex: 1; margin: 0; overflow-wrap: anywhere; padding-inline-start: 16px; }
  .looks-like { margin: 12px 0 0; overflow-wrap: anywhere; }
  .notice > div:nth-of-type(1) { flex: 1 1 200px; }

  .providers { display: grid; gap: 10px; grid-template-columns: repeat(auto-fill, minmax(min(220px, 100%), 1fr)); margin: 12px 0 24px; }
  .providers.any { grid-template-columns: minmax(0, 1fr); }
  .provider {
    background: var(--raised); border: 1px solid var(--line); border-radius: 6px; color: inherit; cursor: pointer; display: grid; font: inherit; gap: 0 10px;
    grid-template-columns: minmax(0, 1fr); align-content: start; padding: 10px 12px; text-align: start;
  }
  .any .provider { grid-template-columns: auto minmax(0, 1fr); }
  .provider:hover { background: var(--hover); border-color: var(--vscode-focusBorder); }
  .provider .codicon.codicon { font-size: 20px; grid-row: span 2; line-height: 1.3; }
  .provider-name { font-weight: 600; }
  .provider-text { color: var(--muted); }

  /* What gets the focus, and what is said below it, must not end up behind the bar. */
  html { scroll-padding-bottom: 170px; }
  .save-bar {
    align-items: center; background: var(--vscode-editor-background); border-top: 1px solid var(--line); bottom: 0; display: flex; flex-wrap: wrap; gap: 6px 24px;
    justify-content: space-between; margin-top: 32px; padding: 12px 0 10px; position: sticky; z-index: 4;
  }
  .inline-radios, .inline-radios [role='radiogroup'], .inline-radios .radio { align-items: center; display: flex; flex-wrap: wrap; gap: 4px 14px; }
  .inline-radios .radio { gap: 6px; }
  .inline-radios .radio input { margin: 0; }
  /* A line of its own, kept free while there is nothing to say: the buttons above it stay where they are. */
  .save-text { align-items: center; display: flex; flex: 1 0 100%; gap: 6px; margin: 0; min-height: 1.5em; }
  .save-text.quiet { color: var(--muted); }

  /* Where there is little height, as with much zoom, the bar would take what there is. */
  @media (max-height: 420px) { .save-bar { position: static; } html { scroll-padding-bottom: 0; } }
  @media (max-width: 480px) {
    .pair { grid-template-columns: minmax(0, 1fr) 22px; }
    .pair > :nth-child(-n + 2) { grid-column: 1; }
    .save-bar { position: static; }
    html { scroll-padding-bottom: 0; }
    .form .fold-body { padding-inline-start: 0; }
    .suggestion-text { flex-basis: 100%; text-align: start; }
  }
`);
