/** The longest end of a secret that is ever shown, in characters. */
const shownEnd = 6;

/** How a secret is shown: its last 6 characters, and never more than a quarter of it. */
export function mask(secret: string): string {
  const shown = Math.min(shownEnd, Math.floor(secret.length / 4));
  return shown === 0 ? '…' : `…${secret.slice(-shown).replace(/^[\uDC00-\uDFFF]/, '')}`;
}
