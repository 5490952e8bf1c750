import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { ProviderChoice } from '../../src/shared/views/profileForm.ts';
import { icon } from '../parts/icon.ts';
import type { Edits } from './edits.ts';

/** The first question of a new profile; the first choice stands for any server. */
export function providerChoice(providers: readonly ProviderChoice[], edits: Edits): TemplateResult {
  const [any, ...known] = providers;
  return html`${any === undefined ? nothing : html`<div class="providers any">${card(any, edits, 'globe')}</div>`}
    <h2 id="known-providers">Or start from a provider</h2>
    <div class="providers" role="group" aria-labelledby="known-providers">
      ${known.map((provider) => card(provider, edits))}
    </div>`;
}

function card({ id, name, description }: ProviderChoice, edits: Edits, iconName?: string): TemplateResult {
  return html`<button
    type="button"
    class="provider"
    data-provider=${id}
    aria-label="${name}: ${description}"
    @click=${() => edits.act({ type: 'provider', id })}
  >
    ${iconName === undefined ? nothing : icon(iconName)}
    <span class="provider-name">${name}</span>
    <span class="provider-text">${description}</span>
  </button>`;
}
