import { sheet } from '../styles.ts';

/** What only the scopes view has. */
export const scopesStyles = sheet(`
  .matrix td, .matrix th { vertical-align: middle; }
  .matrix td { overflow-wrap: anywhere; }
  .verdict { align-items: center; display: inline-flex; gap: 6px; line-height: inherit; vertical-align: bottom; }
  .matrix .reason { color: var(--muted); }
  .legend { margin-top: 12px; }
  @media (max-width: 480px) {
    .matrix thead { clip-path: inset(50%); height: 1px; overflow: hidden; position: absolute; width: 1px; }
    .matrix tr { border-bottom: 1px solid var(--line); display: grid; gap: 2px 12px; grid-template-columns: auto 1fr auto; padding: 8px 0; }
    .matrix td { align-items: center; border: 0; display: flex; flex-wrap: wrap; gap: 0 6px; padding: 0; }
    .matrix td:first-child { grid-column: 1 / 3; }
    .matrix td:last-child { grid-column: 3; grid-row: 1; }
    .matrix td[data-label] { grid-column: 1 / -1; }
    .matrix td.reason { grid-column: 1 / -1; }
    .matrix td.reason:empty { display: none; }
    .matrix td[data-label]::before { color: var(--muted); content: attr(data-label); min-width: 88px; }
  }
`);
