import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { LifetimeView } from '../../src/shared/views/tokenView.ts';
import { localTime, Ticking } from '../parts/time.ts';

/** A bar from a token's beginning to its end that fills as time goes; `from` and `to` in milliseconds since the epoch. */
class Lifeline extends Ticking {
  static readonly observedAttributes = ['from', 'to'];
  readonly #bar = document.createElement('progress');

  override connectedCallback(): void {
    this.#bar.setAttribute('aria-label', 'Part of the lifetime that is over');
    this.#bar.max = 1;
    this.replaceChildren(this.#bar);
    super.connectedCallback();
  }

  protected override draw(): void {
    const [from, to] = [Number(this.getAttribute('from')), Number(this.getAttribute('to'))];
    this.#bar.value = Math.min(Math.max((Date.now() - from) / (to - from), 0), 1);
    this.toggleAttribute('over', Date.now() >= to);
  }
}
if (customElements.get('oe-lifeline') === undefined) customElements.define('oe-lifeline', Lifeline);

/** From when to when a token is good, as a bar that fills; nothing when either end is unknown. */
export function lifeline({ issuedAt, notBefore, expiresAt }: LifetimeView): TemplateResult | typeof nothing {
  const from = issuedAt ?? notBefore;
  if (from === undefined || expiresAt === undefined || expiresAt <= from) return nothing;
  return html`<div class="lifeline">
    <oe-lifeline from=${from} to=${expiresAt}></oe-lifeline>
    <div class="lifeline-ends muted">
      <span>Issued ${localTime(from)}</span><span>Ends ${localTime(expiresAt)}</span>
    </div>
  </div>`;
}
