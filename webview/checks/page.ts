import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { ChecksViewIntent, ChecksViewModel } from '../../src/shared/views/checksView.ts';
import { button } from '../parts/button.ts';
import { viewHeader } from '../parts/header.ts';
import { icon } from '../parts/icon.ts';
import { foreign } from '../parts/text.ts';
import type { Send } from '../view.ts';
import { planPart } from './plan.ts';
import { reportPart } from './report.ts';

/** The whole checks view: the plan, the run as it goes, or the report. */
export function checksPage(model: ChecksViewModel, send: Send<ChecksViewIntent>): TemplateResult {
  const { plan, progress, report, notice } = model;
  return html`<main>
    ${viewHeader({
      icon: 'beaker',
      title: model.title,
      subtitle: html`${foreign(model.profile)} · ${foreign(model.server)}`,
      actions: actions(model, send),
    })}
    ${
      notice === undefined
        ? nothing
        : html`<div class="notice ${notice.failed ? 'failed' : ''}" role="status">
            ${icon(notice.failed ? 'error' : 'pass-filled', notice.failed ? 'bad' : 'good')}
            <p>${foreign(notice.text)}</p>
            ${notice.again === true ? runAgain(send) : nothing}
          </div>`
    }
    ${
      progress === undefined
        ? nothing
        : html`<div class="run">
            <p role="status">
              <strong>${progress.current}</strong>
              <span class="muted">(${progress.done} of ${progress.total} done)</span>
              ${
                progress.inBrowser
                  ? html`<br /><span class="muted"
                        >If your browser asks you to sign in, do so once; the rest happens by itself.</span
                      >`
                  : nothing
              }
            </p>
            ${progress.away === true ? away(send) : nothing}
            <progress max=${progress.total} value=${progress.done} aria-label="Checks done"></progress>
          </div>`
    }
    ${plan === undefined ? nothing : planPart(plan, send)}
    ${report === undefined ? nothing : reportPart(report, model.stage === 'report', send)}
  </main>`;
}

/** A refusal on a page of the server is seen by the user only. */
function away(send: Send<ChecksViewIntent>): TemplateResult {
  return html`<div class="away" role="status">
    <p>The browser has not come back. What does it show?</p>
    <div class="row">
      ${button('An error page', () => send({ type: 'shown', shown: 'error' }), { icon: 'error' })}
      ${button('Something else', () => send({ type: 'shown', shown: 'other' }), { icon: 'question' })}
    </div>
    <p class="muted">
      If it asks you to sign in or to allow access, do so there. An error page counts as a refusal.
    </p>
  </div>`;
}

function actions({ stage, plan, notice }: ChecksViewModel, send: Send<ChecksViewIntent>): TemplateResult[] {
  switch (stage) {
    case 'plan': {
      const checks = plan?.checks ?? 0;
      const label = `Run ${checks} ${checks === 1 ? 'check' : 'checks'}`;
      return [
        button(label, () => send({ type: 'run' }), { icon: 'play', primary: true, disabled: checks === 0 }),
      ];
    }
    case 'running':
      return [button('Cancel', () => send({ type: 'cancel' }), { icon: 'close' })];
    case 'report':
      return [
        ...(notice?.again === true ? [] : [runAgain(send)]),
        button('Change the plan', () => send({ type: 'plan' }), { icon: 'checklist' }),
        button('Export Markdown', () => send({ type: 'export', format: 'markdown' }), { icon: 'export' }),
        button('Export JSON', () => send({ type: 'export', format: 'json' }), { icon: 'export' }),
        button('Export SARIF', () => send({ type: 'export', format: 'sarif' }), { icon: 'export' }),
      ];
  }
}

function runAgain(send: Send<ChecksViewIntent>): TemplateResult {
  return button('Run again', () => send({ type: 'run' }), { icon: 'debug-rerun', primary: true });
}
