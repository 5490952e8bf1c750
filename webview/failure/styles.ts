import { sheet } from '../styles.ts';

/** What the failure view and the API view share: the server's words, causes, notices. */
export const failureStyles = sheet(`
  .view-title h1 { font-size: 1.4em; }
  .message { font-size: 1.08em; margin-top: 4px; max-width: 80ch; overflow-wrap: anywhere; }
  /* In dark themes a line has the colour of what is raised. */
  .words {
    --line: var(--vscode-contrastBorder, color-mix(in srgb, var(--vscode-foreground) 16%, transparent));
    background: var(--raised); border: 1px solid var(--vscode-contrastBorder, transparent); border-inline-start: 3px solid var(--bad);
    border-radius: var(--radius); margin-top: 12px; padding: 6px 14px 10px;
  }
  .words .key-value { grid-template-columns: minmax(156px, 18%) minmax(0, 1fr); }
  .words dt { font-family: var(--vscode-editor-font-family, monospace); font-weight: normal; color: var(--muted); }
  .words dd { font-family: var(--vscode-editor-font-family, monospace); font-size: var(--vscode-editor-font-size, 0.95em); }
  .words .foreign { white-space: pre-wrap; }
  .words pre { border: 0; padding: 6px 0 0; background: none; }
  .meaning { margin: 12px 0 0; max-width: 80ch; }
  .causes { list-style: none; margin: 0; padding: 0; }
  .cause { border-bottom: 1px solid var(--line); display: flex; gap: 12px; padding: 14px 0; }
  .cause:last-child { border-bottom: 0; }
  .rank {
    align-items: center; border: 1px solid var(--vscode-contrastBorder, color-mix(in srgb, var(--vscode-foreground) 35%, transparent)); border-radius: 50%; box-sizing: border-box; color: var(--muted);
    display: flex; flex: none; font-size: 0.9em; height: 24px; justify-content: center; width: 24px;
  }
  .cause:first-child .rank {
    background: var(--vscode-badge-background); border-color: var(--vscode-contrastBorder, transparent); color: var(--vscode-badge-foreground);
  }
  .cause-body { flex: 1; min-width: 0; overflow-wrap: anywhere; }
  .cause h3 { display: inline; margin: 0; }
  .likelihood { color: var(--muted); font-size: 0.92em; margin-inline-start: 8px; white-space: nowrap; }
  .evidence { color: var(--muted); margin: 4px 0 0; padding: 0; list-style: none; max-width: 84ch; }
  .steps { margin: 8px 0 0; max-width: 84ch; padding-inline-start: 20px; }
  .steps li:only-child { display: block; margin-inline-start: -20px; }
  .fixes { margin-top: 12px; }
  .cause .source { display: inline-block; margin-top: 8px; }
  .notice {
    align-items: center; background: var(--raised); border: 1px solid var(--vscode-contrastBorder, transparent);
    border-inline-start: 3px solid var(--good); border-radius: var(--radius); display: flex; flex-wrap: wrap; gap: 8px 12px;
    margin: 0 0 16px; padding: 8px 12px;
  }
  .cause .notice { margin: 12px 0 0; }
  .notice.failed { border-inline-start-color: var(--bad); }
  .notice p { flex: 1 1 200px; margin: 0; overflow-wrap: anywhere; }
  .links { display: flex; flex-wrap: wrap; gap: 4px 20px; list-style: none; margin: 10px 0 0; padding: 0; }
  .where { margin-top: 10px; }
  @media (max-width: 480px) {
    .words .key-value { grid-template-columns: minmax(0, 1fr); }
    .rank { display: none; }
    .likelihood { display: block; margin: 0; }
  }
`);
