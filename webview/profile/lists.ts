import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { ListField, PairRow, PairsField } from '../../src/shared/views/profileForm.ts';
import { iconButton } from '../parts/button.ts';
import { icon } from '../parts/icon.ts';
import { foreign } from '../parts/text.ts';
import './chips.ts';
import type { Chips } from './chips.ts';
import type { Edits } from './edits.ts';
import { describedBy, field, remarks, textInput } from './field.ts';

const mostOffered = 6;

type ChipsOptions = Pick<Chips, 'noun' | 'placeholder' | 'separators'>;

/** A list of values as chips, with the first few suggestions as buttons below. */
export function chips(
  name: string,
  label: string,
  model: ListField,
  edits: Edits,
  options: ChipsOptions,
): TemplateResult {
  const add = (text: string) => edits.change({ type: 'add', field: name, text });
  const list: Chips = {
    items: model.items,
    suggestions: model.suggestions,
    describedBy: describedBy(name, model).join(' '),
    invalid: model.problem !== undefined || model.items.some(({ problem }) => problem !== undefined),
    fieldId: name,
    label,
    ...options,
  };
  const content = html`<div class="chips-place">
      <oe-chips
        .chips=${list}
        @add=${(event: CustomEvent<string>) => add(event.detail)}
        @remove=${(event: CustomEvent<number>) => edits.change({ type: 'remove', field: name, index: event.detail })}
      ></oe-chips>
    </div>
    ${itemRemarks(model)} ${model.suggestions.length === 0 ? nothing : offered(model, options.noun, add)}`;
  return field({ name, label, texts: model }, content);
}

/** What is wrong with single values, in words; the chips only show that something is. */
function itemRemarks({ items }: ListField): TemplateResult {
  const problems = [...new Set(items.flatMap(({ problem }) => problem ?? []))];
  const warnings = [...new Set(items.flatMap(({ warning }) => warning ?? []))];
  const about = (said: string) => items.filter(({ warning }) => warning === said).map(({ value }) => value);
  return html`${problems.map((problem) => remark('error', 'bad', problem))}
  ${warnings.map((warning) => remark('warning', 'warn', `${about(warning).join(', ')}: ${warning}`))}`;
}

function remark(iconName: string, tone: 'bad' | 'warn', text: string): TemplateResult {
  return html`<div class="remark ${tone === 'bad' ? 'problem' : ''}">
    ${icon(iconName, tone)}<span>${foreign(text)}</span>
  </div>`;
}

function offered(model: ListField, noun: string, add: (text: string) => void): TemplateResult {
  const rest = model.suggestions.length - mostOffered;
  return html`<div class="offered" role="group" aria-label="Suggestions">
    ${model.suggestions
      .slice(0, mostOffered)
      .map(
        ({ value, description }) =>
          html`<button
            type="button"
            class="offer"
            title=${description ?? nothing}
            aria-label="Add ${noun} ${value}"
            @click=${() => add(value)}
          >
            ${icon('add')}<span>${foreign(value)}</span>
          </button>`,
      )}
    ${rest > 0 ? html`<span class="muted">and ${rest} more while you type</span>` : nothing}
  </div>`;
}

/** Names and values in rows; the last row is always empty, and typing into it makes a new one. */
export function pairs(name: string, label: string, model: PairsField, edits: Edits): TemplateResult {
  const rows: readonly PairRow[] = [...model.rows, { name: '', value: '' }];
  const content = html`<div class="pairs" role="group" aria-labelledby="${name}-label">
    ${rows.map((row, index) => {
      const id = `${name}-${index}`;
      const texts = row.problem !== undefined ? { problem: row.problem } : {};
      const change = (part: 'name' | 'value') => (value: string) =>
        ({ type: 'pair', field: name, index, part, value }) as const;
      const number = index + 1;
      return html`<div class="pair">
          ${textInput(`${id}-name`, `Name ${number}`, { value: row.name, placeholder: 'name', ...texts }, edits, change('name'))}
          ${textInput(`${id}-value`, `Value ${number}`, { value: row.value, placeholder: 'value' }, edits, change('value'))}
          ${
            index < model.rows.length
              ? iconButton(`Remove parameter ${row.name}`, 'trash', () =>
                  edits.change({ type: 'removePair', field: name, index }),
                )
              : html`<span class="icon-place"></span>`
          }
        </div>
        ${remarks(`${id}-name`, texts)}`;
    })}
  </div>`;
  return field({ name, label, texts: model, group: true }, content);
}
