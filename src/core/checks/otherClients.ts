import { hasRedirect, type AuthorizationCodeProfile, type Profile } from '../profile/profile.ts';

/** Other clients of the same server, whose codes and refresh tokens must not work for this one. */
export function otherClients(profile: Profile, all: readonly Profile[]): readonly AuthorizationCodeProfile[] {
  return all.filter(
    (other): other is AuthorizationCodeProfile =>
      hasRedirect(other) && other.clientId !== profile.clientId && isSameServer(other, profile),
  );
}

function isSameServer(one: Profile, other: Profile): boolean {
  if (one.issuer !== undefined || other.issuer !== undefined) return one.issuer === other.issuer;
  return one.tokenEndpoint === other.tokenEndpoint;
}
