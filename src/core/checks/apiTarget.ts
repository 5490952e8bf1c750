import { grantOf, isSilent } from '../grants/all.ts';
import { withoutSlash } from '../http/ends.ts';
import { canonicalResource } from '../mcp/serverUrl.ts';
import type { Profile } from '../profile/profile.ts';
import { writtenUrl } from '../profile/writtenUrl.ts';
import { withoutProfile } from '../profile/withoutProfile.ts';
import type { ApiSubject } from './apiBench.ts';

/** An API whose token check is looked at, with the profile whose tokens are tried, if there is one. */
export interface ApiTarget {
  readonly request: ApiSubject;
  readonly mcp?: URL;
  readonly profile?: Profile;
}

/** The profile whose tokens are for an MCP server: the one that feeds it, else one that names it as its resource. */
export function profileForMcp(profiles: readonly Profile[], url: URL): Profile | undefined {
  const resource = canonicalResource(url);
  const feeds = profiles.find(
    ({ mcpServer }) => mcpServer !== undefined && new URL(mcpServer).href === url.href,
  );
  if (feeds !== undefined) return feeds;
  const named = profiles.find((profile) => profile.resource.some((one) => withoutSlash(one) === resource));
  // Reports and contracts name a server without what is secret in its query.
  const written = writtenUrl(url.href);
  return (
    named ?? profiles.find(({ mcpServer }) => mcpServer !== undefined && writtenUrl(mcpServer) === written)
  );
}

/** Under whose id the checks of an MCP server are kept: the profile whose tokens are for it, else one that stands for it. */
export function standInForMcp(profiles: readonly Profile[], url: URL): Profile {
  return profileForMcp(profiles, url) ?? withoutProfile(url.href);
}

/**
 * A profile of the same authorization server whose tokens are for another API, and come without a person: its token shows
 * whether an API looks at the audience.
 */
export function profileForOther(profile: Profile, all: readonly Profile[]): Profile | undefined {
  const server = serverOf(profile);
  return all.find(
    (other) =>
      other.id !== profile.id &&
      serverOf(other) === server &&
      isSilent(other) &&
      audienceOf(other) !== audienceOf(profile),
  );
}

/** Why no token with fewer scopes can be asked for without a person, and what to do; absent where one can. */
export function whyNoFewerScopes(profile: Profile): string | undefined {
  if (profile.scopes.length === 0)
    return 'The profile asks for no scopes, so that a token cannot have fewer: name in it what the API needs.';
  if (isSilent(profile)) return undefined;
  return `With ${grantOf(profile).short} a token with fewer scopes takes another sign-in: check with a profile of the same server that uses client credentials, or token exchange from another profile’s token.`;
}

function serverOf({ issuer, tokenEndpoint }: Profile): string | undefined {
  return issuer ?? tokenEndpoint;
}

function audienceOf({ resource, audience }: Profile): string {
  return JSON.stringify([resource.map(withoutSlash), audience]);
}
