import { isLeftOut } from './leftOut.ts';

/** The longest end of a secret that is ever shown, in characters. */
const shownEnd = 6;

/** The last characters of Basic are those of the password. */
const isBasic = /^\s{0,9}basic\s/i;

/** How a secret is shown: its last 6 characters, and never more than a quarter of it. */
export function mask(secret: string): string {
  const shown = isBasic.test(secret) ? 0 : shownLength(secret);
  return shown === 0 ? '…' : `…${secret.slice(-shown).replace(/^[\uDC00-\uDFFF]/, '')}`;
}

/** How many code units at the end of a secret may be shown. */
export function shownLength(secret: string): number {
  return Math.min(shownEnd, Math.floor(secret.length / 4));
}

/** Whether a value is masked already: it is no longer than what `mask` leaves; a secret may begin like that, too. */
export const isMasked = (value: string) => /^…[^]{0,6}$/.test(value);

/** Is told each secret that is masked where it stands, so that it is known wherever else it occurs. */
export type Seen = (secret: string) => void;

/** `mask`, which tells what it masks, and leaves what is none as it is. */
export function maskSeen(secret: string, seen: Seen | undefined): string {
  if (isLeftOut(secret)) return secret;
  seen?.(secret);
  return mask(secret);
}
