import { html, nothing, type TemplateResult } from 'lit/html.js';
import { elapsed } from '../src/shared/duration.ts';
import type {
  FlowStepView,
  FlowViewIntent,
  FlowViewModel,
  FlowWaitingView,
  StepOutcome,
} from '../src/shared/views/flowView.ts';
import { diagram } from './flow/diagram.ts';
import { stepDetail } from './flow/message.ts';
import { pkceSection } from './flow/pkce.ts';
import { qrCode } from './flow/qrCode.ts';
import { keepInView } from './flow/keepInView.ts';
import { flowStyles } from './flow/styles.ts';
import { badge } from './parts/badge.ts';
import { button } from './parts/button.ts';
import { emptyState } from './parts/emptyState.ts';
import { viewHeader } from './parts/header.ts';
import { icon, type Tone } from './parts/icon.ts';
import { listKeys } from './parts/listKeys.ts';
import { section } from './parts/section.ts';
import { foreign } from './parts/text.ts';
import { countdown, since } from './parts/time.ts';
import { startView, type Send } from './view.ts';

const outcomes: Readonly<Record<FlowViewModel['outcome'], { tone: Tone; text: string; icon?: string }>> = {
  running: { tone: 'info', text: 'Running', icon: 'loading codicon-modifier-spin' },
  token: { tone: 'good', text: 'Succeeded' },
  checked: { tone: 'info', text: 'Checked', icon: 'beaker' },
  failed: { tone: 'bad', text: 'Failed' },
  cancelled: { tone: 'neutral', text: 'Cancelled', icon: 'circle-slash' },
};

const stepIcons: Readonly<Record<StepOutcome, readonly [name: string, tone: Tone, word: string]>> = {
  ok: ['pass', 'good', 'done'],
  error: ['error', 'bad', 'failed'],
  ignored: ['circle-slash', 'neutral', 'ignored'],
  pending: ['watch', 'info', 'under way'],
};

/** The step that was in view last: another one is brought into view. */
let inView: number | undefined;

const draw = startView<FlowViewModel, FlowViewIntent>((flow, send) => {
  if (flow.selected !== inView) {
    inView = flow.selected;
    requestAnimationFrame(keepInView);
  }
  return html`<main>
    ${viewHeader({
      icon: 'list-tree',
      title: flow.title,
      subtitle: html`${flow.subtitle}`,
      badges: [outcomeBadge(flow)],
      actions: actions(flow, send),
    })}
    ${flow.waiting === undefined ? html`<p role="status">${foreign(flow.summary)}</p>` : waiting(flow.waiting, send)}
    ${
      flow.steps.length === 0
        ? emptyState({
            icon: 'list-tree',
            title: flow.outcome === 'running' ? 'No exchange yet' : 'No exchange',
            text:
              flow.outcome === 'running'
                ? 'The first request is about to be sent.'
                : 'It ended before anything was sent.',
          })
        : story(flow, send)
    }
    ${
      flow.pkce === undefined
        ? nothing
        : section(
            'PKCE',
            pkceSection(flow.pkce, (shown) => send({ type: 'showVerifier', shown })),
          )
    }
  </main>`;
}, flowStyles);
// The diagram's lanes share the width there is, and the chosen step may be out of sight now.
window.addEventListener('resize', () => {
  inView = undefined;
  draw();
});

function outcomeBadge({ outcome }: FlowViewModel): TemplateResult {
  const { tone, text, icon: name } = outcomes[outcome];
  return badge(tone, text, name);
}

function actions(flow: FlowViewModel, send: Send<FlowViewIntent>): TemplateResult[] {
  if (flow.outcome === 'running')
    return [button('Cancel', () => send({ type: 'cancel' }), { icon: 'close' })];
  const first =
    flow.outcome === 'token'
      ? button('Show token', () => send({ type: 'showToken' }), { icon: 'key', primary: true })
      : button('Explain', () => send({ type: 'showFailure' }), { icon: 'lightbulb', primary: true });
  return [
    ...(flow.outcome === 'token' || flow.outcome === 'failed' ? [first] : []),
    ...(flow.outcome === 'checked'
      ? []
      : [button('Run again', () => send({ type: 'runAgain' }), { icon: 'debug-rerun' })]),
    button('Export…', () => send({ type: 'export' }), { icon: 'export' }),
    button('Compare with…', () => send({ type: 'compare' }), { icon: 'diff' }),
  ];
}

function waiting(
  {
    redirectUri,
    notices = [],
    sentence,
    userCode,
    qr,
    canCopyUrl,
    since: started,
    deadline,
  }: FlowWaitingView,
  send: Send<FlowViewIntent>,
): TemplateResult {
  const copy = button('Copy sign-in URL', () => send({ type: 'copyUrl' }), { icon: 'copy' });
  const time = html`<p>
    ${since(started)} so far <span class="muted">· ${countdown(deadline, 'time left:', 'ended')}</span>
  </p>`;
  if (redirectUri === undefined)
    return html`<div class="waiting">
      <p role="status">${foreign(sentence)}</p>
      ${userCode === undefined ? nothing : html`<p><code class="code">${foreign(userCode)}</code></p>`}
      ${time}
      <div class="row">
        ${
          userCode === undefined
            ? nothing
            : button('Copy code and open page', () => send({ type: 'copyCode' }), {
                icon: 'link-external',
                primary: true,
              })
        }
        ${canCopyUrl ? copy : nothing}
      </div>
      ${qr === undefined ? nothing : qrCode(qr)}
    </div>`;
  return html`<div class="waiting">
    <p role="status">Waiting for the redirect to <code>${foreign(redirectUri)}</code></p>
    ${notices.map((notice) => html`<p role="alert">${foreign(notice)}</p>`)} ${time}
    <p class="muted">
      Sign in in the browser. If it cannot reach this machine, paste the address it ended up at. If it shows
      an error about the redirect URI, register exactly the one above at the server.
    </p>
    <div class="row">
      ${copy} ${button('Paste redirected URL…', () => send({ type: 'pasteRedirect' }), { icon: 'clippy' })}
    </div>
  </div>`;
}

function story(flow: FlowViewModel, send: Send<FlowViewIntent>): TemplateResult {
  const select = (step: number) => send({ type: 'select', step });
  const shown = flow.steps.find(({ id }) => id === flow.selected);
  return html`${section('Sequence', diagram(flow, select))}
  ${section(
    'Steps',
    html`<div class="split">
      <ol
        class="steps ${flow.steps.length > 60 ? 'many' : ''}"
        role="listbox"
        aria-label="Steps"
        @keydown=${listKeys(flow, select)}
      >
        ${flow.steps.map((step) => stepOption(step, flow.selected === step.id, select))}
      </ol>
      ${shown === undefined ? nothing : stepDetail(shown, () => send({ type: 'copyCurl', step: shown.id }))}
    </div>`,
    { count: flow.steps.length },
  )}`;
}

function stepOption(step: FlowStepView, chosen: boolean, select: (step: number) => void): TemplateResult {
  const [name, tone, word] = stepIcons[step.outcome];
  const answer = step.responseLabel ?? (step.outcome === 'pending' ? 'no answer yet' : []);
  return html`<li
    role="option"
    data-step=${step.id}
    tabindex=${chosen ? 0 : -1}
    aria-selected=${chosen ? 'true' : 'false'}
    @click=${() => select(step.id)}
  >
    ${icon(name, tone)}
    <span>
      ${`${step.id}. ${step.title}`}<span class="visually-hidden">, ${word}</span>
      <small
        >${foreign([step.requestLabel, answer].flat().join(' · '))} ·
        +${elapsed(step.offset).replace(' ', '\u00a0')}</small
      >
    </span>
  </li>`;
}
