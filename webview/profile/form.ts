import { html, nothing, type TemplateResult } from 'lit/html.js';
import type {
  FoldedPart,
  FormField,
  ProfileFormFields,
  ProfileFormModel,
} from '../../src/shared/views/profileForm.ts';
import { button, linkButton } from '../parts/button.ts';
import { viewHeader } from '../parts/header.ts';
import { icon } from '../parts/icon.ts';
import { fold, section } from '../parts/section.ts';
import { foreign } from '../parts/text.ts';
import { inlineRadios } from './choice.ts';
import { clientSection, redirectSection } from './client.ts';
import type { Edits } from './edits.ts';
import { formFields } from './formField.ts';
import { providerChoice } from './providerChoice.ts';
import { serverSection } from './server.ts';

/** The whole view: the choice of a provider, or the form. */
export function profileView(model: ProfileFormModel, edits: Edits): TemplateResult {
  return html`<main
    @focusout=${(event: FocusEvent) => onLeave(event, edits)}
    @keydown=${(event: KeyboardEvent) => onKey(event, edits)}
  >
    ${model.form === undefined ? startHeader(model) : formHeader(model.heading, model.form, edits)}
    ${model.outside === undefined ? nothing : outsideBar(model.outside, edits)}
    ${model.restore === undefined ? nothing : restoreBar(model.restore, edits)}
    ${model.form === undefined ? providerChoice(model.providers ?? [], edits) : formBody(model.form, edits)}
  </main>`;
}

function startHeader(model: ProfileFormModel): TemplateResult {
  return viewHeader({
    icon: 'key',
    title: model.heading,
    subtitle: 'Which server issues the tokens? You can change everything later.',
  });
}

function formHeader(heading: string, form: ProfileFormFields, edits: Edits): TemplateResult {
  const { provider } = form;
  return viewHeader({
    icon: 'key',
    title: heading,
    subtitle: html`${foreign(provider.name)} ·
    ${linkButton('Change', () => edits.act({ type: 'changeProvider' }))}${
      provider.link === undefined
        ? nothing
        : html` · ${linkButton(provider.link, () => edits.act({ type: 'openLink' }))}`
    }`,
  });
}

function outsideBar(
  { text, reload }: NonNullable<ProfileFormModel['outside']>,
  edits: Edits,
): TemplateResult {
  return html`<div class="notice" role="status">
    ${icon('warning', 'warn')}
    <div>${text}</div>
    ${reload ? html`<div class="row">${button('Reload', () => edits.act({ type: 'reload' }))}</div>` : nothing}
  </div>`;
}

function restoreBar(text: string, edits: Edits): TemplateResult {
  return html`<div class="notice" role="status">
    ${icon('history', 'info')}
    <div>${text}</div>
    <div class="row">
      ${button('Restore', () => edits.act({ type: 'restore' }))}
      ${linkButton('Forget them', () => edits.act({ type: 'forget' }))}
    </div>
  </div>`;
}

function formBody(form: ProfileFormFields, edits: Edits): TemplateResult {
  const { fields, extra, advanced } = form;
  return html`<div class="form">
      ${form.advice.length === 0 ? nothing : goodToKnow(form.advice)}
      ${section('Profile', formFields(fields.profile, edits))} ${serverSection(form, edits)}
      ${clientSection(form, edits)} ${fields.redirect.length === 0 ? nothing : redirectSection(form, edits)}
      ${section('Access', formFields(fields.access, edits))}
      ${folded('Extra parameters', fields.extra, extra, edits)}
      ${folded('Advanced', fields.advanced, advanced, edits)}
    </div>
    ${saveBar(form, edits)}`;
}

/** What the provider is like, before the first try. */
function goodToKnow(advice: readonly string[]): TemplateResult {
  return html`<div class="notice advice" role="note" aria-label="Good to know">
    ${icon('lightbulb', 'info')}
    <ul>
      ${advice.map((sentence) => html`<li>${foreign(sentence)}</li>`)}
    </ul>
  </div>`;
}

function folded(
  title: string,
  fields: readonly FormField[],
  { problem, changed }: FoldedPart,
  edits: Edits,
): TemplateResult {
  return fold(title, formFields(fields, edits), { open: problem, ...(changed > 0 && { count: changed }) });
}

function saveBar({ target, save }: ProfileFormFields, edits: Edits): TemplateResult {
  const disabled = !save.enabled;
  return html`<div class="save-bar" role="region" aria-label="Save">
    <div class="row">
      ${button('Save and get token', () => edits.act({ type: 'saveAndGetToken' }), { primary: true, disabled })}
      ${button(save.label, () => edits.act({ type: 'save' }), { disabled })}
    </div>
    ${inlineRadios('target', 'Save to', target, edits)}
    <p class="save-text ${save.tone}" role="status">
      ${save.tone === 'problem' ? icon('error', 'bad') : save.tone === 'good' ? icon('check', 'good') : nothing}
      ${foreign(save.text)}
    </p>
  </div>`;
}

function onLeave(event: FocusEvent, edits: Edits): void {
  const left = fieldOf(event.target);
  if (left !== undefined && left !== fieldOf(event.relatedTarget)) edits.act({ type: 'left', field: left });
}

function fieldOf(target: EventTarget | null): string | undefined {
  return target instanceof HTMLElement
    ? target.closest<HTMLElement>('[data-field]')?.dataset['field']
    : undefined;
}

/** Ctrl+S saves, Ctrl+Enter saves and gets a token. */
function onKey(event: KeyboardEvent, edits: Edits): void {
  if (!(event.ctrlKey || event.metaKey)) return;
  if (event.key === 's') edits.act({ type: 'save' });
  else if (event.key === 'Enter') edits.act({ type: 'saveAndGetToken' });
  else return;
  event.preventDefault();
}
