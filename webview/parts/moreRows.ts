import { html, nothing, render, type TemplateResult } from 'lit/html.js';
import { fewRows } from '../../src/shared/views/tokenView.ts';
import { announce } from './copyButton.ts';
import { icon } from './icon.ts';
import { rowsNow } from './late.ts';

/** A list of rows that may be long. */
export interface LongList<Row> {
  /** What the rows are, in the plural. */
  readonly noun: string;
  readonly rows: readonly Row[];
  /** How many come after these with the whole model. */
  readonly later: number;
  /** What the filter looks in. */
  readonly textOf: (row: Row) => string;
  /** @param rest these are the rows that were folded away */
  readonly draw: (rows: readonly Row[], rest: boolean) => TemplateResult;
}

/** The rows; of many the first, with a filter over all and the rest behind "Show all". */
export function moreRows<Row>(list: LongList<Row>): TemplateResult {
  const now = rowsNow(Math.min(list.rows.length, fewRows));
  if (list.rows.length + list.later <= fewRows) return list.draw(list.rows.slice(0, now), false);
  return html`<oe-more-rows .list=${{ ...list, now }}></oe-more-rows>`;
}

/** Draws what is asked for and no more: five hundred rows that nobody opened cost nothing. */
class MoreRows extends HTMLElement {
  #list: (LongList<unknown> & { readonly now: number }) | undefined;
  #filter = '';
  #all = false;

  set list(list: LongList<unknown> & { readonly now: number }) {
    this.#list = list;
    this.#draw();
  }

  #draw(): void {
    const list = this.#list;
    if (list === undefined) return;
    const { noun, rows, later, textOf, draw, now } = list;
    const count = rows.length + later;
    const wanted = this.#filter.trim().toLowerCase();
    const found = wanted === '' ? rows : rows.filter((row) => textOf(row).toLowerCase().includes(wanted));
    const all = this.#all || wanted !== '';
    const rest = found.length - fewRows;
    const change = (event: Event) => {
      this.#filter = event.target instanceof HTMLInputElement ? event.target.value : '';
      this.#draw();
      announce(`${this.#found()} of ${count} ${noun}.`);
    };
    const toggle = () => {
      this.#all = !this.#all;
      this.#draw();
    };
    render(
      html`<label class="row-filter"
          >${icon('filter')}<input
            type="search"
            placeholder="Filter ${count} ${noun}"
            aria-label="Filter ${noun}"
            @input=${change}
        /></label>
        ${draw(found.slice(0, now), false)} ${all && rest > 0 ? draw(found.slice(fewRows), true) : nothing}
        ${found.length === 0 ? html`<p class="muted">None of the ${count} ${noun} has this in it.</p>` : nothing}
        ${
          wanted === ''
            ? html`<button type="button" class="link" aria-expanded=${all} @click=${toggle}>
                ${all ? `Show the first ${fewRows} only` : `Show all ${count} ${noun}`}
              </button>`
            : nothing
        }`,
      this,
    );
  }

  #found(): number {
    const wanted = this.#filter.trim().toLowerCase();
    return (this.#list?.rows ?? []).filter((row) => this.#list?.textOf(row).toLowerCase().includes(wanted))
      .length;
  }
}
if (customElements.get('oe-more-rows') === undefined) customElements.define('oe-more-rows', MoreRows);
