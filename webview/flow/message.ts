import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { FlowStepView, MessageView, ParameterGroupView } from '../../src/shared/views/flowView.ts';
import { linkButton } from '../parts/button.ts';
import { icon } from '../parts/icon.ts';
import { keyValues } from '../parts/keyValues.ts';
import { disclosure } from '../parts/section.ts';
import { codeBlock, foreign, longForeign } from '../parts/text.ts';

/** The request and the response of one step, each parameter with what it is for. */
export function stepDetail(step: FlowStepView, copyCurl: () => void): TemplateResult {
  return html`<div class="detail">
    <div class="detail-head">
      <h3>${step.id}. ${step.title}</h3>
      ${step.from === 'browser' ? nothing : linkButton('Copy as curl', copyCurl)}
    </div>
    ${step.notes.length === 0 ? nothing : notes(step)} ${messageView('Request', step.request)}
    ${
      step.response === undefined
        ? html`<p class="muted message">${noResponse(step)}</p>`
        : messageView('Response', step.response)
    }
  </div>`;
}

function notes({ outcome, notes: list }: FlowStepView): TemplateResult {
  const [name, tone] = outcome === 'error' ? (['error', 'bad'] as const) : (['info', 'info'] as const);
  return html`<div class="step-notes">
    ${icon(name, tone)}
    <div>${list.map((note) => html`<p>${foreign(note)}</p>`)}</div>
  </div>`;
}

function noResponse({ from, outcome }: FlowStepView): string {
  if (from === 'browser')
    return 'The answer went to the browser: only the redirect that follows can be seen.';
  return outcome === 'pending' ? 'Waiting for the answer.' : 'There was no response.';
}

function messageView(title: string, message: MessageView): TemplateResult {
  return html`<div class="message">
    <p class="message-line"><span class="muted">${title}</span> <code>${foreign(message.line)}</code></p>
    ${message.groups.map((group) => parameterGroup(title, group))}
    ${message.body === undefined ? nothing : codeBlock(message.body, `${title} body`)}
  </div>`;
}

function parameterGroup(message: string, { title, parameters }: ParameterGroupView): TemplateResult {
  const rows = keyValues(
    parameters.map(({ name, value, redacted, meaning, source }) => ({
      name: html`<code>${foreign(name)}</code>`,
      value: html`<span class="mono">${longForeign(value)}</span>${
          redacted ? html` <span class="muted">(secret, only its end is shown)</span>` : nothing
        }`,
      ...(meaning !== undefined && {
        note: html`${inlineCode(meaning)}${source === undefined ? nothing : html` <span class="source">${source}</span>`}`,
      }),
    })),
    `${message}: ${title}`,
  );
  if (title !== 'Header fields')
    return html`<h4>${title}</h4>
      ${rows}`;
  return disclosure(html`Header fields <span class="count">${parameters.length}</span>`, rows);
}

/** Our own sentences put words of the protocol between backticks. */
function inlineCode(text: string): TemplateResult {
  return html`${text.split('`').map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part))}`;
}
