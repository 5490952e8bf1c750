import { isSilent } from '../grants/all.ts';
import { withoutSlash } from '../http/ends.ts';
import { canonicalResource } from '../mcp/serverUrl.ts';
import type { Profile } from '../profile/profile.ts';
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
  return profiles.find((profile) => profile.resource.some((one) => withoutSlash(one) === resource));
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

function serverOf({ issuer, tokenEndpoint }: Profile): string | undefined {
  return issuer ?? tokenEndpoint;
}

function audienceOf({ resource, audience }: Profile): string {
  return JSON.stringify([resource.map(withoutSlash), audience]);
}
