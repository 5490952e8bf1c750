import { sheet } from '../styles.ts';

export const flowStyles = sheet(`
  .diagram { margin-top: 12px; overflow-x: auto; padding: 4px 0 8px; }
  .diagram svg { display: block; font-family: var(--vscode-font-family); font-size: 12px; }
  .lane { fill: var(--raised); stroke: var(--line); }
  .lane-name { fill: var(--vscode-foreground); font-weight: 600; text-anchor: middle; }
  .lane-host { fill: var(--muted); font-size: 11px; text-anchor: middle; }
  .lifeline { stroke: var(--line); stroke-dasharray: 2 4; }
  .step { cursor: pointer; outline: none; }
  .step .hit { fill: transparent; stroke: transparent; }
  .step:hover .hit { fill: var(--hover); }
  .step:focus-visible .hit { stroke: var(--vscode-focusBorder); }
  .step[aria-pressed='true'] .hit { fill: var(--vscode-list-inactiveSelectionBackground, transparent); stroke: var(--vscode-contrastActiveBorder, transparent); }
  .step .arrow { stroke: var(--vscode-foreground); stroke-width: 1.3; }
  .step .back { stroke-dasharray: 5 3; }
  .step .tip { fill: var(--vscode-foreground); }
  .step .label { fill: var(--vscode-foreground); text-anchor: middle; }
  .step .number { fill: var(--muted); font-size: 11px; }
  .step.error .arrow, .step.error .tip { stroke: var(--bad); }
  .step.error .tip { fill: var(--bad); }
  .step.ignored .arrow, .step.ignored .tip, .step.pending .arrow { stroke: var(--muted); }
  .step.ignored .tip { fill: var(--muted); }
  .step.ignored .label { fill: var(--muted); }

  .split { display: grid; gap: 24px; grid-template-columns: minmax(220px, 30%) minmax(0, 1fr); margin-top: 12px; }
  .steps { list-style: none; margin: 0; padding: 0; }
  .steps button {
    align-items: flex-start; background: none; border: 1px solid transparent; border-radius: var(--radius); color: inherit; cursor: pointer;
    display: flex; font: inherit; gap: 8px; padding: 5px 8px; text-align: start; width: 100%;
  }
  .steps button:hover { background: var(--hover); }
  .steps button[aria-current='true'] {
    background: var(--vscode-list-inactiveSelectionBackground, transparent); border-color: var(--vscode-contrastActiveBorder, transparent);
  }
  .steps .codicon { flex: none; margin-top: 3px; }
  .steps small { color: var(--muted); display: block; font-size: 0.92em; overflow-wrap: anywhere; }
  .detail { min-width: 0; }
  .detail-head { align-items: baseline; display: flex; flex-wrap: wrap; gap: 4px 16px; justify-content: space-between; }
  .detail-head h3 { font-size: 1.1em; margin: 4px 0; }
  .message { border-top: 1px solid var(--line); margin-top: 10px; padding-top: 10px; }
  .message-line { overflow-wrap: anywhere; }
  .message h4 { color: var(--muted); font-size: 0.92em; font-weight: 600; margin: 10px 0 0; }
  .fields > summary { color: var(--muted); cursor: pointer; margin-top: 8px; }
  .step-note { align-items: flex-start; background: var(--raised); border-radius: var(--radius); display: flex; gap: 8px; padding: 6px 10px; }
  .waiting { background: var(--raised); border: 1px solid var(--line); border-radius: var(--radius); margin: 8px 0 0; padding: 12px 16px; }
  .waiting p { max-width: none; overflow-wrap: anywhere; }
  @media (max-width: 720px) { .split { grid-template-columns: minmax(0, 1fr); } }
`);
