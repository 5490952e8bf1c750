import { hasRedirect, type AuthorizationCodeProfile, type Profile } from '../../core/profile/profile.ts';
import type { Parts } from '../parts.ts';
import { chooseProfile } from './chooseProfile.ts';

/** Opens the checks of a profile: first the plan; nothing is sent before the user starts it. */
export async function runChecks(parts: Parts, argument: unknown): Promise<void> {
  const profile = await chooseProfile(parts, argument);
  if (profile === undefined) return;
  const all = parts.profiles.list().profiles.map((stored) => stored.profile);
  (await parts.views.checks()).show(profile, otherClient(profile, all));
}

/** Another client of the same server, whose codes and refresh tokens must be of no use to this one. */
function otherClient(profile: Profile, all: readonly Profile[]): AuthorizationCodeProfile | undefined {
  return all.find(
    (other): other is AuthorizationCodeProfile =>
      hasRedirect(other) && other.clientId !== profile.clientId && sameServer(other, profile),
  );
}

function sameServer(one: Profile, other: Profile): boolean {
  if (one.issuer !== undefined || other.issuer !== undefined) return one.issuer === other.issuer;
  return one.tokenEndpoint === other.tokenEndpoint;
}
