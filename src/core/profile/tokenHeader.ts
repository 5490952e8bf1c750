import type { Profile } from './profile.ts';

/** The header that carries a token. */
export interface TokenHeader {
  readonly name: string;
  /** What stands before the token, with the blank between them; empty: nothing. */
  readonly prefix: string;
}

/** The header unless a profile says otherwise. @see RFC 6750 section 2.1 */
export const bearerHeader: TokenHeader = { name: 'Authorization', prefix: 'Bearer ' };

/** Whether a token goes as `Authorization: Bearer`, so that challenges of that scheme are due. @see RFC 6750 section 3 */
export function isBearer({ name, prefix }: TokenHeader): boolean {
  return name.toLowerCase() === 'authorization' && prefix.trim().toLowerCase() === 'bearer';
}

/** The header in which the profile's APIs want its token. */
export function tokenHeaderOf(profile: Pick<Profile, 'tokenHeader' | 'tokenPrefix'>): TokenHeader {
  const { tokenHeader: name = bearerHeader.name, tokenPrefix } = profile;
  const isAuthorization = name.toLowerCase() === 'authorization';
  const word = tokenPrefix ?? (isAuthorization ? 'Bearer' : 'none');
  return { name: isAuthorization ? bearerHeader.name : name, prefix: word === 'none' ? '' : `${word} ` };
}

/** The token that the profile's APIs are sent; absent when it is the id_token and the server sent none. */
export function sentTokenOf(
  profile: Pick<Profile, 'sentToken'>,
  { access_token, id_token }: { readonly access_token: string; readonly id_token?: string },
): string | undefined {
  return profile.sentToken === 'id_token' ? id_token : access_token;
}
