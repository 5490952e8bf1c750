import { html, type TemplateResult } from 'lit/html.js';
import type { PkceView } from '../../src/shared/views/flowView.ts';
import { badge } from '../parts/badge.ts';
import { linkButton } from '../parts/button.ts';
import { keyValues } from '../parts/keyValues.ts';

/** PKCE with its computation done again before the user's eyes. */
export function pkceSection(pkce: PkceView, show: (shown: boolean) => void): TemplateResult {
  const matches = pkce.computed === pkce.challenge;
  const toggle = pkce.canShow
    ? linkButton(pkce.verifierShown ? 'Hide' : 'Show', () => show(!pkce.verifierShown))
    : html`<span class="muted">can be shown once the code is used</span>`;
  return html`${keyValues(
      [
        {
          name: 'Method',
          value: html`<code>${pkce.method}</code>`,
          note: 'BASE64URL(SHA256(ASCII(code_verifier)))',
        },
        {
          name: html`<code>code_verifier</code>`,
          value: html`<code>${pkce.verifier}</code> ${toggle}`,
          note: `${pkce.length} characters, ${pkce.entropy}.`,
        },
        ...(pkce.digest === ''
          ? []
          : [{ name: 'SHA-256 of it', value: html`<code>${pkce.digest}</code>`, note: 'In hexadecimal.' }]),
        {
          name: 'SHA-256, base64url',
          value: html`<code>${pkce.computed}</code>`,
          note: 'Computed again just now from the verifier.',
        },
        {
          name: html`<code>code_challenge</code>`,
          value: html`<code>${pkce.challenge}</code>`,
          note: 'What was sent with the authorization request.',
        },
      ],
      'PKCE',
    )}
    <p class="row match">
      ${matches ? badge('good', 'The challenge matches the verifier') : badge('bad', 'The challenge does not match the verifier')}
    </p> `;
}
