import { html, nothing, type TemplateResult } from 'lit/html.js';
import { icon } from './icon.ts';

export interface SectionOptions {
  /** Shown beside the heading, such as a number of rows. */
  readonly count?: number;
  /** One sentence under the heading. */
  readonly hint?: string | TemplateResult;
  /** Buttons at the end of the heading's line. */
  readonly actions?: TemplateResult | readonly TemplateResult[];
}

type Content = TemplateResult | readonly TemplateResult[] | typeof nothing;

/** A part of a view under a heading of the second level. */
export function section(title: string, content: Content, options: SectionOptions = {}): TemplateResult {
  const id = slug(title);
  return html`<section aria-labelledby=${id}>
    <div class="section-head">
      <h2 id=${id}>
        ${title}${options.count === undefined ? nothing : html` <span class="count">${options.count}</span>`}
      </h2>
      <span class="section-actions">${options.actions ?? nothing}</span>
    </div>
    ${options.hint === undefined ? nothing : html`<p class="muted hint">${options.hint}</p>`} ${content}
  </section>`;
}

/** Whether a part stands open, and who is told that the user opens or closes it. */
export interface Opening {
  readonly open?: boolean;
  readonly toggled?: (event: Event) => void;
}

/** A part of a view that is closed until it is asked for. */
export function fold(
  title: string,
  content: Content,
  options: SectionOptions & Opening = {},
): TemplateResult {
  return html`<details class="fold" ?open=${options.open === true} @toggle=${options.toggled}>
    <summary>
      ${icon('chevron-right')}
      <h2>
        ${title}${options.count === undefined ? nothing : html` <span class="count">${options.count}</span>`}
      </h2>
      <span class="section-actions">${options.actions ?? nothing}</span>
    </summary>
    <div class="fold-body">
      ${options.hint === undefined ? nothing : html`<p class="muted hint">${options.hint}</p>`} ${content}
    </div>
  </details>`;
}

/** A detail within a part, closed until it is asked for. */
export function disclosure(
  summary: Content | string,
  content: Content,
  { open = false, toggled }: Opening = {},
): TemplateResult {
  return html`<details class="disclosure" ?open=${open} @toggle=${toggled}>
    <summary>${icon('chevron-right')}<span>${summary}</span></summary>
    ${content}
  </details>`;
}

function slug(title: string): string {
  return `s-${title.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`;
}
