import { hasRedirect, type AuthorizationCodeProfile, type Profile } from '../../core/profile/profile.ts';
import type { Services } from '../services.ts';
import { chooseProfile, type ToChoose } from '../chooseProfile.ts';

/** Opens the checks of a profile: first the plan; nothing is sent before the user starts it. */
export async function runChecks(
  services: ToChoose & Pick<Services, 'views'>,
  argument: unknown,
): Promise<void> {
  const profile = await chooseProfile(services, argument);
  if (profile === undefined) return;
  const all = services.profiles.list().profiles.map((stored) => stored.profile);
  (await services.views.checks()).show(profile, otherClient(profile, all));
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
