import { html, nothing, type TemplateResult } from 'lit/html.js';
import { visiblePieces } from '../../src/shared/visibleText.ts';

const shortest = 400;
/** A name of so many characters has room in every view. */
const shortName = 16;

/** A text from outside: never markup, never reordering its surroundings, hidden characters shown as marks. */
export function foreign(text: string): TemplateResult {
  return pieces(text, (piece) => piece);
}

/** A name from outside, such as a scope's: where it has not room enough, its lines break between its parts. */
export function foreignName(text: string): TemplateResult {
  return pieces(text, (piece) =>
    piece.length <= shortName
      ? piece
      : piece.split(/(?<=[.:/_-])(?=\w)/).map((part, index) => (index === 0 ? part : html`<wbr />${part}`)),
  );
}

function pieces(text: string, draw: (piece: string) => unknown): TemplateResult {
  const all = visiblePieces(text);
  const [first] = all;
  // As nearly all are: what lit needs for a list is most of what it costs.
  if (first !== undefined && all.length === 1 && 'text' in first)
    return html`<bdi class="foreign">${draw(first.text)}</bdi>`;
  return html`<bdi class="foreign"
    >${all.map((piece) =>
      'text' in piece ? draw(piece.text) : html`<span class="mark" title=${piece.title}>${piece.mark}</span>`,
    )}</bdi
  >`;
}

/** A text from outside that may be long: its beginning, and the whole of it behind "Show all". */
export function longForeign(text: string, limit = shortest): TemplateResult {
  if (text.length <= limit * 1.25) return foreign(text);
  return html`<details class="more">
    <summary>
      <span class="more-start">${foreign(head(text, limit))}<span aria-hidden="true">…</span></span>
      <span class="link more-open">Show all ${text.length.toLocaleString()} characters</span>
      <span class="link more-close">Show less</span>
    </summary>
    ${foreign(text)}
  </details>`;
}

/** A block of code or JSON from outside, long ones behind "Show all". */
export function codeBlock(text: string, label: string, limit = 20_000): TemplateResult {
  const shown = text.length > limit ? head(text, limit) : text;
  return html`<pre tabindex="0" role="region" aria-label=${label}>
${foreign(shown)}${
  shown === text
    ? nothing
    : html`<span class="muted"
        >… ${(text.length - shown.length).toLocaleString()} more characters: copy to see all</span
      >`
}</pre>`;
}

/** The first `limit` characters, never half of a surrogate pair. */
function head(text: string, limit: number): string {
  return text.slice(0, limit).replace(/[\ud800-\udbff]$/, '');
}
