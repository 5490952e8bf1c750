import type { TokenSet } from '../record/report.ts';

/** Whether a token may be used only with a proof of the key it is bound to. @see RFC 9449 section 5 */
export function isBound({ token_type: type }: Pick<TokenSet, 'token_type'>): boolean {
  return type.toLowerCase() === 'dpop';
}
