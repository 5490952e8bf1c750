import { html, nothing, type TemplateResult } from 'lit/html.js';

export interface KeyValue {
  readonly name: string | TemplateResult;
  readonly value: string | TemplateResult;
  /** What it means, beside or under the value. */
  readonly note?: string | TemplateResult;
  /** Such as a copy button; shown at the end of the line. */
  readonly action?: TemplateResult;
}

/** Names and values in two columns, one under the other where there is little room. */
export function keyValues(rows: readonly KeyValue[], label: string): TemplateResult {
  return html`<dl class="key-values" aria-label=${label}>
    ${rows.map(
      ({ name, value, note, action }) =>
        html`<div class="key-value">
          <dt>${name}</dt>
          <dd>
            <div class="value">
              <div class="value-text">${value}</div>
              ${action ?? nothing}
            </div>
            ${note === undefined ? nothing : html`<div class="note">${note}</div>`}
          </dd>
        </div>`,
    )}
  </dl>`;
}
