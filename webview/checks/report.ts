import { html, nothing, type TemplateResult } from 'lit/html.js';
import { repeat } from 'lit/directives/repeat.js';
import type {
  CheckAreaView,
  CheckRowView,
  ChecksReportView,
  ChecksViewIntent,
  VerdictView,
} from '../../src/shared/views/checksView.ts';
import { badge } from '../parts/badge.ts';
import { button, linkButton } from '../parts/button.ts';
import { copyButton } from '../parts/copyButton.ts';
import { sourceLink } from '../parts/findings.ts';
import { icon, type Tone } from '../parts/icon.ts';
import { disclosure, fold, section, type Opening } from '../parts/section.ts';
import { foreign } from '../parts/text.ts';
import type { Send } from '../view.ts';

type Sender = Send<ChecksViewIntent>;

const looks: Readonly<Record<VerdictView, { icon: string; tone: Tone; word: string }>> = {
  pass: { icon: 'pass-filled', tone: 'good', word: 'Pass' },
  fail: { icon: 'error', tone: 'bad', word: 'Fail' },
  weakness: { icon: 'warning', tone: 'warn', word: 'Weakness' },
  not_determined: { icon: 'question', tone: 'info', word: 'Not determined' },
  not_applicable: { icon: 'dash', tone: 'neutral', word: 'Not applicable' },
};

/** The results by area, worst first; `complete` when the run has ended. */
export function reportPart(report: ChecksReportView, complete: boolean, send: Sender): TemplateResult {
  return html`${complete ? conclusion(report, send) : nothing}
  ${repeat(
    report.areas,
    ({ title }) => title,
    (area) => areaPart(area, complete, send),
  )}`;
}

function conclusion(
  { summary, tone, refusal, matching, changes }: ChecksReportView,
  send: Sender,
): TemplateResult {
  return html`${
      refusal === undefined
        ? nothing
        : html`<div class="notice failed">
            ${icon('error', 'bad')}
            <p>${refusal}</p>
          </div>`
    }
    <div class="row" role="status">${badge(tone, summary)}</div>
    ${changes === undefined ? nothing : changesPart(changes)}
    ${
      matching === undefined
        ? nothing
        : html`<div class="matching">
            <p>${foreign(matching.sentence)}</p>
            <div class="value">
              <code class="value-text">${foreign(matching.register)}</code>
              ${copyButton('the redirect URI to register', () => send({ type: 'copyRegister' }))}
            </div>
          </div>`
    }`;
}

/** Each that changed in a line of its own, which leads to the check. */
function changesPart({ sentence, verdicts }: NonNullable<ChecksReportView['changes']>): TemplateResult {
  return html`<p class="changes" id="changes">${sentence}</p>
    ${
      verdicts.length === 0
        ? nothing
        : html`<ul class="changed" aria-labelledby="changes">
            ${verdicts.map(
              ({ id, title, before, now }) =>
                html`<li>
                  ${icon(looks[now].icon, looks[now].tone)}
                  <span
                    >${linkButton(`${title}:`, () => goTo(id))}
                    <span class="muted">${looks[before].word} → ${looks[now].word}</span></span
                  >
                </li>`,
            )}
          </ul>`
    }`;
}

function goTo(check: string): void {
  const row = document.querySelector<HTMLElement>(`tr[data-check="${CSS.escape(check)}"] th`);
  if (!row) return;
  row.closest('details')?.setAttribute('open', '');
  row.tabIndex = -1;
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: 'center' });
}

/** The areas whose folded checks the user has opened, also over another run. */
const opened = new Set<string>();

function opening(area: string): Opening {
  return {
    open: opened.has(area),
    toggled: ({ target }) =>
      void (target instanceof HTMLDetailsElement && target.open ? opened.add(area) : opened.delete(area)),
  };
}

/** What is wrong or open is shown whole; what is right, or means nothing here, is folded, a line for each check. */
function areaPart({ title, counts, rows }: CheckAreaView, complete: boolean, send: Sender): TemplateResult {
  const [quiet, open] = [rows.filter(isQuiet), rows.filter((row) => !isQuiet(row))];
  const table = (shown: readonly CheckRowView[]) => checksTable(shown, complete, send);
  const aside = (words: string) => ({ actions: html`<span class="muted">${words}</span>` });
  if (open.length === 0) return fold(title, table(quiet), { ...aside(count(quiet)), ...opening(title) });
  const rest = html`${count(quiet)}<span class="visually-hidden"> in ${title}</span>`;
  const folded = quiet.length === 0 ? nothing : disclosure(rest, table(quiet), opening(title));
  return section(title, html`${table(open)} ${folded}`, aside(counts));
}

/** Such as `12 passed, 1 not applicable`. */
function count(quiet: readonly CheckRowView[]): string {
  const passed = quiet.filter(({ verdict }) => verdict === 'pass').length;
  const others = quiet.length - passed;
  return [
    ...(passed > 0 ? [`${passed} passed`] : []),
    ...(others > 0 ? [`${others} not applicable`] : []),
  ].join(', ');
}

function isQuiet({ verdict }: CheckRowView): boolean {
  return verdict === 'pass' || verdict === 'not_applicable';
}

function checksTable(rows: readonly CheckRowView[], complete: boolean, send: Sender): TemplateResult {
  return html`<table class="checks">
    <thead>
      <tr>
        <th scope="col">Verdict</th>
        <th scope="col">Check</th>
        <th scope="col">What it means for this client</th>
      </tr>
    </thead>
    <tbody>
      ${repeat(
        rows,
        ({ id }) => id,
        (row) => rowPart(row, complete, send),
      )}
    </tbody>
  </table>`;
}

function rowPart(row: CheckRowView, complete: boolean, send: Sender): TemplateResult {
  const { verdict, title, meaning, advice, before } = row;
  const look = looks[verdict];
  return html`<tr data-check=${row.id} data-verdict=${verdict}>
    <td>
      <span class="verdict">${icon(look.icon, look.tone)}<span>${look.word}</span></span>
      ${before === undefined ? nothing : html`<div class="muted">before: ${looks[before].word}</div>`}
    </td>
    <th scope="row">${title}</th>
    <td>
      ${isQuiet(row) ? nothing : html`<div>${foreign(meaning)}</div>`}
      ${advice === undefined ? nothing : html`<div class="advice"><strong>On the server:</strong> ${foreign(advice)}</div>`}
      ${complete ? fixes(row, send) : nothing} ${more(row, send)}
    </td>
  </tr>`;
}

function fixes({ id, fixes: list }: CheckRowView, send: Sender): TemplateResult | typeof nothing {
  if (list.length === 0) return nothing;
  return html`<div class="row fixes">
    ${list.map(({ label, done }, index) =>
      button(done ? `Done: ${label}` : label, () => send({ type: 'fix', id, index }), {
        icon: done ? 'check' : 'lightbulb',
        disabled: done,
      }),
    )}
  </div>`;
}

/** How it was tried; of what is right, behind what it means. */
function more(row: CheckRowView, send: Sender): TemplateResult {
  const { id, verdict, title, meaning, tries, expects, sources, exchanges } = row;
  const evidence = `${exchanges} ${exchanges === 1 ? 'exchange' : 'exchanges'}`;
  const summary = verdict === 'not_applicable' ? 'What the check does' : 'How it was tried';
  return disclosure(
    isQuiet(row)
      ? html`${foreign(meaning)}<span class="visually-hidden"> ${summary}: ${title}</span>`
      : html`${summary}<span class="visually-hidden">: ${title}</span>`,
    html`<div class="how">
      <p>${tries}</p>
      <p>A correct server: ${expects}</p>
      <p class="row">
        ${sources.map((source) => sourceLink(source))}
        ${exchanges === 0 ? nothing : linkButton(`Show the ${evidence}`, () => send({ type: 'evidence', id }))}
      </p>
    </div>`,
  );
}
