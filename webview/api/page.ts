import { html, nothing, type TemplateResult } from 'lit/html.js';
import type {
  ApiResponseView,
  ApiStepView,
  ApiViewIntent,
  ApiViewModel,
} from '../../src/shared/views/apiView.ts';
import { causeList, linkList, meaning, noticeBar, serverWords } from '../failure/explanation.ts';
import { tag, toneIcons } from '../parts/badge.ts';
import { button, iconButton, linkButton } from '../parts/button.ts';
import { copyButton } from '../parts/copyButton.ts';
import { viewHeader } from '../parts/header.ts';
import { icon } from '../parts/icon.ts';
import { fold, section } from '../parts/section.ts';
import { codeBlock, foreign } from '../parts/text.ts';
import type { Send } from '../view.ts';

/** The whole API view: what was sent, what happened, what came. */
export function apiPage(model: ApiViewModel, send: Send<ApiViewIntent>): TemplateResult {
  const { notice } = model;
  const fixed = notice?.cause !== undefined && model.explanation !== undefined;
  const again = button('Send again', () => send({ type: 'sendAgain' }), {
    ...{ icon: 'refresh', disabled: model.busy },
    primary: fixed && notice.done,
  });
  return html`<main>
    ${viewHeader({
      icon: 'send',
      title: statusTitle(model),
      subtitle: html`<span class="mono">${model.method} ${foreign(model.url)}</span>`,
      actions: [
        ...(fixed ? [] : [again]),
        button('Show the flow', () => send({ type: 'showFlow' }), { icon: 'list-tree' }),
      ],
    })}
    ${notice && !fixed ? noticeBar(notice, nothing) : nothing} ${happened(model, send)}
    ${model.explanation ? explanation(model, again, send) : nothing}
    ${model.response ? response(model.response, send) : nothing}
    ${fold(
      'Request',
      html`${headerTable(model.request.headers, 'Request headers')}
      ${model.request.body === undefined ? nothing : codeBlock(model.request.body, 'Request body')}`,
    )}
    ${model.explanation ? linkList(model.explanation.links) : nothing}
  </main>`;
}

function statusTitle({ response: came }: ApiViewModel): string {
  return came ? `${came.status} ${came.statusText}`.trim() : 'No answer';
}

const actions = { explainRenewal: 'Explain', getToken: 'Get a new token' } as const;

function happened({ steps, scopes, profile }: ApiViewModel, send: Send<ApiViewIntent>): TemplateResult {
  const line = ({ text, tone, action }: ApiStepView) =>
    html`<li>
      ${icon(toneIcons[tone], tone)}<span
        >${foreign(text)}
        ${action === undefined ? nothing : linkButton(actions[action], () => send({ type: action }))}</span
      >
    </li>`;
  return html`<ol class="happened" aria-label="What happened">
      ${steps.map(line)}
    </ol>
    ${
      scopes === undefined
        ? nothing
        : html`<p class="scopes-held">
            <span class="muted">The token of ${foreign(profile)} has</span>
            ${scopes.slice(0, 50).map((scope) => tag(foreign(scope)))}
          </p>`
    }`;
}

function explanation(
  { explanation: told, busy, notice }: ApiViewModel,
  again: TemplateResult,
  send: Send<ApiViewIntent>,
): TemplateResult {
  if (!told) return html``;
  const server =
    told.server && told.server.words.length > 0
      ? serverWords({ words: told.server.words, cut: false })
      : nothing;
  return section(
    'Why, and what to do',
    html`${server} ${meaning(told)}
    ${causeList(
      told.causes,
      busy,
      (cause, fix) => send({ type: 'fix', cause, fix }),
      notice?.cause === undefined ? undefined : { notice, action: again },
    )}`,
  );
}

function response(came: ApiResponseView, send: Send<ApiViewIntent>): TemplateResult {
  const { body, headers, milliseconds } = came;
  const save = iconButton('Save the body…', 'save', () => send({ type: 'saveBody' }));
  // What is not text is nothing to read or to copy.
  const actions =
    body.kind === 'empty'
      ? []
      : body.kind === 'binary'
        ? [save]
        : [
            iconButton('Open the body in an editor, with its colours', 'go-to-file', () =>
              send({ type: 'openBody' }),
            ),
            save,
            copyButton('body', () => send({ type: 'copyBody' })),
          ];
  return html`${section('Body', bodyBlock(came), {
    hint: `${[kinds[body.kind], ...(body.kind === 'empty' ? [] : [body.size])].join(', ')}, after ${milliseconds} ms`,
    actions,
  })}
  ${fold('Headers', headerTable(headers, 'Response headers'), { count: headers.length })}`;
}

const kinds = { json: 'JSON', text: 'Text', binary: 'Binary', empty: 'No body' } as const;

function bodyBlock({ body }: ApiResponseView): TemplateResult {
  if (body.kind === 'empty') return html``;
  if (body.kind === 'binary')
    return html`<p class="muted">The body is not text: save it to open it elsewhere.</p>`;
  return html`${codeBlock(body.text, 'Response body', 200_000)}
  ${body.cut ? html`<p class="muted">The body is longer than this: open it in an editor, or save it, to see all.</p>` : nothing}`;
}

function headerTable(headers: readonly (readonly [string, string])[], label: string): TemplateResult {
  return html`<table class="headers" aria-label=${label}>
    <tbody>
      ${headers.map(
        ([name, value]) =>
          html`<tr>
            <th scope="row">${foreign(name)}</th>
            <td>${foreign(value)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}
