import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { DiscoveryModel, ProfileFormFields } from '../../src/shared/views/profileForm.ts';
import { button, linkButton } from '../parts/button.ts';
import { icon } from '../parts/icon.ts';
import { keyValues } from '../parts/keyValues.ts';
import { disclosure, section } from '../parts/section.ts';
import { foreign } from '../parts/text.ts';
import type { Edits } from './edits.ts';
import { textField } from './field.ts';
import { formField, formFields } from './formField.ts';

/** Which server, and what it says of itself. */
export function serverSection(form: ProfileFormFields, edits: Edits): TemplateResult {
  return section(
    'Server',
    html`${form.asks.map((ask) =>
      textField(`answer.${ask.name}`, ask.label, ask, edits, (value) => ({
        type: 'ask',
        name: ask.name,
        value,
      })),
    )}
    ${form.looksLike === undefined ? nothing : recognised(form.looksLike, edits)}
    ${form.endpoints === 'asked' ? addressFields(form, edits) : derivedAddresses(form, edits)}`,
  );
}

function recognised(
  { id, text, action }: NonNullable<ProfileFormFields['looksLike']>,
  edits: Edits,
): TemplateResult {
  return html`<div class="notice looks-like" role="status">
    ${icon('lightbulb', 'info')}
    <div>${foreign(text)}</div>
    ${button(action, () => edits.act({ type: 'provider', id }))}
  </div>`;
}

/** The addresses; what the metadata of the issuer says stands below it. */
function addressFields({ fields, discovery: found }: ProfileFormFields, edits: Edits): TemplateResult {
  const [issuer, ...endpoints] = fields.server;
  return html`${issuer === undefined ? nothing : formField(issuer, edits)} ${discovery(found, edits)}
  ${formFields(endpoints, edits)}`;
}

/** Addresses that follow from the answers are only shown; whoever wants others types them. */
function derivedAddresses(form: ProfileFormFields, edits: Edits): TemplateResult {
  const { server } = form.fields;
  const rows = server.flatMap((field) =>
    field.kind === 'text' && field.value !== '' ? [{ name: field.label, value: field.value }] : [],
  );
  const problems = server.flatMap(({ problem }) => problem ?? []);
  return html`${
      rows.length === 0
        ? nothing
        : keyValues(
            rows.map(({ name, value }) => ({
              name,
              value: html`<span class="mono">${foreign(value)}</span>`,
            })),
            'Addresses',
          )
    }
    ${problems.map((problem) => html`<div class="remark problem">${icon('error', 'bad')}<span>${foreign(problem)}</span></div>`)}
    ${discovery(form.discovery, edits)}
    <p class="below">${linkButton('Enter other addresses', () => edits.act({ type: 'editEndpoints' }))}</p>`;
}

function discovery(model: DiscoveryModel, edits: Edits): TemplateResult {
  return html`<div class="discovery ${model.kind}" role="status" id="discovery">
    ${discoveryContent(model, edits)}
  </div>`;
}

function discoveryContent(model: DiscoveryModel, edits: Edits): TemplateResult | typeof nothing {
  switch (model.kind) {
    case 'idle':
      return nothing;
    case 'running':
      return html`<span class="codicon codicon-loading codicon-modifier-spin" aria-hidden="true"></span>
        <div>
          ${foreign(model.text)} ${linkButton('Cancel', () => edits.act({ type: 'cancelDiscovery' }))}
        </div>`;
    case 'found':
      return html`${icon('pass-filled', 'good')}
        <div>
          ${model.text}
          ${disclosure(
            'What it says',
            html`<ul>
              ${model.facts.map((fact) => html`<li>${foreign(fact)}</li>`)}
            </ul>`,
          )}
        </div>`;
    case 'failed':
      return html`${icon('warning', 'warn')}
        <div>
          <div>${foreign(model.text)}</div>
          <div>${foreign(model.advice)}</div>
          <div class="row">
            ${linkButton('Try again', () => edits.act({ type: 'discover' }))}
            ${
              model.endpoints === true
                ? linkButton('Use the endpoints of this document', () => edits.act({ type: 'useEndpoints' }))
                : nothing
            }
            ${
              model.certificate === true
                ? linkButton('Show the certificate…', () => edits.act({ type: 'trustCertificate' }))
                : nothing
            }
          </div>
        </div>`;
  }
}
