import { html, type TemplateResult } from 'lit/html.js';

/** A codicon that only decorates; what it means is always said in words beside it or in its button's label. */
export function icon(name: string, tone?: Tone): TemplateResult {
  return html`<span
    class="codicon codicon-${name} ${tone === undefined ? '' : `tone-${tone}`}"
    aria-hidden="true"
  ></span>`;
}

/** Good, bad and what lies between; colours the icon, never the text. */
export type Tone = 'good' | 'bad' | 'warn' | 'info' | 'neutral';
