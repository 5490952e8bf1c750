import { html, nothing, type TemplateResult } from 'lit/html.js';
import { icon } from './icon.ts';

export interface EmptyState {
  readonly icon: string;
  readonly title: string;
  readonly text: string | TemplateResult;
  readonly actions?: readonly TemplateResult[];
  /** Whether it is the whole view, which then begins with its title. */
  readonly alone?: boolean;
}

/** What stands where there is nothing to show: why, and what to do. */
export function emptyState({ icon: name, title, text, actions, alone }: EmptyState): TemplateResult {
  return html`<div class="empty">
    ${icon(name)} ${alone === true ? html`<h1>${title}</h1>` : html`<h2>${title}</h2>`}
    <p>${text}</p>
    ${actions === undefined ? nothing : html`<div class="row">${actions}</div>`}
  </div>`;
}
