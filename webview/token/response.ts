import { html, type nothing, type TemplateResult } from 'lit/html.js';
import type { ResponseView, TokenViewIntent } from '../../src/shared/views/tokenView.ts';
import { copyButton } from '../parts/copyButton.ts';
import { keyValues } from '../parts/keyValues.ts';
import { section } from '../parts/section.ts';
import { codeBlock, foreign } from '../parts/text.ts';
import type { Send } from '../view.ts';
import { claimRows } from './token.ts';

/** What the server sent besides the tokens, and the whole response as text. */
export function responsePanel(
  response: ResponseView,
  refreshTokenEnd: string | undefined,
  send: Send<TokenViewIntent>,
): TemplateResult {
  const rows = claimRows(response.rows, (name) => send({ type: 'copyMember', name }));
  return html`
    ${section(
      'Members',
      rows.length === 0
        ? html`<p class="muted">Nothing besides the token.</p>`
        : keyValues(rows, 'Members of the response'),
      {
        count: rows.length,
      },
    )}
    ${section('Refresh token', refreshToken(refreshTokenEnd))}
    ${section(
      response.raw ? 'Response as it came' : 'Response',
      codeBlock(response.text, 'Response', Infinity),
      {
        hint: response.raw
          ? 'Only the last 6 characters of the refresh token are shown.'
          : 'Put together from what is stored of it. Only the last 6 characters of the refresh token are shown.',
        actions: copyButton('the response', () => send({ type: 'copyResponse' })),
      },
    )}
  `;
}

function refreshToken(end: string | undefined): TemplateResult | typeof nothing {
  return end === undefined
    ? html`<p class="muted">None came with this token.</p>`
    : html`<p>
        There is one, ending in <code>${foreign(end)}</code>. It stays in the vault and is never shown.
      </p>`;
}
