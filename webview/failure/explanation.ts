import { html, nothing, type TemplateResult } from 'lit/html.js';
import type {
  CauseView,
  ExplanationView,
  Likelihood,
  NoticeView,
  ServerWordsView,
} from '../../src/shared/views/failureView.ts';
import { button } from '../parts/button.ts';
import { sourceLink } from '../parts/findings.ts';
import { keyValues } from '../parts/keyValues.ts';
import { icon } from '../parts/icon.ts';
import { codeBlock, foreign, longForeign } from '../parts/text.ts';

/** The server's own words, verbatim. */
export function serverWords({ status, words, body, cut }: ServerWordsView): TemplateResult {
  const rows = [
    ...(status === undefined ? [] : [{ name: 'status', value: foreign(status) }]),
    ...words.map(({ name, value }) => ({ name, value: longForeign(value) })),
  ];
  return html`<div class="words">
    ${rows.length === 0 ? nothing : keyValues(rows, 'The server’s words')}
    ${body === undefined ? nothing : codeBlock(body, 'Body of the answer', 4000)}
    ${cut ? html`<p class="muted">The answer was longer; the rest is not shown.</p>` : nothing}
  </div>`;
}

/** What the error means in that place, with its source; the words once only where they are the title. */
export function meaning({ meaning: { text, source } }: ExplanationView, title?: string): TemplateResult {
  return html`<p class="meaning">
    ${text === title ? nothing : html`<strong>What it means:</strong> ${text}`}
    ${source ? sourceLink(source) : nothing}
  </p>`;
}

/** How likely a cause is, in words. */
export const likelihoodWords: Readonly<Record<Likelihood, string>> = {
  very_likely: 'very likely',
  likely: 'likely',
  possible: 'possible',
};

/** What a quick fix came to, and the way on from there. */
export interface Fixed {
  readonly notice: NoticeView;
  readonly action: TemplateResult;
}

/** The causes, the most likely first, each with its evidence, steps and quick fixes; the first may be the view's title. */
export function causeList(
  causes: readonly CauseView[],
  busy: boolean,
  onFix: (cause: number, fix: number) => void,
  fixed?: Fixed,
  titled = false,
): TemplateResult {
  // After a fix, running again is the next step.
  const leads = fixed?.notice.done !== true;
  return html`<ol class="causes">
    ${causes.map(
      (cause, index) =>
        html`<li class="cause" data-cause=${cause.id}>
          <span class="rank" aria-hidden="true">${index + 1}</span>
          <div class="cause-body">
            ${
              titled && index === 0
                ? nothing
                : html`<h3>${foreign(cause.title)}</h3>
                    <span class="likelihood">${likelihoodWords[cause.likelihood]}</span>`
            }
            <ul class="evidence">
              ${cause.evidence.map((line) => html`<li>${foreign(line)}</li>`)}
            </ul>
            ${steps(cause.steps)} ${fixes(cause, leads && index === 0, busy, (fix) => onFix(index, fix))}
            ${fixed?.notice.cause === index ? noticeBar(fixed.notice, fixed.action) : nothing}
            ${cause.source ? sourceLink(cause.source) : nothing}
          </div>
        </li>`,
    )}
  </ol>`;
}

function steps(list: readonly string[]): TemplateResult | typeof nothing {
  if (list.length === 0) return nothing;
  return html`<ol class="steps" aria-label="How to fix it">
    ${list.map((line) => html`<li>${foreign(line)}</li>`)}
  </ol>`;
}

function fixes(
  { fixes: labels, done }: CauseView,
  leads: boolean,
  busy: boolean,
  onFix: (fix: number) => void,
): TemplateResult | typeof nothing {
  if (labels.length === 0) return nothing;
  return html`<div class="row fixes">
    ${labels.map((label, fix) =>
      button(done.includes(fix) ? `Done: ${label}` : label, () => onFix(fix), {
        disabled: busy || done.includes(fix),
        primary: leads && fix === 0 && done.length === 0,
      }),
    )}
  </div>`;
}

/** What something came to, and the way on. */
export function noticeBar(notice: NoticeView, action: TemplateResult | typeof nothing): TemplateResult {
  return html`<div class="notice ${notice.done ? '' : 'failed'}" role="status">
    ${icon(notice.done ? 'pass-filled' : 'error', notice.done ? 'good' : 'bad')}
    <p>${foreign(notice.text)}</p>
    ${action}
  </div>`;
}

/** Where to read on; addresses of ours, never a server's. */
export function linkList(links: ExplanationView['links']): TemplateResult | typeof nothing {
  if (links.length === 0) return nothing;
  return html`<ul class="links" aria-label="Documentation">
    ${links.map(({ title, url }) => html`<li><a href=${url}>${title}</a></li>`)}
  </ul>`;
}
