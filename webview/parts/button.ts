import { html, nothing, type TemplateResult } from 'lit/html.js';
import { icon } from './icon.ts';

export interface ButtonOptions {
  readonly icon?: string;
  /** The one thing to do here; at most one in a view. */
  readonly primary?: boolean;
  readonly disabled?: boolean;
}

/** A button as VS Code's own pages have it; a native one, as an element with a shadow of its own is drawn a frame later. */
export function button(
  label: string,
  onClick: (event: Event) => void,
  options: ButtonOptions = {},
): TemplateResult {
  return html`<button
    type="button"
    class="button ${options.primary === true ? '' : 'secondary'}"
    ?disabled=${options.disabled === true}
    @click=${onClick}
  >
    ${options.icon === undefined ? nothing : icon(options.icon)}${label}
  </button>`;
}

/** A button that is only an icon; `label` is its accessible name and its tooltip. */
export function iconButton(label: string, iconName: string, onClick: (event: Event) => void): TemplateResult {
  return html`<button type="button" class="icon-button" title=${label} aria-label=${label} @click=${onClick}>
    ${icon(iconName)}
  </button>`;
}

/** A button that reads like a link, for the lesser ways out of a sentence. */
export function linkButton(label: string | TemplateResult, onClick: () => void): TemplateResult {
  return html`<button type="button" class="link" @click=${onClick}>${label}</button>`;
}
