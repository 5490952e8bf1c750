import { html, type TemplateResult } from 'lit/html.js';
import { icon, type Tone } from './icon.ts';

export const toneIcons: Readonly<Record<Tone, string>> = {
  good: 'pass-filled',
  bad: 'error',
  warn: 'warning',
  info: 'info',
  neutral: 'circle-outline',
};

/** A verdict in a word or two, such as "Signature valid"; its tone colours the icon only. */
export function badge(
  tone: Tone,
  content: string | TemplateResult,
  iconName = toneIcons[tone],
): TemplateResult {
  return html`<span class="badge">${icon(iconName, tone)}<span>${content}</span></span>`;
}

/** A small label that carries no verdict, such as a scope or a method. */
export function tag(content: string | TemplateResult): TemplateResult {
  return html`<span class="tag">${content}</span>`;
}
