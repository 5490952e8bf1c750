import { html, noChange, nothing, type TemplateResult } from 'lit/html.js';
import { live } from 'lit/directives/live.js';
import type { FieldTexts, TextField } from '../../src/shared/views/profileForm.ts';
import { linkButton } from '../parts/button.ts';
import { icon } from '../parts/icon.ts';
import { foreign } from '../parts/text.ts';
import type { Change, Edits } from './edits.ts';

export interface FieldOptions {
  /** Its name in intents, and part of its ids. */
  readonly name: string;
  readonly label: string;
  readonly texts: FieldTexts;
  /** Whether a click on the label goes to the control by itself. */
  readonly group?: boolean;
  /** The way out of what is wrong, after the words about it. */
  readonly wayOut?: TemplateResult | typeof nothing;
}

/** Ids of what is said beside a field, for `aria-describedby`. */
export function describedBy(name: string, { note, warning, problem }: FieldTexts): string[] {
  return [
    ...(note === undefined ? [] : [`${name}-note`]),
    ...(warning === undefined ? [] : [`${name}-warning`]),
    ...(problem === undefined ? [] : [`${name}-problem`]),
  ];
}

/** A field as the settings editor has it: label, what it is for, the control, and what is wrong with it. */
export function field(options: FieldOptions, content: TemplateResult): TemplateResult {
  const { name, label, texts } = options;
  const title = options.group
    ? html`<span class="field-label" id="${name}-label">${label}</span>`
    : html`<label class="field-label" id="${name}-label" for="${name}">${label}</label>`;
  return html`<div class="field ${texts.problem === undefined ? '' : 'wrong'}" data-field=${name}>
    ${title}
    ${texts.note === undefined ? nothing : html`<div class="field-note" id="${name}-note">${foreign(texts.note)}</div>`}
    ${content} ${remarks(name, texts)} ${options.wayOut ?? nothing}
  </div>`;
}

/** What is wrong with a field, or worth a second look. */
export function remarks(name: string, { warning, problem }: FieldTexts): TemplateResult {
  return html`${
    warning === undefined
      ? nothing
      : html`<div class="remark" id="${name}-warning">
          ${icon('warning', 'warn')}<span>${foreign(warning)}</span>
        </div>`
  }${
    problem === undefined
      ? nothing
      : html`<div class="remark problem" id="${name}-problem">
          ${icon('error', 'bad')}<span>${foreign(problem)}</span>
        </div>`
  }`;
}

/** A field with one line of text. */
export function textField(
  name: string,
  label: string,
  model: TextField,
  edits: Edits,
  change: (value: string) => Change,
): TemplateResult {
  const { problem, warning, note } = model;
  const texts = {
    ...(problem !== undefined && { problem }),
    ...(warning !== undefined && { warning }),
    ...(note !== undefined && { note }),
  };
  const input = textInput(name, label, model, edits, change);
  return field({ name, label, texts, wayOut: fixButton(model, edits, change) }, input);
}

/** One press puts in what was most likely meant; the focus goes back to the field, since the button goes away. */
function fixButton(
  { fix }: TextField,
  edits: Edits,
  change: (value: string) => Change,
): TemplateResult | typeof nothing {
  if (fix === undefined) return nothing;
  return html`<div class="fix">
    ${linkButton(html`${foreign(fix.label)}`, () => {
      const made = change(fix.value);
      edits.change(made);
      if ('field' in made) focusField(made.field);
    })}
  </div>`;
}

/** The control of a field with one line of text. */
export function textInput(
  name: string,
  label: string,
  model: TextField,
  edits: Edits,
  change: (value: string) => Change,
): TemplateResult {
  const onInput = (event: Event) => edits.change(change((event.currentTarget as HTMLInputElement).value));
  return html`<input
    type="text"
    class="text"
    id=${name}
    aria-label=${label}
    aria-describedby=${describedBy(name, model).join(' ') || nothing}
    aria-invalid=${model.problem !== undefined}
    placeholder=${model.placeholder ?? ''}
    ?readonly=${model.readonly === true}
    autocomplete="off"
    spellcheck="false"
    .value=${edits.behind ? noChange : live(model.value)}
    @input=${onInput}
  />`;
}

/** Puts the focus into a field by its name. */
export function focusField(name: string): void {
  document.getElementById(name)?.focus();
}
