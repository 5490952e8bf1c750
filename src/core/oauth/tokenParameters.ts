import type { Profile } from '../profile/profile.ts';

/** The parameters a profile adds to a token request: its extra ones, and each resource. @see RFC 8707 section 2.2 */
export function tokenParameters(profile: Profile): URLSearchParams {
  const parameters = new URLSearchParams(profile.tokenParameters);
  for (const resource of profile.resource) parameters.append('resource', resource);
  return parameters;
}
