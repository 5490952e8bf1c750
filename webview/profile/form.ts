import '@vscode-elements/elements/dist/vscode-checkbox/index.js';
import { html, noChange, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { ProfileFormFields, ProfileFormModel } from '../../src/shared/views/profileForm.ts';
import { button, linkButton } from '../parts/button.ts';
import { viewHeader } from '../parts/header.ts';
import { icon } from '../parts/icon.ts';
import { fold, section } from '../parts/section.ts';
import { foreign } from '../parts/text.ts';
import { inlineRadios, radios } from './choice.ts';
import { clientSection, redirectSection } from './client.ts';
import type { Edits } from './edits.ts';
import { textField } from './field.ts';
import { chips, pairs } from './lists.ts';
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
  const { text, choice } = form;
  const interactive = choice.grant.value === 'authorization_code';
  return html`<div class="form">
      ${section(
        'Profile',
        html`${textField('name', 'Name', text.name, edits, (value) => ({ type: 'text', field: 'name', value }))}
        ${radios('grant', 'Grant', choice.grant, edits)}`,
      )}
      ${serverSection(form, edits)} ${clientSection(form, edits)}
      ${interactive ? redirectSection(form, edits) : nothing} ${accessSection(form, edits)}
      ${extraFold(form, interactive, edits)} ${advancedFold(form, edits)}
    </div>
    ${saveBar(form, edits)}`;
}

function accessSection({ list, text }: ProfileFormFields, edits: Edits): TemplateResult {
  return section(
    'Access',
    html`${chips('scopes', 'Scopes', list.scopes, edits, {
      noun: 'scope',
      placeholder: 'Type a scope, then Enter',
      separators: /[\s,;]/,
    })}
    ${textField('audience', 'Audience', text.audience, edits, (value) => ({ type: 'text', field: 'audience', value }))}
    ${chips('resource', 'Resource', list.resource, edits, {
      noun: 'resource',
      placeholder: 'https://api.example.com',
      separators: /\s/,
    })}`,
  );
}

function extraFold(form: ProfileFormFields, interactive: boolean, edits: Edits): TemplateResult {
  const { pairs: rows, extra } = form;
  return fold(
    'Extra parameters',
    html`${interactive ? pairs('authorizationParameters', 'Authorization request', rows.authorizationParameters, edits) : nothing}
    ${pairs('tokenParameters', 'Token request', rows.tokenParameters, edits)}`,
    { open: extra.problem, ...(extra.changed > 0 && { count: extra.changed }) },
  );
}

function advancedFold(form: ProfileFormFields, edits: Edits): TemplateResult {
  const { text, choice, advanced } = form;
  return fold(
    'Advanced',
    html`${textField('id', 'Profile ID', text.id, edits, (value) => ({ type: 'text', field: 'id', value }))}
      ${
        choice.clientAuthentication.value === 'client_secret_basic'
          ? radios('basicEncoding', 'Id and secret in HTTP Basic', choice.basicEncoding, edits)
          : nothing
      }
      ${radios('tokenDialect', 'Token dialect', choice.tokenDialect, edits)}
      ${textField('trustedCertificate', 'Trusted certificate', text.trustedCertificate, edits, (value) => ({
        type: 'text',
        field: 'trustedCertificate',
        value,
      }))}
      <div class="field" data-field="renew">
        <vscode-checkbox
          label="Renew the token shortly before it ends, while the editor is in use"
          .checked=${edits.behind ? noChange : live(form.renew)}
          @change=${(event: Event) =>
            edits.change({ type: 'renew', value: (event.currentTarget as HTMLInputElement).checked })}
        ></vscode-checkbox>
      </div>`,
    { open: advanced.problem, ...(advanced.changed > 0 && { count: advanced.changed }) },
  );
}

function saveBar({ choice, save }: ProfileFormFields, edits: Edits): TemplateResult {
  const disabled = !save.enabled;
  return html`<div class="save-bar" role="region" aria-label="Save">
    <div class="row">
      ${button('Save and get token', () => edits.act({ type: 'saveAndGetToken' }), { primary: true, disabled })}
      ${button(save.label, () => edits.act({ type: 'save' }), { disabled })}
      <span class="save-text ${save.tone}" role="status">
        ${save.tone === 'problem' ? icon('error', 'bad') : save.tone === 'good' ? icon('check', 'good') : nothing}
        ${foreign(save.text)}
      </span>
    </div>
    ${inlineRadios('target', 'Save to', choice.target, edits)}
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
