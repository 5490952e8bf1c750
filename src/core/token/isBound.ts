import type { Profile } from '../profile/profile.ts';
import type { TokenSet } from '../record/report.ts';

/** Whether a token can only be used with a proof of the key that it is bound to. @see RFC 9449 section 5 */
export function isBound({ token_type: type }: Pick<TokenSet, 'token_type'>): boolean {
  return type.toLowerCase() === 'dpop';
}

/** Whether a profile's token, or the one it would get, can only be used with a proof. */
export function getsBound(profile: Profile, tokens: TokenSet | undefined): boolean {
  return tokens ? isBound(tokens) : profile.dpop === true;
}
