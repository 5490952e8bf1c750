import { html, nothing, render, type TemplateResult } from 'lit/html.js';
import { live } from 'lit/directives/live.js';
import type { ListItem, Suggestion } from '../../src/shared/views/profileForm.ts';
import { announce } from '../parts/copyButton.ts';
import { icon } from '../parts/icon.ts';
import { foreign } from '../parts/text.ts';

const mostShown = 60;

/** What such a list shows, and how it speaks of it. */
export interface Chips {
  readonly items: readonly ListItem[];
  readonly suggestions: readonly Suggestion[];
  readonly describedBy: string;
  readonly invalid: boolean;
  readonly fieldId: string;
  readonly label: string;
  /** What one value is called. */
  readonly noun: string;
  readonly placeholder: string;
  /** Characters that end a value while typing. */
  readonly separators: RegExp;
}

/**
 * A list of values typed one after the other. Enter, blank, comma or leaving the field adds what was typed, a paste adds
 * all of it; Backspace removes the last one, the left arrow goes to the others, Delete removes the one in focus.
 *
 * @fires add with what was typed or pasted, `remove` with an index
 */
class ChipsField extends HTMLElement {
  #chips: Chips | undefined;
  #text = '';
  #open = false;
  #active = -1;
  /** Where the focus goes after a chip was removed: its index. */
  #focusNext: number | undefined;

  /** What it shows; in the page's own tree, so that labels, ids and styles reach in. */
  set chips(chips: Chips) {
    const changed = this.#chips?.items !== chips.items;
    this.#chips = chips;
    this.#draw();
    if (changed) this.#focusRemoved();
  }

  override focus(): void {
    this.#input?.focus();
  }

  #focusRemoved(): void {
    if (this.#focusNext === undefined) return;
    const buttons = this.querySelectorAll<HTMLElement>('.chip button');
    const next = buttons[Math.min(this.#focusNext, buttons.length - 1)] ?? this.#input;
    this.#focusNext = undefined;
    next?.focus();
  }

  #draw(): void {
    const chips = this.#chips;
    if (chips === undefined) return;
    render(
      html`<div
          class="chips ${chips.invalid ? 'invalid' : ''}"
          @mousedown=${(event: Event) => this.#onBoxDown(event)}
        >
          ${chips.items.length === 0 ? nothing : this.#chipList(chips)} ${this.#inputTemplate(chips)}
        </div>
        ${this.#open ? this.#popup(chips) : nothing}`,
      this,
    );
  }

  #chipList({ label, items, noun }: Chips): TemplateResult {
    return html`<ul class="chip-list" aria-label="Chosen: ${label}">
      ${items.map((item, index) => this.#chip(item, index, noun))}
    </ul>`;
  }

  #chip({ value, problem, warning }: ListItem, index: number, noun: string): TemplateResult {
    const said = problem ?? warning;
    const tone = problem === undefined ? 'warn' : 'bad';
    return html`<li class="chip ${problem === undefined ? '' : 'wrong'}" title=${said ?? nothing}>
      ${said === undefined ? nothing : icon(problem === undefined ? 'warning' : 'error', tone)}
      <span class="chip-text">${foreign(value)}</span>
      ${said === undefined ? nothing : html`<span class="visually-hidden">. ${said}</span>`}
      <button
        type="button"
        tabindex="-1"
        title="Remove"
        aria-label="Remove ${noun} ${value}"
        @click=${() => this.#remove(index)}
        @keydown=${(event: KeyboardEvent) => this.#onChipKey(event, index)}
      >
        ${icon('close')}
      </button>
    </li>`;
  }

  #inputTemplate(chips: Chips): TemplateResult {
    const { fieldId, label, describedBy, invalid, items, placeholder } = chips;
    const shown = this.#open ? this.#matches : [];
    return html`<input
      id=${fieldId}
      type="text"
      role="combobox"
      aria-label=${label}
      aria-autocomplete="list"
      aria-haspopup="listbox"
      aria-expanded=${this.#open}
      aria-controls=${this.#open ? `${fieldId}-list` : nothing}
      aria-activedescendant=${shown[this.#active] ? `${fieldId}-option-${this.#active}` : nothing}
      aria-describedby=${describedBy || nothing}
      aria-invalid=${invalid}
      autocomplete="off"
      spellcheck="false"
      placeholder=${items.length === 0 ? placeholder : ''}
      .value=${live(this.#text)}
      @input=${(event: InputEvent) => this.#onInput(event)}
      @keydown=${(event: KeyboardEvent) => this.#onKey(event)}
      @paste=${(event: ClipboardEvent) => this.#onPaste(event)}
      @blur=${() => this.#onBlur()}
    />`;
  }

  #popup({ fieldId }: Chips): TemplateResult {
    return html`<ul class="suggestions" role="listbox" id="${fieldId}-list" aria-label="Suggestions">
      ${this.#matches.map(
        ({ value, description }, index) =>
          html`<li
            role="option"
            id="${fieldId}-option-${index}"
            class="suggestion"
            aria-selected=${index === this.#active}
            @mousedown=${(event: Event) => {
              event.preventDefault();
              this.#add(value);
            }}
          >
            <span class="suggestion-value">${foreign(value)}</span>
            ${description === undefined ? nothing : html`<span class="suggestion-text">${foreign(description)}</span>`}
          </li>`,
      )}
    </ul>`;
  }

  get #input(): HTMLInputElement | null {
    return this.querySelector('input');
  }

  get #items(): readonly ListItem[] {
    return this.#chips?.items ?? [];
  }

  #ends(text: string): boolean {
    return this.#chips?.separators.test(text) === true;
  }

  get #matches(): readonly Suggestion[] {
    const wanted = this.#text.trim().toLowerCase();
    const suggestions = this.#chips?.suggestions ?? [];
    return suggestions.filter(({ value }) => value.toLowerCase().includes(wanted)).slice(0, mostShown);
  }

  #onBoxDown(event: Event): void {
    const { target } = event;
    if (target instanceof HTMLInputElement) {
      this.#show(true);
    } else if (!(target instanceof Element && target.closest('button'))) {
      event.preventDefault();
      this.focus();
      this.#show(true);
    }
  }

  #onInput(event: InputEvent): void {
    const { value } = event.currentTarget as HTMLInputElement;
    this.#text = value;
    if (this.#ends(value)) this.#add(value);
    else this.#show(true);
  }

  #onPaste(event: ClipboardEvent): void {
    const pasted = event.clipboardData?.getData('text') ?? '';
    if (!this.#ends(pasted.trim())) return;
    event.preventDefault();
    this.#add(`${this.#text} ${pasted}`);
  }

  #onBlur(): void {
    if (this.#text.trim() !== '') this.#add(this.#text);
    this.#show(false);
  }

  #onKey(event: KeyboardEvent): void {
    const { key } = event;
    const atStart = this.#input?.selectionStart === 0 && this.#input.selectionEnd === 0;
    if (key === 'ArrowDown' || key === 'ArrowUp') this.#move(key === 'ArrowDown' ? 1 : -1);
    else if (key === 'Enter') {
      if (event.ctrlKey || event.metaKey) return;
      this.#add(this.#matches[this.#active]?.value ?? this.#text);
    } else if (key === 'Escape' && this.#open) this.#show(false);
    else if (key === 'Backspace' && this.#text === '' && this.#items.length > 0)
      this.#remove(this.#items.length - 1, false);
    else if (key === 'ArrowLeft' && atStart && this.#items.length > 0)
      this.#focusChip(this.#items.length - 1);
    else return;
    event.preventDefault();
  }

  #onChipKey(event: KeyboardEvent, index: number): void {
    const { key } = event;
    if (key === 'ArrowLeft') this.#focusChip(Math.max(index - 1, 0));
    else if (key === 'ArrowRight' || key === 'Escape')
      if (index + 1 < this.#items.length && key === 'ArrowRight') this.#focusChip(index + 1);
      else this.focus();
    else if (key === 'Home') this.#focusChip(0);
    else if (key === 'End') this.focus();
    else if (key === 'Delete' || key === 'Backspace') this.#remove(index);
    else return;
    event.preventDefault();
  }

  #focusChip(index: number): void {
    this.querySelectorAll<HTMLElement>('.chip button')[index]?.focus();
  }

  #move(step: 1 | -1): void {
    if (!this.#open) this.#show(true);
    const count = this.#matches.length;
    if (count === 0) return;
    this.#active = (this.#active + step + count + (this.#active < 0 && step < 0 ? 1 : 0)) % count;
    this.#draw();
    this.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }

  #show(open: boolean): void {
    this.#open = open && this.#matches.length > 0;
    this.#active = -1;
    this.#draw();
  }

  #add(text: string): void {
    this.#text = '';
    this.#show(false);
    if (text.trim() !== '') this.dispatchEvent(new CustomEvent('add', { detail: text }));
  }

  #remove(index: number, keepPlace = true): void {
    const item = this.#items[index];
    if (item === undefined) return;
    if (keepPlace) this.#focusNext = index;
    this.dispatchEvent(new CustomEvent('remove', { detail: index }));
    announce(`Removed ${item.value}.`);
  }
}
// Defining an element is what this module is for; the guard lets two entries share a page in tests.
if (customElements.get('oe-chips') === undefined) customElements.define('oe-chips', ChipsField);
