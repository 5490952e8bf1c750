import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { QrView } from '../../src/shared/views/flowView.ts';
import { foreign } from '../parts/text.ts';

/** A QR code with its address in words, which is what a screen reader has of it; or the sentence why there is none. */
export function qrCode({ note, address, path, size = 0 }: QrView): TemplateResult {
  if (address === undefined) return html`<p class="muted">${foreign(note)}</p>`;
  const width = size * 4;
  // Black on white in every theme, high contrast too: cameras read nothing else reliably.
  return html`<figure class="qr">
    <svg
      role="img"
      aria-label="QR code of ${address}"
      viewBox="0 0 ${size} ${size}"
      width=${width}
      height=${width}
      shape-rendering="crispEdges"
    >
      <rect width=${size} height=${size} fill="#fff" />
      <path d=${path ?? nothing} fill="#000" />
    </svg>
    <figcaption>${note} <code>${foreign(address)}</code></figcaption>
  </figure>`;
}
