import { html, noChange, nothing, type TemplateResult } from 'lit/html.js';
import { live } from 'lit/directives/live.js';
import type { Choice, ChoiceField } from '../../src/shared/views/profileForm.ts';
import { icon } from '../parts/icon.ts';
import { foreign } from '../parts/text.ts';
import type { Edits } from './edits.ts';
import { describedBy, field } from './field.ts';

/** A choice of a few, each with a sentence: radio buttons of the browser's own, which keyboards and readers know. */
export function radios(name: string, label: string, model: ChoiceField, edits: Edits): TemplateResult {
  const content = html`<div
    class="radios"
    role="radiogroup"
    id=${name}
    aria-labelledby="${name}-label"
    aria-describedby=${describedBy(name, model).join(' ') || nothing}
    aria-invalid=${model.problem === undefined ? nothing : 'true'}
  >
    ${model.choices.length > manyChoices ? withFold(name, model, edits) : radiosOf(name, model, model.choices, edits)}
  </div>`;
  return field({ name, label, texts: model, group: true }, content);
}

/** More choices than these are not all at hand: the first ones are, and the names of the others. */
const manyChoices = 8;
const atHand = 3;

function withFold(name: string, model: ChoiceField, edits: Edits): TemplateResult {
  const [first, rest] = [model.choices.slice(0, atHand), model.choices.slice(atHand)];
  return html`${radiosOf(name, model, first, edits)}
    <details class="disclosure" ?open=${rest.some(({ value }) => value === model.value)}>
      <summary>
        ${icon('chevron-right')}<span
          >${rest.length} more<span class="muted">: ${rest.map(({ label }) => label).join(' · ')}</span></span
        >
      </summary>
      <div class="radios">${radiosOf(name, model, rest, edits)}</div>
    </details>`;
}

function radiosOf(name: string, { value }: ChoiceField, choices: readonly Choice[], edits: Edits) {
  return choices.map((choice) => radio(name, choice, choice.value === value, edits));
}

function radio(name: string, choice: Choice, checked: boolean, edits: Edits): TemplateResult {
  const id = `${name}-${choice.value}`;
  const warned = choice.warning !== undefined;
  return html`<div class="radio ${choice.disabled === undefined ? '' : 'off'}">
    ${radioInput(name, choice, checked, edits)}
    <span
      ><label for=${id}>${foreign(choice.label)}</label>
      ${warned && !checked ? html`<span class="muted" title=${choice.warning}>· not listed</span>` : nothing}</span
    >
    <div class="radio-text" id="${id}-text">
      ${foreign(choice.disabled ?? choice.description)}
      ${
        warned && checked
          ? html`<span class="radio-warning"
              >${icon('warning', 'warn')}<span>${foreign(choice.warning)}</span></span
            >`
          : nothing
      }
    </div>
  </div>`;
}

function radioInput(name: string, choice: Choice, checked: boolean, edits: Edits): TemplateResult {
  const id = `${name}-${choice.value}`;
  return html`<input
    type="radio"
    id=${id}
    name=${name}
    value=${choice.value}
    .checked=${edits.behind ? noChange : live(checked)}
    ?disabled=${choice.disabled !== undefined}
    aria-describedby="${id}-text"
    @change=${() => edits.change({ type: 'choose', field: name, value: choice.value })}
  />`;
}

/** A choice in one line; the sentences are tooltips, but for the one that says why something cannot be chosen. */
export function inlineRadios(name: string, label: string, model: ChoiceField, edits: Edits): TemplateResult {
  const reasons = model.choices.flatMap(({ disabled }) => disabled ?? []);
  return html`<div class="inline-radios" data-field=${name}>
    <span class="field-label" id="${name}-label">${label}</span>
    <div role="radiogroup" id=${name} aria-labelledby="${name}-label">
      ${model.choices.map((choice) => inlineRadio(name, choice, choice.value === model.value, edits))}
    </div>
    ${reasons.map((reason) => html`<span class="muted">${foreign(reason)}</span>`)}
  </div>`;
}

function inlineRadio(name: string, choice: Choice, checked: boolean, edits: Edits): TemplateResult {
  const id = `${name}-${choice.value}`;
  const text = choice.disabled ?? choice.description;
  return html`<span class="radio ${choice.disabled === undefined ? '' : 'off'}" title=${text}
    >${radioInput(name, choice, checked, edits)}<label for=${id}>${foreign(choice.label)}</label
    ><span class="visually-hidden" id="${id}-text">${text}</span></span
  >`;
}
