import { profilesNamed } from '../../core/httpFile/authReference.ts';
import type { BearerPlace } from '../../core/httpFile/place.ts';
import type { TokenHeader } from '../../core/profile/tokenHeader.ts';
import { tokenVariable } from '../../core/httpFile/variable.ts';
import type { ProfileToken, TokenProfile, TokenSource } from './tokenSource.ts';

/** Whose token a request carries. */
export interface Owned {
  readonly profile: TokenProfile;
  /** Milliseconds since the epoch; absent when unknown, or when it is an older token of the profile. */
  readonly expiresAt?: number;
  /** Whether it is the profile's latest token. */
  readonly current: boolean;
}

/** The headers other than `Authorization: Bearer` in which profiles send their tokens. */
export async function otherHeaders(source: Pick<TokenSource, 'profiles'>): Promise<readonly TokenHeader[]> {
  return (await source.profiles()).flatMap(({ header }) => header ?? []);
}

/** The names of the variable for a profile's token: `name` in request files and JSON environments, `dotenv` in a `.env` file. */
export function variableNames(profile: TokenProfile, profiles: readonly TokenProfile[]) {
  const name = tokenVariable(
    profile.id,
    profiles.map(({ id }) => id),
  );
  return { name, dotenv: name.toUpperCase() };
}

/**
 * Finds the profile whose token is at `place`: by the token itself, or by the variable's name.
 *
 * @param environment reads a variable from the environment files; without it they are assumed to hold the latest token
 */
export async function ownerOf(
  place: BearerPlace,
  source: TokenSource,
  environment?: (name: string) => Promise<string | undefined>,
): Promise<Owned | undefined> {
  if (place.way === 'none' || place.way === 'others') return undefined;
  const profiles = await source.profiles();
  if (place.way === 'reference') {
    const [profile, second] = profilesNamed(profiles, place.id);
    if (second) return undefined;
    return profile && owned(profile, await source.last(profile.id));
  }
  for (const profile of profiles) {
    const last = await source.last(profile.id);
    if (place.way === 'literal') {
      if (last?.token === place.token) return owned(profile, last);
      continue;
    }
    const { name, dotenv } = variableNames(profile, profiles);
    if (place.name !== name && place.name !== `$dotenv ${dotenv}`) continue;
    const held = place.way === 'fileVariable' ? place.token : await environment?.(place.name);
    const stale = (environment !== undefined || held !== undefined) && held !== last?.token;
    return stale ? { profile, current: false } : owned(profile, last);
  }
  return undefined;
}

function owned(profile: TokenProfile, last: ProfileToken | undefined): Owned {
  if (!last) return { profile, current: false };
  const { expiresAt } = last;
  return { profile, current: true, ...(expiresAt !== undefined && { expiresAt }) };
}
