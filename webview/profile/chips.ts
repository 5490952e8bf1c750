import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { ListItem, Suggestion } from '../../src/shared/views/profileForm.ts';
import { announce } from '../parts/copyButton.ts';
import { icon } from '../parts/icon.ts';
import { foreign } from '../parts/text.ts';

const mostShown = 60;

/**
 * A list of values typed one after the other. Enter, blank, comma or leaving the field adds what was typed, a paste adds
 * all of it; Backspace removes the last one, the left arrow goes to the others, Delete removes the one in focus.
 *
 * @fires add with what was typed or pasted, `remove` with an index
 */
export class ChipsField extends LitElement {
  static override properties = {
    items: { attribute: false },
    suggestions: { attribute: false },
    describedBy: { attribute: false },
    invalid: { attribute: false },
    fieldId: { attribute: false },
    label: { attribute: false },
    noun: { attribute: false },
    placeholder: { attribute: false },
    separators: { attribute: false },
  };

  items: readonly ListItem[] = [];
  suggestions: readonly Suggestion[] = [];
  describedBy = '';
  invalid = false;
  fieldId = '';
  label = '';
  noun = '';
  placeholder = '';
  /** Characters that end a value while typing. */
  separators = /\s/;

  #text = '';
  #open = false;
  #active = -1;
  /** Where the focus goes after a chip was removed: its index. */
  #focusNext: number | undefined;

  /** In the page's own tree, so that labels, ids and styles reach in. */
  protected override createRenderRoot(): this {
    return this;
  }

  override focus(): void {
    this.#input?.focus();
  }

  protected override updated(changed: PropertyValues): void {
    if (this.#focusNext === undefined || !changed.has('items')) return;
    const buttons = this.querySelectorAll<HTMLElement>('.chip button');
    const next = buttons[Math.min(this.#focusNext, buttons.length - 1)] ?? this.#input;
    this.#focusNext = undefined;
    next?.focus();
  }

  protected override render(): TemplateResult {
    return html`<div
        class="chips ${this.invalid ? 'invalid' : ''}"
        @mousedown=${(event: Event) => this.#onBoxDown(event)}
      >
        ${this.items.length === 0 ? nothing : this.#chipList()} ${this.#inputTemplate()}
      </div>
      ${this.#open ? this.#popup() : nothing}`;
  }

  #chipList(): TemplateResult {
    return html`<ul class="chip-list" aria-label="Chosen: ${this.label}">
      ${this.items.map((item, index) => this.#chip(item, index))}
    </ul>`;
  }

  #chip({ value, problem, warning }: ListItem, index: number): TemplateResult {
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
        aria-label="Remove ${this.noun} ${value}"
        @click=${() => this.#remove(index)}
        @keydown=${(event: KeyboardEvent) => this.#onChipKey(event, index)}
      >
        ${icon('close')}
      </button>
    </li>`;
  }

  #inputTemplate(): TemplateResult {
    const shown = this.#open ? this.#matches : [];
    return html`<input
      id=${this.fieldId}
      type="text"
      role="combobox"
      aria-label=${this.label}
      aria-autocomplete="list"
      aria-haspopup="listbox"
      aria-expanded=${this.#open}
      aria-controls=${this.#open ? `${this.fieldId}-list` : nothing}
      aria-activedescendant=${shown[this.#active] ? `${this.fieldId}-option-${this.#active}` : nothing}
      aria-describedby=${this.describedBy || nothing}
      aria-invalid=${this.invalid}
      autocomplete="off"
      spellcheck="false"
      placeholder=${this.items.length === 0 ? this.placeholder : ''}
      .value=${live(this.#text)}
      @input=${(event: InputEvent) => this.#onInput(event)}
      @keydown=${(event: KeyboardEvent) => this.#onKey(event)}
      @paste=${(event: ClipboardEvent) => this.#onPaste(event)}
      @blur=${() => this.#onBlur()}
    />`;
  }

  #popup(): TemplateResult {
    return html`<ul class="suggestions" role="listbox" id="${this.fieldId}-list" aria-label="Suggestions">
      ${this.#matches.map(
        ({ value, description }, index) =>
          html`<li
            role="option"
            id="${this.fieldId}-option-${index}"
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

  get #matches(): readonly Suggestion[] {
    const wanted = this.#text.trim().toLowerCase();
    return this.suggestions.filter(({ value }) => value.toLowerCase().includes(wanted)).slice(0, mostShown);
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
    if (this.separators.test(value)) this.#add(value);
    else this.#show(true);
  }

  #onPaste(event: ClipboardEvent): void {
    const pasted = event.clipboardData?.getData('text') ?? '';
    if (!this.separators.test(pasted.trim())) return;
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
    else if (key === 'Backspace' && this.#text === '' && this.items.length > 0)
      this.#remove(this.items.length - 1, false);
    else if (key === 'ArrowLeft' && atStart && this.items.length > 0) this.#focusChip(this.items.length - 1);
    else return;
    event.preventDefault();
  }

  #onChipKey(event: KeyboardEvent, index: number): void {
    const { key } = event;
    if (key === 'ArrowLeft') this.#focusChip(Math.max(index - 1, 0));
    else if (key === 'ArrowRight' || key === 'Escape')
      if (index + 1 < this.items.length && key === 'ArrowRight') this.#focusChip(index + 1);
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
    this.requestUpdate();
    void this.updateComplete.then(() =>
      this.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' }),
    );
  }

  #show(open: boolean): void {
    this.#open = open && this.#matches.length > 0;
    this.#active = -1;
    this.requestUpdate();
  }

  #add(text: string): void {
    this.#text = '';
    this.#show(false);
    if (text.trim() !== '') this.dispatchEvent(new CustomEvent('add', { detail: text }));
  }

  #remove(index: number, keepPlace = true): void {
    const item = this.items[index];
    if (item === undefined) return;
    if (keepPlace) this.#focusNext = index;
    this.dispatchEvent(new CustomEvent('remove', { detail: index }));
    announce(`Removed ${item.value}.`);
  }
}
// Defining an element is what this module is for; the guard lets two entries share a page in tests.
if (customElements.get('oe-chips') === undefined) customElements.define('oe-chips', ChipsField);
