import { html, noChange, nothing, type TemplateResult } from 'lit/html.js';
import { live } from 'lit/directives/live.js';
import type { FormField } from '../../src/shared/views/profileForm.ts';
import { radios } from './choice.ts';
import type { Edits } from './edits.ts';
import { describedBy, field, remarks, textField } from './field.ts';
import { chips, pairs } from './lists.ts';

/** The fields of one part of the form, in order. */
export function formFields(fields: readonly FormField[], edits: Edits): TemplateResult {
  return html`${fields.map((one) => formField(one, edits))}`;
}

/** Any field of a profile, as its kind is drawn. */
export function formField(model: FormField, edits: Edits): TemplateResult {
  const { name, label } = model;
  switch (model.kind) {
    case 'text':
      return textField(name, label, model, edits, (value) => ({ type: 'text', field: name, value }));
    case 'lines':
      return lines(model, edits);
    case 'choice':
      return radios(name, label, model, edits);
    case 'list':
      return chips(name, label, model, edits, {
        noun: model.noun,
        placeholder: model.placeholder,
        separators: model.separators === 'commas' ? /[\s,;]/ : /\s/,
      });
    case 'pairs':
      return pairs(name, label, model, edits);
    case 'flag':
      return flag(model, edits);
  }
}

function flag(model: Extract<FormField, { kind: 'flag' }>, edits: Edits): TemplateResult {
  const { name, label, value } = model;
  return html`<div class="field" data-field=${name}>
    <label class="flag">
      <input
        type="checkbox"
        aria-describedby=${describedBy(name, model).join(' ') || nothing}
        .checked=${edits.behind ? noChange : live(value)}
        @change=${(event: Event) =>
          edits.change({
            type: 'flag',
            field: name,
            value: (event.currentTarget as HTMLInputElement).checked,
          })}
      />
      <span>${label}</span>
    </label>
    ${remarks(name, model)}
  </div>`;
}

/** Several lines of text, such as JSON. */
function lines(model: Extract<FormField, { kind: 'lines' }>, edits: Edits): TemplateResult {
  const { name, label, value, placeholder, problem } = model;
  const content = html`<textarea
    class="text mono"
    id=${name}
    rows="6"
    aria-describedby=${describedBy(name, model).join(' ') || nothing}
    aria-invalid=${problem !== undefined}
    placeholder=${placeholder ?? ''}
    spellcheck="false"
    .value=${edits.behind ? noChange : live(value)}
    @input=${(event: Event) =>
      edits.change({
        type: 'text',
        field: name,
        value: (event.currentTarget as HTMLTextAreaElement).value,
      })}
  ></textarea>`;
  return field({ name, label, texts: model }, content);
}
