import { capital } from '../../src/shared/capital.ts';
import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { ProfileFormFields, RedirectModel, SecretModel } from '../../src/shared/views/profileForm.ts';
import { button, linkButton } from '../parts/button.ts';
import { copyButton } from '../parts/copyButton.ts';
import { icon } from '../parts/icon.ts';
import { section } from '../parts/section.ts';
import { foreign } from '../parts/text.ts';
import type { Edits } from './edits.ts';
import { field } from './field.ts';
import { formFields } from './formField.ts';

const secretIcons: Readonly<Record<SecretModel['kind'], TemplateResult>> = {
  stored: icon('pass-filled', 'good'),
  typed: icon('pass', 'info'),
  none: icon('circle-outline', 'neutral'),
  not_needed: icon('circle-slash', 'neutral'),
  unknown: icon('circle-outline', 'neutral'),
};

/** Who asks: client ID, how it proves itself, and where its secret is. */
export function clientSection(form: ProfileFormFields, edits: Edits): TemplateResult {
  return section(
    'Client',
    html`${formFields(form.fields.client, edits)}
    ${form.secret.kind === 'not_needed' ? nothing : secret(form.secret, edits)}`,
  );
}

function secret(model: SecretModel, edits: Edits): TemplateResult {
  return field(
    {
      name: 'secret',
      label: capital(model.noun ?? 'client secret'),
      texts: {
        note: 'Given to VS Code itself, not to this form, and kept in the keychain, never in settings.',
      },
      group: true,
    },
    html`<div class="secret">
      <span class="secret-state" role="status">${secretIcons[model.kind]} ${foreign(model.text)}</span>
      ${model.action === '' ? nothing : button(model.action, () => edits.act({ type: 'setSecret' }), { icon: 'key' })}
    </div>`,
  );
}

/** Where the browser comes back to, and what to register for it. */
export function redirectSection(form: ProfileFormFields, edits: Edits): TemplateResult {
  return section(
    'Redirect',
    html`${formFields(form.fields.redirect, edits)}
    ${form.redirect === undefined ? nothing : register(form.redirect, edits)}`,
  );
}

function register(model: RedirectModel, edits: Edits): TemplateResult {
  return html`<div class="register">
    ${
      model.register === undefined
        ? nothing
        : html`<div class="register-title" id="register-title">Register exactly this at the server</div>
            <div class="register-value">
              <code id="register-value" aria-labelledby="register-title">${foreign(model.register)}</code>
              ${copyButton('redirect URI', () => edits.act({ type: 'copyRedirectUri' }))}
            </div>`
    }
    <ul>
      ${model.advice.map((sentence) => html`<li>${foreign(sentence)}</li>`)}
    </ul>
    ${model.fixPort === undefined ? nothing : linkButton(model.fixPort, () => edits.act({ type: 'fixPort' }))}
  </div>`;
}
