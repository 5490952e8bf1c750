import { sheet } from '../styles.ts';

/** What only the API view has. */
export const apiStyles = sheet(`
  .request-line { display: flex; flex-wrap: wrap; gap: 4px 10px; align-items: baseline; font-size: 1.05em; }
  .request-line .method { font-weight: 700; }
  .happened { list-style: none; margin: 14px 0 0; padding: 0; }
  .happened li { display: flex; gap: 8px; padding: 2px 0; overflow-wrap: anywhere; }
  .happened .codicon.codicon { flex: none; font-size: 14px; line-height: 20px; }
  .status { font-size: 1.35em; font-weight: 600; line-height: 1.3; overflow-wrap: anywhere; }
  .response-head { align-items: baseline; display: flex; flex-wrap: wrap; gap: 4px 14px; margin: 0 0 10px; }
  .body-actions { display: flex; justify-content: flex-end; margin-bottom: 4px; }
  .headers td:first-child { color: var(--muted); white-space: nowrap; }
  .headers td { font-family: var(--vscode-editor-font-family, monospace); font-size: var(--vscode-editor-font-size, 0.95em); overflow-wrap: anywhere; }
  .scopes-held { display: flex; flex-wrap: wrap; gap: 6px; margin: 8px 0 0; }
  @media (max-width: 480px) { .headers td { display: block; border-bottom: 0; padding: 2px 0; } .headers td:last-child { border-bottom: 1px solid var(--line); padding-bottom: 6px; } }
`);
