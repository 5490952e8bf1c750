import { sheet } from '../styles.ts';

/** What only the API view has. */
export const apiStyles = sheet(`
  .happened { list-style: none; margin: 14px 0 0; padding: 0; }
  .happened li { display: flex; gap: 8px; padding: 2px 0; overflow-wrap: anywhere; }
  .happened .codicon.codicon { flex: none; font-size: 14px; line-height: 20px; }
  .headers th { color: var(--muted); font-weight: normal; white-space: nowrap; width: 160px; }
  .headers :is(th, td) { font-family: var(--vscode-editor-font-family, monospace); font-size: var(--vscode-editor-font-size, 0.95em); overflow-wrap: anywhere; }
  .headers tr:last-child :is(th, td) { border-bottom: 0; }
  .scopes-held { display: flex; flex-wrap: wrap; gap: 6px; margin: 8px 0 0; }
  @media (max-width: 480px) { .headers :is(th, td) { display: block; border-bottom: 0; padding: 2px 0; width: auto; } .headers td:last-child { border-bottom: 1px solid var(--line); padding-bottom: 6px; } }
`);
