import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { SignInRowView } from '../../src/shared/views/tokenView.ts';
import { icon, type Tone } from '../parts/icon.ts';
import { keyValues } from '../parts/keyValues.ts';
import { section } from '../parts/section.ts';
import { foreign } from '../parts/text.ts';

const looks: Readonly<Record<SignInRowView['verdict'], readonly [name: string, tone: Tone]>> = {
  kept: ['pass', 'good'],
  other: ['warning', 'warn'],
  told: ['circle-outline', 'neutral'],
  unseen: ['dash', 'neutral'],
};

/** What the sign-in asked for, parameter by parameter, and what can be seen of it. */
export function signInSection(rows: readonly SignInRowView[]): TemplateResult | typeof nothing {
  if (rows.length === 0) return nothing;
  const lines = rows.map(({ name, asked, verdict, text }) => ({
    name,
    value: html`<code>${foreign(asked)}</code>`,
    note: html`<span class="verdict">${icon(...looks[verdict])}<span>${foreign(text)}</span></span>`,
  }));
  return section('Sign-in', keyValues(lines, 'What the sign-in asked for'), {
    count: rows.length,
    hint: 'What was asked for, and what the tokens show of it.',
  });
}
