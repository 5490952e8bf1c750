import { tokenFacts } from '../diagnose/tokenFacts.ts';
import type { TokenSet } from '../record/report.ts';

/**
 * Why a token would be useless to whoever gets only the token; undefined when it would not.
 *
 * @see RFC 9449 section 5, RFC 6750 section 1.2
 */
export function whyNotAlone(tokens: TokenSet, name: string): string | undefined {
  if (!tokenFacts(tokens).dpop) return undefined;
  return `The access token of “${name}” is bound to a key (DPoP) that stays in the keychain: alone it is of no use, so it was not handed out. “Send with token” makes the proof that each request needs.`;
}
