import { hasRedirect, type AuthorizationCodeProfile, type Profile } from '../profile/profile.ts';

/** Another client of the same server, whose codes and refresh tokens must be of no use to this one; absent when there is none. */
export function chooseOther(profile: Profile, all: readonly Profile[]): AuthorizationCodeProfile | undefined {
  return all.find(
    (other): other is AuthorizationCodeProfile =>
      hasRedirect(other) && other.clientId !== profile.clientId && isSameServer(other, profile),
  );
}

function isSameServer(one: Profile, other: Profile): boolean {
  if (one.issuer !== undefined || other.issuer !== undefined) return one.issuer === other.issuer;
  return one.tokenEndpoint === other.tokenEndpoint;
}
