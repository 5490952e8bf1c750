import { html, nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import type { FlowStepView, FlowViewModel, LaneId } from '../../src/shared/views/flowView.ts';

const laneWidth = 156;
const headHeight = 54;
const rowHeight = 50;
const answerGap = 20;

/** The run as a sequence diagram; each step is one button. The list of steps says the same in words. */
export function diagram(flow: FlowViewModel, select: (step: number) => void): TemplateResult {
  const width = Math.max(1, flow.lanes.length) * laneWidth;
  const height = headHeight + flow.steps.length * rowHeight + 16;
  const centre = (lane: LaneId) => (flow.lanes.findIndex(({ id }) => id === lane) + 0.5) * laneWidth;
  return html`<div class="diagram" tabindex="0" role="region" aria-label="Sequence diagram">
    <svg
      width=${width}
      height=${height}
      viewBox="0 0 ${width} ${height}"
      role="group"
      aria-label="Sequence of steps"
    >
      ${flow.lanes.map(({ id, label, detail }) => {
        const x = centre(id);
        return svg`
          <line class="lifeline" x1=${x} y1=${headHeight - 8} x2=${x} y2=${height} />
          <rect class="lane" x=${x - laneWidth / 2 + 8} y="2" width=${laneWidth - 16} height=${headHeight - 12} rx="5" />
          <text class="lane-name" x=${x} y=${detail === '' ? 28 : 20}>${label}</text>
          ${detail === '' ? nothing : svg`<text class="lane-host" x=${x} y="36">${fit(detail)}<title>${detail}</title></text>`}`;
      })}
      ${flow.steps.map((step, index) => row(step, index, flow, centre, select))}
    </svg>
  </div>`;
}

function row(
  step: FlowStepView,
  index: number,
  flow: FlowViewModel,
  centre: (lane: LaneId) => number,
  select: (step: number) => void,
): SVGTemplateResult {
  const y = headHeight + index * rowHeight + 20;
  const [from, to] = [centre(step.from), centre(step.to)];
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    select(step.id);
  };
  return svg`<g
    class="step ${step.outcome}"
    role="button"
    tabindex="0"
    aria-pressed=${step.id === flow.selected ? 'true' : 'false'}
    aria-label=${flow.story[index] ?? step.title}
    @click=${() => select(step.id)}
    @keydown=${onKey}
  >
    <title>${step.title}</title>
    <rect class="hit" x="2" y=${y - 17} width=${Math.max(1, flow.lanes.length) * laneWidth - 4} height=${rowHeight - 4} rx="4" />
    <text class="number" x="8" y=${y + 1}>${step.id}</text>
    ${arrow(from, to, y, step.requestLabel, false)}
    ${step.responseLabel === undefined ? nothing : arrow(to, from, y + answerGap, answer(step), true)}
  </g>`;
}

function answer({ responseLabel = '', duration }: FlowStepView): string {
  return duration === undefined ? responseLabel : `${responseLabel} · ${duration} ms`;
}

function arrow(from: number, to: number, y: number, label: string, dashed: boolean): SVGTemplateResult {
  const direction = to > from ? 1 : -1;
  const tip = to - direction * 2;
  return svg`
    <line class=${dashed ? 'arrow back' : 'arrow'} x1=${from} y1=${y} x2=${tip} y2=${y} />
    <path class="tip" d="M ${tip} ${y} l ${-direction * 8} -4 v 8 z" />
    <text class="label" x=${(from + to) / 2} y=${y - 4}>${fit(label, Math.abs(to - from))}</text>`;
}

/** As many characters as fit on an arrow that is `width` long. */
function fit(text: string, width = laneWidth): string {
  const most = Math.max(8, Math.floor((width - 24) / 6.2));
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}
