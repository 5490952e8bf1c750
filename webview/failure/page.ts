import { html, nothing, type TemplateResult } from 'lit/html.js';
import { capital } from '../../src/shared/capital.ts';
import type { FailureViewIntent, FailureViewModel } from '../../src/shared/views/failureView.ts';
import { button, linkButton } from '../parts/button.ts';
import { viewHeader } from '../parts/header.ts';
import { section } from '../parts/section.ts';
import { foreign } from '../parts/text.ts';
import { liveTime } from '../parts/time.ts';
import type { Send } from '../view.ts';
import { causeList, likelihoodWords, linkList, meaning, noticeBar, serverWords } from './explanation.ts';

/** The whole failure view. */
export function failurePage(model: FailureViewModel, send: Send<FailureViewIntent>): TemplateResult {
  const again = model.gone
    ? html``
    : button('Run again', () => send({ type: 'runAgain' }), {
        ...{ icon: 'debug-rerun', disabled: model.busy },
        primary: model.notice?.done === true,
      });
  const { notice } = model;
  const beside = notice?.cause !== undefined && notice.cause < model.causes.length;
  return html`<main>
    ${viewHeader({
      icon: 'error',
      title: model.title,
      subtitle: subtitle(model),
      actions: [
        ...(notice ? [] : [again]),
        button('Show the flow', () => send({ type: 'showFlow' }), { icon: 'list-tree' }),
        button('Copy as Markdown', () => send({ type: 'copy' }), { icon: 'copy' }),
      ],
    })}
    ${notice && !beside ? noticeBar(notice, again) : nothing}
    ${section(
      'Why, and what to do',
      model.causes.length === 0
        ? html`<p>${foreign(model.advice)}</p>`
        : causeList(
            model.causes,
            model.busy,
            (cause, fix) => send({ type: 'fix', cause, fix }),
            notice && { notice, action: again },
            model.titled,
          ),
    )}
    ${whatHappened(model, send)} ${linkList(model.links)}
  </main>`;
}

function subtitle({
  titled,
  causes: [first],
  code,
  profile,
  provider,
  at,
}: FailureViewModel): TemplateResult {
  const judged = titled && first ? capital(`${likelihoodWords[first.likelihood]} cause`) : undefined;
  return html`${judged}${judged && code ? ' of ' : nothing}${
    code === undefined ? nothing : html`<strong>${foreign(code)}</strong>`
  }${judged || code ? ' · ' : nothing}${foreign(profile)}${
    provider ? html` · <span title=${provider.why}>${foreign(provider.name)}</span>` : nothing
  }
  · ${liveTime(at)}`;
}

function whatHappened(model: FailureViewModel, send: Send<FailureViewIntent>): TemplateResult {
  return section(
    model.server ? 'What the server said' : 'What happened',
    html`${
      model.server
        ? serverWords(model.server)
        : model.message === model.title
          ? nothing
          : html`<p class="message">${foreign(model.message)}</p>`
    }
    ${meaning(model, model.title)}
    ${
      model.exchange === undefined
        ? nothing
        : html`<p class="where">
            Request:
            ${linkButton(html`<span class="mono">${foreign(model.exchange)}</span>`, () => send({ type: 'showFlow' }))}
          </p>`
    }`,
  );
}
