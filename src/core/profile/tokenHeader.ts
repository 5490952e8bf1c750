import type { Profile } from './profile.ts';

/** The header in which a token is sent. */
export interface TokenHeader {
  readonly name: string;
  /** The text before the token, space included; may be empty. */
  readonly prefix: string;
}

/** The header unless the profile sets one. @see RFC 6750 section 2.1 */
export const bearerHeader: TokenHeader = { name: 'Authorization', prefix: 'Bearer ' };

/** Whether the token is sent as `Authorization: Bearer`, so that a challenge of that scheme is expected. @see RFC 6750 section 3 */
export function isBearer({ name, prefix }: TokenHeader): boolean {
  return name.toLowerCase() === 'authorization' && prefix.trim().toLowerCase() === 'bearer';
}

/** The header in which the profile's APIs expect its token. */
export function tokenHeaderOf(profile: Pick<Profile, 'tokenHeader' | 'tokenPrefix'>): TokenHeader {
  const { tokenHeader: name = bearerHeader.name, tokenPrefix } = profile;
  const isAuthorization = name.toLowerCase() === 'authorization';
  const word = tokenPrefix ?? (isAuthorization ? 'Bearer' : 'none');
  return { name: isAuthorization ? bearerHeader.name : name, prefix: word === 'none' ? '' : `${word} ` };
}

/** The token that is sent to the profile's APIs; undefined when that is the id_token, and there is none. */
export function sentTokenOf(
  profile: Pick<Profile, 'sentToken'>,
  { access_token, id_token }: { readonly access_token: string; readonly id_token?: string },
): string | undefined {
  return profile.sentToken === 'id_token' ? id_token : access_token;
}
