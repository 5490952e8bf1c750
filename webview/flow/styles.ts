import { sheet } from '../styles.ts';

export const flowStyles = sheet(`
  .diagram { margin-top: 12px; max-height: 70vh; overflow: auto; }
  .diagram .lanes { background: var(--vscode-editor-background); position: sticky; top: 0; z-index: 1; }
  .diagram svg { display: block; font-family: var(--vscode-font-family); font-size: 12px; }
  .lane { fill: var(--raised); stroke: var(--line); }
  .lane-name { fill: var(--vscode-foreground); font-weight: 600; text-anchor: middle; }
  .lane-host { fill: var(--muted); font-size: 11px; text-anchor: middle; }
  .lifeline { stroke: var(--vscode-contrastBorder, color-mix(in srgb, var(--vscode-foreground) 30%, transparent)); stroke-dasharray: 2 4; }
  .step { cursor: pointer; outline: none; }
  .step .hit { fill: transparent; stroke: transparent; }
  .step:hover .hit { fill: var(--hover); }
  .step.step:focus-visible .hit { stroke: var(--vscode-focusBorder); stroke-width: 2; }
  .step[aria-selected='true'] .hit { fill: var(--vscode-list-inactiveSelectionBackground, transparent); stroke: var(--vscode-contrastActiveBorder, transparent); }
  .step.step[aria-selected='true'] .label, .step[aria-selected='true'] .number { fill: var(--vscode-list-inactiveSelectionForeground, var(--vscode-foreground)); }
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
  .steps { align-self: start; list-style: none; margin: 0; max-height: 80vh; overflow: auto; padding: 0; }
  .steps li {
    align-items: flex-start; border: 1px solid transparent; border-radius: var(--radius); cursor: pointer; display: flex; gap: 8px; padding: 5px 8px;
  }
  /* Those out of sight cost nothing until they are scrolled to. */
  .steps.many li { contain-intrinsic-size: auto 54px; content-visibility: auto; }
  .steps li:hover { background: var(--hover); }
  .steps li:focus-visible { outline-offset: -1px; }
  .steps li[aria-selected='true'] {
    background: var(--vscode-list-inactiveSelectionBackground, transparent); border-color: var(--vscode-contrastActiveBorder, transparent);
    color: var(--vscode-list-inactiveSelectionForeground, inherit);
  }
  .steps li > span:last-child { min-width: 0; overflow-wrap: anywhere; }
  .steps .codicon { flex: none; margin-top: 3px; }
  .steps small { color: var(--muted); display: block; font-size: 0.92em; overflow-wrap: anywhere; }
  .steps li[aria-selected='true'] small { color: inherit; }
  .detail { min-width: 0; }
  .detail-head { align-items: baseline; display: flex; flex-wrap: wrap; gap: 4px 16px; justify-content: space-between; }
  .detail-head h3 { font-size: 1.1em; margin: 4px 0; }
  .message { border-top: 1px solid var(--line); margin-top: 10px; padding-top: 10px; }
  .message-line { overflow-wrap: anywhere; }
  .message h4 { color: var(--muted); font-size: 0.92em; font-weight: 600; margin: 10px 0 0; }
  .step-notes { align-items: flex-start; background: var(--raised); border: 1px solid var(--vscode-contrastBorder, transparent); border-radius: var(--radius); display: flex; gap: 8px; margin: 8px 0 0; padding: 6px 10px; }
  .step-notes p { margin: 0; }
  .step-notes > div { min-width: 0; }
  .step-notes .codicon { flex: none; margin-top: 2px; }
  .match { margin: 12px 0 0; }
  .waiting { background: var(--raised); border: 1px solid var(--line); border-radius: var(--radius); margin: 8px 0 0; padding: 12px 16px; }
  .waiting p { margin-bottom: 4px; max-width: none; overflow-wrap: anywhere; }
  .waiting .row { margin-top: 10px; }
  .waiting .code { font-size: 1.8em; letter-spacing: 0.08em; }
  .qr { margin: 12px 0 0; }
  .qr svg { display: block; forced-color-adjust: none; height: auto; max-width: 100%; }
  .qr figcaption { margin-top: 4px; overflow-wrap: anywhere; }
  @media (max-width: 720px) { .split { grid-template-columns: minmax(0, 1fr); } .steps { max-height: max(50vh, 260px); } }
`);
