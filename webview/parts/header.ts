import { html, nothing, type TemplateResult } from 'lit/html.js';
import { icon } from './icon.ts';
import { foreign } from './text.ts';

export interface ViewHeader {
  readonly icon: string;
  readonly title: string;
  readonly subtitle?: string | TemplateResult;
  /** Verdicts, in a line under the title. */
  readonly badges?: readonly TemplateResult[];
  readonly actions?: readonly TemplateResult[];
}

/** The top of a view, as on an extension's page: icon, name, one line about it, verdicts, actions. */
export function viewHeader(header: ViewHeader): TemplateResult {
  return html`<header class="view-header">
    <div class="view-icon">${icon(header.icon)}</div>
    <div class="view-title">
      <h1>${foreign(header.title)}</h1>
      ${header.subtitle === undefined ? nothing : html`<p class="muted">${header.subtitle}</p>`}
      ${some(header.badges) ? html`<div class="row badges">${header.badges}</div>` : nothing}
      ${some(header.actions) ? html`<div class="row actions">${header.actions}</div>` : nothing}
    </div>
  </header>`;
}

function some(list: readonly TemplateResult[] | undefined): boolean {
  return list !== undefined && list.length > 0;
}
