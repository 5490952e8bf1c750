import type { Profile } from '../profile/profile.ts';
import type { TokenSet } from '../record/report.ts';

/** Whether a token may be used only with a proof of the key it is bound to. @see RFC 9449 section 5 */
export function isBound({ token_type: type }: Pick<TokenSet, 'token_type'>): boolean {
  return type.toLowerCase() === 'dpop';
}

/** Whether what a profile has, else what it would get, may be used only with a proof. */
export function getsBound(profile: Profile, tokens: TokenSet | undefined): boolean {
  return tokens ? isBound(tokens) : profile.dpop === true;
}
