import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { ScopeRowView, ScopesView } from '../../src/shared/views/tokenView.ts';
import { icon, type Tone } from '../parts/icon.ts';
import { moreRows } from '../parts/moreRows.ts';
import { section } from '../parts/section.ts';
import { foreign, foreignName } from '../parts/text.ts';

/** Scope by scope: asked for, granted, in the token, and what that means. */
export function scopeMatrix(scopes: ScopesView): TemplateResult {
  const { rows, later = 0 } = scopes;
  const content =
    rows.length === 0
      ? nothing
      : moreRows({
          noun: 'scopes',
          rows,
          later,
          textOf: ({ scope, text }) => `${scope} ${text}`,
          draw: (some, rest) =>
            table(some, rest ? 'More scopes' : 'Scopes asked for, granted and in the token'),
        });
  return section(
    'Scopes',
    html`<p class="scope-summary">${scopes.summary}</p>
      ${content}`,
    {
      count: rows.length + later,
      hint: html`${foreign(scopes.hint)}`,
    },
  );
}

function table(rows: readonly ScopeRowView[], caption: string): TemplateResult {
  return html`<table class="scopes">
    <caption class="visually-hidden">
      ${caption}
    </caption>
    <thead>
      <tr>
        <th scope="col">Scope</th>
        <th scope="col" class="mark-column">Asked</th>
        <th scope="col" class="mark-column">Granted</th>
        <th scope="col" class="mark-column">In token</th>
        <th scope="col" class="verdict-column">Verdict</th>
      </tr>
    </thead>
    <tbody>
      ${rows.map(row)}
    </tbody>
  </table>`;
}

function row(scope: ScopeRowView): TemplateResult {
  return html`<tr data-verdict=${scope.verdict}>
    <th scope="row">
      <code>${foreignName(scope.scope.slice(0, 300))}</code
      >${scope.meaning === undefined ? nothing : html`<div class="muted">${scope.meaning}</div>`}
    </th>
    <td class="mark-column">${asked(scope)}</td>
    <td class="mark-column">${granted(scope)}</td>
    <td class="mark-column">${inToken(scope)}</td>
    <td class="verdict-column">
      <div class="verdict">${icon(...verdictLook(scope.verdict))}<span>${foreign(scope.text)}</span></div>
    </td>
  </tr>`;
}

function asked({ asked: value }: ScopeRowView): TemplateResult {
  if (value === 'unknown') return none('not known');
  return value === 'yes' ? yes('asked for') : none('not asked for');
}

function granted({ granted: value }: ScopeRowView): TemplateResult {
  switch (value) {
    case 'yes':
      return yes('granted');
    case 'implied':
      return sign(
        'check',
        'good',
        'granted: the response names no scopes, which means all that were asked for',
      );
    case 'no':
      return no('not granted');
    case 'unknown':
      return none('not known');
  }
}

function inToken({ inToken: value, claims }: ScopeRowView): TemplateResult {
  switch (value) {
    case 'yes':
      return sign('check', 'good', `in the token, claim ${claims.join(', ')}`);
    case 'no':
      return no('not in the token');
    case 'not_expected':
      return none('not expected in an access token');
    case 'unknown':
      return none('cannot be seen');
  }
}

const yes = (label: string) => sign('check', 'good', label);
const no = (label: string) => sign('close', 'bad', label);
const none = (label: string) => sign('dash', 'neutral', label);

function sign(name: string, tone: Tone, label: string): TemplateResult {
  return html`<span
    class="codicon codicon-${name} tone-${tone}"
    role="img"
    title=${label}
    aria-label=${label}
  ></span>`;
}

function verdictLook(verdict: ScopeRowView['verdict']): [string, Tone] {
  switch (verdict) {
    case 'kept':
      return ['pass', 'good'];
    case 'dropped':
    case 'missing':
      return ['warning', 'warn'];
    case 'added':
      return ['diff-added', 'info'];
    case 'default':
    case 'role':
    case 'unknown':
      return ['circle-outline', 'neutral'];
  }
}
