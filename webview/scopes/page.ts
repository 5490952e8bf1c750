import { html, nothing, type TemplateResult } from 'lit/html.js';
import type {
  ScopeRowView,
  ScopeVerdictView,
  ScopesViewIntent,
  ScopesViewModel,
} from '../../src/shared/views/scopesView.ts';
import { noticeBar } from '../failure/explanation.ts';
import { askLine } from '../parts/askLine.ts';
import { tag } from '../parts/badge.ts';
import { button, iconButton } from '../parts/button.ts';
import { viewHeader } from '../parts/header.ts';
import { icon, type Tone } from '../parts/icon.ts';
import { section } from '../parts/section.ts';
import { foreign, foreignName } from '../parts/text.ts';
import type { Send } from '../view.ts';

type Sender = Send<ScopesViewIntent>;

/** The whole scopes view: the plan first, then the matrix as it fills. */
export function scopesPage(model: ScopesViewModel, send: Sender): TemplateResult {
  return html`<main>
    ${viewHeader({
      icon: 'checklist',
      title: 'Which scopes can this client get?',
      subtitle: html`${foreign(model.profile)} · ${foreign(model.host)}`,
      actions: actions(model, send),
    })}
    ${
      model.notice
        ? noticeBar(
            model.notice,
            button('Get a token', () => send({ type: 'getToken' })),
          )
        : nothing
    }
    ${state(model)} ${model.state === 'running' ? nothing : addScopes(send)}
    ${section('Scopes', matrix(model, send), { count: model.rows.length })} ${outcome(model)}
  </main>`;
}

function actions({ state: now, granted, requests, rows }: ScopesViewModel, send: Sender): TemplateResult[] {
  if (now === 'running') return [button('Cancel', () => send({ type: 'cancel' }), { icon: 'close' })];
  const label = now === 'plan' ? `Ask (${requests} ${requests === 1 ? 'request' : 'requests'})` : 'Ask again';
  const start = button(label, () => send({ type: 'start' }), {
    ...{ icon: 'play', disabled: rows.length === 0 },
    primary: now === 'plan',
  });
  if (now === 'plan' || granted === 0) return [start];
  const apply = button(`Use the ${granted} granted`, () => send({ type: 'apply' }), {
    icon: 'check',
    primary: true,
  });
  return [apply, start];
}

function state({ state: now, requests, asked, leftOut, host, rows }: ScopesViewModel): TemplateResult {
  if (now === 'running')
    return html`<p role="status">${asked} of ${requests} requests answered.</p>
      <progress max=${requests} value=${asked} aria-label="Requests answered"></progress>`;
  if (now === 'done')
    return html`<p role="status">${asked} ${asked === 1 ? 'request was' : 'requests were'} answered.</p>`;
  if (rows.length === 0)
    return html`<p>No scopes are known, because the server lists none. Type some to ask for.</p>`;
  return html`<p>
    The token endpoint of ${foreign(host)} will be asked for each scope alone and then for all together:
    ${requests} ${requests === 1 ? 'request' : 'requests'}, one after another. The tokens are not kept.
    ${leftOut > 0 ? html`<strong>${leftOut} more are left out: 50 requests are the limit.</strong>` : nothing}
  </p>`;
}

function addScopes(send: Sender): TemplateResult {
  const asked = { label: 'More scopes to ask for', placeholder: 'orders.read orders.write' };
  return askLine({ ...asked, action: 'Add', icon: 'add' }, (scopes) => send({ type: 'add', scopes }));
}

function matrix({ rows, state: now }: ScopesViewModel, send: Sender): TemplateResult {
  return html`<table class="matrix">
    <thead>
      <tr>
        <th scope="col">Scope</th>
        <th scope="col">Alone</th>
        <th scope="col">All together</th>
        <th scope="col">The server’s reason</th>
        <th scope="col"><span class="visually-hidden">Remove</span></th>
      </tr>
    </thead>
    <tbody>
      ${rows.map((row) => matrixRow(row, now !== 'running', send))}
    </tbody>
  </table>`;
}

function matrixRow(
  { scope, alone, together, reason, inProfile }: ScopeRowView,
  removable: boolean,
  send: Sender,
) {
  return html`<tr>
    <td><span class="mono">${foreignName(scope)}</span> ${inProfile ? tag('in the profile') : nothing}</td>
    <td data-label="Alone">${verdict(alone)}</td>
    <td data-label="All together">${verdict(together)}</td>
    <td class="reason">${reason === undefined ? nothing : foreign(reason)}</td>
    <td>
      ${removable ? iconButton(`Do not ask for ${scope}`, 'close', () => send({ type: 'remove', scope })) : nothing}
    </td>
  </tr>`;
}

const looks: Readonly<Record<ScopeVerdictView, { icon: string; tone: Tone; word: string }>> = {
  granted: { icon: 'pass-filled', tone: 'good', word: 'granted' },
  dropped: { icon: 'circle-slash', tone: 'warn', word: 'dropped' },
  refused: { icon: 'error', tone: 'bad', word: 'refused' },
  not_asked: { icon: 'dash', tone: 'neutral', word: 'not asked' },
};

function verdict(of: ScopeVerdictView): TemplateResult {
  const look = looks[of];
  return html`<span class="verdict">${icon(look.icon, look.tone)}${look.word}</span>`;
}

function outcome({ stopped, togetherReason, added, onlyAlone, state: now }: ScopesViewModel): TemplateResult {
  return html`${stopped === undefined ? nothing : html`<p class="legend"><strong>It ended early:</strong> ${foreign(stopped)}</p>`}
  ${togetherReason === undefined ? nothing : html`<p class="legend">All together: ${foreign(togetherReason)}</p>`}
  ${
    onlyAlone.length === 0
      ? nothing
      : html`<p class="legend">
          Left out, because the server drops it when asked for together with others:
          ${onlyAlone.map((scope) => html`${tag(foreign(scope))} `)}
        </p>`
  }
  ${
    added.length === 0
      ? nothing
      : html`<p class="legend">
          Granted without being asked for: ${added.map((scope) => html`${tag(foreign(scope))} `)}
        </p>`
  }
  ${
    now === 'done'
      ? html`<p class="legend muted">
          Dropped: a token came, but silently without the scope. Refused: the request failed.
        </p>`
      : nothing
  }`;
}
