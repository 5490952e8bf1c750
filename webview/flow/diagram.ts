import { html, nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit/html.js';
import type { FlowStepView, FlowViewModel, LaneId, LaneView } from '../../src/shared/views/flowView.ts';
import { inSequence } from '../../src/shared/sequence.ts';
import { elapsed } from '../../src/shared/duration.ts';
import { listKeys } from '../parts/listKeys.ts';

// The longest name of a lane fits into the narrowest.
const [narrowest, widest] = [152, 234];
/** Of a diagram that is too tall. */
const scrollbar = 14;
const headHeight = 46;
const rowHeight = 50;
const answerGap = 20;

interface Plan {
  readonly laneWidth: number;
  readonly width: number;
  readonly centre: (lane: LaneId) => number;
}

/** The run as a sequence diagram to choose a step in; its options say in words what is drawn. */
export function diagram(flow: FlowViewModel, select: (step: number) => void): TemplateResult {
  const plan = planOf(flow.lanes);
  const { places, height } = placesOf(flow.steps);
  const drawing = (name: string, tall: number, content: unknown, role?: string) =>
    html`<svg
      class=${name}
      width=${plan.width}
      height=${tall}
      viewBox="0 0 ${plan.width} ${tall}"
      role=${role ?? nothing}
      aria-hidden=${role === undefined ? 'true' : nothing}
      aria-label=${role === undefined ? nothing : 'Sequence diagram'}
      @keydown=${role === undefined ? nothing : listKeys(flow, select)}
    >
      ${content}
    </svg>`;
  return html`<div class="diagram">
    ${drawing(
      'lanes',
      headHeight,
      flow.lanes.map((lane) => laneHead(lane, plan)),
    )}
    ${drawing(
      'rows',
      height,
      [
        ...flow.lanes.map(({ id }) => lifeline(plan.centre(id), height)),
        ...flow.steps.map((step, index) =>
          row(step, index, { flow, plan, place: places.get(step.id) ?? [0, 0] }, select),
        ),
      ],
      'listbox',
    )}
  </div>`;
}

/** How far down the arrows of a step are, there and back. */
type Place = readonly [there: number, back: number];

/** The arrows below each other in the order of time, those of an exchange close together where nothing came between. */
function placesOf(steps: readonly FlowStepView[]): {
  places: ReadonlyMap<number, Place>;
  height: number;
} {
  const places = new Map<number, Place>();
  let next = 20;
  let before: FlowStepView | undefined;
  for (const { step, kind } of inSequence(steps)) {
    if (kind === 'request') {
      places.set(step.id, [next, next + answerGap]);
      next += rowHeight;
    } else if (step !== before) {
      places.set(step.id, [places.get(step.id)?.[0] ?? 0, next]);
      next += rowHeight - answerGap;
    }
    before = step;
  }
  return { places, height: next - 8 };
}

function planOf(lanes: readonly LaneView[]): Plan {
  const count = Math.max(1, lanes.length);
  const room = contentWidth() - scrollbar;
  const laneWidth = Math.min(Math.max(Math.floor(room / count), narrowest), widest);
  const places = new Map(lanes.map(({ id }, index) => [id, (index + 0.5) * laneWidth]));
  return { laneWidth, width: count * laneWidth, centre: (lane) => places.get(lane) ?? 0 };
}

/** What the page leaves for its content. */
function contentWidth(): number {
  const { paddingLeft, paddingRight } = getComputedStyle(document.body);
  return document.body.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight);
}

function laneHead({ id, label, detail }: LaneView, { laneWidth, centre }: Plan): SVGTemplateResult {
  const x = centre(id);
  return svg`
    <rect class="lane" x=${x - laneWidth / 2 + 3} y="1" width=${laneWidth - 6} height=${headHeight - 4} rx="4" />
    <text class="lane-name" x=${x} y=${detail === '' ? 27 : 19}>${label}</text>
    ${detail === '' ? nothing : svg`<text class="lane-host" x=${x} y="35">${fit(detail, laneWidth)}<title>${detail}</title></text>`}`;
}

function lifeline(x: number, height: number): SVGTemplateResult {
  return svg`<line class="lifeline" x1=${x} y1="0" x2=${x} y2=${height} />`;
}

interface Drawing {
  readonly flow: FlowViewModel;
  readonly plan: Plan;
  readonly place: Place;
}

function row(
  step: FlowStepView,
  index: number,
  { flow: { story, selected }, plan, place: [y, back] }: Drawing,
  select: (step: number) => void,
): SVGTemplateResult {
  const { width, centre } = plan;
  const late = back - y > answerGap;
  const [from, to] = [centre(step.from), centre(step.to)];
  const request = fit(step.requestLabel, room(from, to));
  const response = step.responseLabel === undefined ? undefined : answer(step, room(from, to));
  // Begins with what is written there, so that it can be called by it, and goes on with what the arrow means.
  const below = response === undefined ? [] : [...(late ? [step.id] : []), response];
  const written = [step.id, request, ...below].join(' ');
  return svg`<g
    class="step ${step.outcome}"
    role="option"
    data-step=${step.id}
    tabindex=${step.id === selected ? 0 : -1}
    aria-selected=${step.id === selected ? 'true' : 'false'}
    aria-label="${written}. ${story[index] ?? step.title}"
    @click=${() => select(step.id)}
  >
    ${mark(step, y, rowHeight - (late ? answerGap : 0), width)} ${arrow(from, to, y, request, false)}
    ${late ? mark(step, back, rowHeight - answerGap, width) : nothing}
    ${response === undefined ? nothing : arrow(to, from, back, response, true)}
  </g>`;
}

/** What is to be clicked, and the number of the step. */
function mark({ id }: FlowStepView, y: number, tall: number, width: number): SVGTemplateResult {
  return svg`<rect class="hit" x="2" y=${y - 17} width=${width - 4} height=${tall - 4} rx="4" />
    <text class="number" x="8" y=${y + 1}>${id}</text>`;
}

/** The answer, shortened where there is little room, and how long it took, which is never cut. */
function answer({ responseLabel = '', duration }: FlowStepView, width: number): string {
  if (duration === undefined) return fit(responseLabel, width);
  const took = ` · ${elapsed(duration)}`;
  const left = width - took.length * characterWidth;
  // A status says as much without its phrase; half a phrase says nothing.
  const short =
    responseLabel.length * characterWidth > left ? responseLabel.replace(/^(\d{3}) .*/, '$1') : responseLabel;
  return fit(short, left) + took;
}

function arrow(from: number, to: number, y: number, label: string, dashed: boolean): SVGTemplateResult {
  const direction = to > from ? 1 : -1;
  const tip = to - direction * 2;
  return svg`
    <line class=${dashed ? 'arrow back' : 'arrow'} x1=${from} y1=${y} x2=${tip} y2=${y} />
    <path class="tip" d="M ${tip} ${y} l ${-direction * 8} -4 v 8 z" />
    <text class="label" x=${(from + to) / 2} y=${y - 4}>${label}</text>`;
}

const characterWidth = 6.6;

/** What a label on an arrow between two lanes may take, both tips left free. */
function room(from: number, to: number): number {
  return Math.abs(to - from) - 16;
}

/** As much of a text as fits into `width`. */
function fit(text: string, width: number): string {
  const most = Math.max(8, Math.floor(width / characterWidth));
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}
