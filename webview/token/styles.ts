import { sheet } from '../styles.ts';

/** What only the token view needs. */
export const tokenStyles = sheet(`
  .format { margin: 16px 0 8px; max-width: none; }
  .lifeline { margin: 12px 0; }
  oe-lifeline progress::-webkit-progress-value { background: var(--good); }
  oe-lifeline[over] progress::-webkit-progress-value { background: var(--bad); }
  .lifeline-ends { display: flex; flex-wrap: wrap; font-size: 0.92em; gap: 0 16px; justify-content: space-between; margin-top: 2px; }

  .scope-summary { font-weight: 600; margin: 8px 0; }
  .scopes th[scope='row'] { color: inherit; font-weight: normal; }
  .scopes thead th { font-size: 0.92em; }
  .scopes tbody tr:hover { background: var(--hover); }
  .mark-column { text-align: center; width: 64px; }
  .mark-column .codicon.codicon { line-height: inherit; vertical-align: bottom; }
  .verdict { display: flex; gap: 6px; margin-top: 2px; }
  .verdict .codicon { flex: none; margin-top: 2px; }
  [data-verdict='dropped'] th code, [data-verdict='missing'] th code { text-decoration: line-through; text-decoration-color: var(--warn); }

  .claim-value.json .foreign { white-space: pre-wrap; }
  .moment { font-weight: 600; }
  .raw-time { margin-inline-start: 4px; }
  .jump { background: none; border: 0; border-radius: 4px; color: inherit; cursor: pointer; font: inherit; padding: 0; text-align: start; }
  .jump:hover .badge { text-decoration: underline; }
  h2:focus { outline: none; }
  .row-filter { align-items: center; display: flex; gap: 6px; margin: 8px 0; max-width: 360px; }
  .row-filter input { flex: 1; min-width: 0; }
  .more-actions[open] { flex-basis: 100%; }
  .more-actions > summary {
    align-items: center; border-radius: 2px; cursor: pointer; display: flex; gap: 2px; list-style: none; min-height: 26px; padding: 0 8px 0 4px;
    width: fit-content;
  }
  .more-actions > summary:hover { background: var(--hover); }
  .more-actions > summary > .codicon { transition: rotate 0.1s; }
  .more-actions[open] > summary > .codicon { rotate: 90deg; }
  .more-actions > .row { margin-top: 6px; }
  .signature { margin-top: 8px; }
  .folds { margin-top: 28px; }
  .encoded { overflow-wrap: anywhere; word-break: break-all; }
  .encoded .part-0 { color: var(--vscode-debugTokenExpression-name, inherit); }
  .encoded .part-1 { color: var(--vscode-debugTokenExpression-string, inherit); }
  .encoded .part-2 { color: var(--muted); }
  .encoded .dot { color: var(--muted); }
  @media (max-width: 480px) {
    .scopes :is(thead, tbody) { display: block; }
    .scopes { display: block; }
    .scopes tr { border-bottom: 1px solid var(--line); display: grid; grid-template-columns: minmax(0, 1fr) repeat(3, 44px); }
    .scopes :is(th, td) { border: 0; padding-inline-end: 4px; width: auto; }
    .scopes thead .verdict-column { display: none; }
    .scopes thead th { font-size: 0.85em; }
    .scopes td.verdict-column { grid-column: 1 / -1; padding-top: 0; }
  }
`);
