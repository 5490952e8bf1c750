import { authenticationNamed, grantNamed } from '../productLists.ts';
import type { Profile } from './profile.ts';
import { clientSecret, type KeptSecret } from './traits.ts';

/** The secret that the vault keeps for the profile's client authentication; a client secret where it keeps none. */
export function ownSecret(profile: Profile): KeptSecret {
  return authenticationNamed(profile.clientAuthentication).keeps ?? clientSecret;
}

/** All secrets that the vault keeps for the flows of a profile, the client's own first. */
export function keptOf(profile: Profile): readonly KeptSecret[] {
  const { keeps } = authenticationNamed(profile.clientAuthentication);
  const { input } = grantNamed(profile.grant);
  return [
    ...(keeps === undefined ? [] : [keeps]),
    ...(input === undefined || input.once === true || isTaken(profile, input.fromProfile) ? [] : [input]),
  ];
}

function isTaken(profile: Profile, field: string | undefined): boolean {
  return field !== undefined && new Map<string, unknown>(Object.entries(profile)).has(field);
}
