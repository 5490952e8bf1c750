import { sheet } from '../styles.ts';

/** What only the checks view has. */
export const checksStyles = sheet(`
  .cost { font-size: 1.05em; margin-bottom: 12px; }
  fieldset { border: 0; border-top: 1px solid var(--line); margin: 20px 0 0; min-width: 0; padding: 0; }
  legend { padding: 8px 8px 4px 0; }
  .area { font-size: 1.15em; font-weight: 600; }
  .plan { display: grid; gap: 2px 24px; grid-template-columns: repeat(auto-fill, minmax(min(100%, 420px), 1fr)); list-style: none; margin: 0; padding: 0; }
  .choice { align-items: flex-start; display: flex; gap: 8px; padding: 4px 0; }
  .choice > div { min-width: 0; }
  .choice label { font-weight: 600; }
  .choice.off label { color: var(--muted); font-weight: normal; }
  .price { white-space: nowrap; }
  .caution { align-items: flex-start; display: flex; gap: 6px; margin-top: 2px; }
  .sign-in { background: var(--raised); border: 1px solid var(--vscode-contrastBorder, transparent); border-radius: var(--radius); padding: 10px 12px; }
  .run { margin-bottom: 8px; }
  .away .row { margin-bottom: 8px; }
  .notice {
    align-items: center; background: var(--raised); border: 1px solid var(--vscode-contrastBorder, transparent);
    border-inline-start: 3px solid var(--good); border-radius: var(--radius); display: flex; flex-wrap: wrap; gap: 8px 12px; margin: 0 0 16px; padding: 8px 12px;
  }
  .notice.failed { border-inline-start-color: var(--bad); }
  .notice p { flex: 1 1 200px; margin: 0; overflow-wrap: anywhere; }
  .changes { margin: 8px 0 0; }
  .changed { list-style: none; margin: 4px 0 0; padding: 0; }
  .changed li { align-items: flex-start; display: flex; gap: 6px; overflow-wrap: anywhere; }
  .changed .codicon { flex: none; margin-top: 2px; }
  .matching {
    background: var(--raised); border: 1px solid var(--vscode-contrastBorder, transparent); border-inline-start: 3px solid var(--info);
    border-radius: var(--radius); margin-top: 16px; padding: 10px 12px;
  }
  .matching .value { align-items: center; }
  .matching .value .icon-button { opacity: 1; }
  .matching p { max-width: none; overflow-wrap: anywhere; }
  .checks { table-layout: fixed; }
  .checks thead th:first-child { width: 132px; }
  .checks thead th:nth-child(2) { width: 27%; }
  .checks tbody th { color: inherit; font-weight: 600; }
  .checks td, .checks th { overflow-wrap: anywhere; }
  .verdict { align-items: center; display: inline-flex; gap: 6px; }
  .advice { margin-top: 4px; }
  .fixes { margin-top: 8px; }
  .checks tr:is([data-verdict=pass], [data-verdict=not_applicable]) summary { align-items: flex-start; color: inherit; margin-top: 0; }
  .how { padding-bottom: 4px; }
  .how p { color: var(--muted); margin: 6px 0 0; }
  .how .row { gap: 4px 16px; }
  @media (max-width: 620px) {
    .checks thead { clip-path: inset(50%); height: 1px; overflow: hidden; position: absolute; width: 1px; }
    .checks tr { border-bottom: 1px solid var(--line); display: block; padding: 8px 0; }
    .checks td, .checks tbody th { border: 0; display: block; padding: 0 0 4px; }
  }
`);
