import { sheet } from '../styles.ts';

/** What only the MCP view has. */
export const mcpStyles = sheet(`
  .headline { align-items: flex-start; display: flex; font-size: 1.08em; gap: 8px; margin: 16px 0 0; max-width: 84ch; overflow-wrap: anywhere; }
  .headline .codicon { flex: none; margin-top: 2px; }
  .walk { list-style: none; margin: 0; padding: 0; }
  .step { border-bottom: 1px solid var(--line); display: flex; gap: 12px; padding: 12px 0; }
  .step:last-child { border-bottom: 0; }
  .step > .codicon { flex: none; margin-top: 2px; }
  .step-body { flex: 1; min-width: 0; overflow-wrap: anywhere; }
  .step h3 { margin: 0; }
  .step-word { color: var(--muted); font-size: 0.92em; font-weight: normal; margin-inline-start: 6px; }
  .step-open h3 { color: var(--muted); font-weight: normal; }
  .step .key-values { margin-top: 6px; }
  .step .key-value { border-bottom: 0; grid-template-columns: minmax(150px, 20%) minmax(0, 1fr); padding: 2px 0; }
  .step dt { color: var(--muted); font-weight: normal; }
  .step .finding { background: var(--raised); border: 1px solid var(--vscode-contrastBorder, transparent); border-inline-start: 3px solid var(--line); border-radius: var(--radius); display: block; margin: 8px 0; padding: 8px 12px; }
  .step .finding-error { border-inline-start-color: var(--bad); }
  .step .finding-warning { border-inline-start-color: var(--warn); }
  .step .finding p { margin: 0; max-width: 84ch; }
  .step .finding .advice { margin-top: 6px; }
  .step .finding .source { color: var(--muted); font-size: 0.92em; font-weight: normal; }
  .plan { margin: 8px 0 0; max-width: 84ch; padding-inline-start: 20px; }
  @media (max-width: 480px) {
    .step .key-value { grid-template-columns: minmax(0, 1fr); }
  }
`);
