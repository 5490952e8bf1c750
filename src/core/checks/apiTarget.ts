import { grantOf, isSilent } from '../grants/all.ts';
import { withoutSlash } from '../http/ends.ts';
import { canonicalResource } from '../mcp/serverUrl.ts';
import type { Profile } from '../profile/profile.ts';
import { writtenUrl } from '../profile/writtenUrl.ts';
import { withoutProfile } from '../profile/withoutProfile.ts';
import type { Failure } from '../record/failure.ts';
import type { TokenSet } from '../record/report.ts';
import type { ApiSubject } from './apiBench.ts';
import type { TokenSources } from './apiTokens.ts';
import { Undetermined } from './undetermined.ts';

/** An API whose handling of tokens is checked, and the profile whose tokens are tried, if there is one. */
export interface ApiTarget {
  readonly request: ApiSubject;
  readonly mcp?: URL;
  readonly profile?: Profile;
}

/**
 * The profile whose tokens are for an MCP server: the one that names it as `mcpServer`, else one that names it as its resource.
 */
export function profileForMcp(profiles: readonly Profile[], url: URL): Profile | undefined {
  const resource = canonicalResource(url);
  const feeds = profiles.find(
    ({ mcpServer }) => mcpServer !== undefined && new URL(mcpServer).href === url.href,
  );
  if (feeds !== undefined) return feeds;
  const named = profiles.find((profile) => profile.resource.some((one) => withoutSlash(one) === resource));
  // Reports and contracts name a server without the secrets in its query.
  const written = writtenUrl(url.href);
  return (
    named ?? profiles.find(({ mcpServer }) => mcpServer !== undefined && writtenUrl(mcpServer) === written)
  );
}

/** The profile under whose id the checks of an MCP server are kept: the one whose tokens are for it, else a stand-in. */
export function standInForMcp(profiles: readonly Profile[], url: URL): Profile {
  return profileForMcp(profiles, url) ?? withoutProfile(url.href);
}

/**
 * A profile of the same authorization server whose tokens are for another API, and need no sign-in: they show whether an API
 * checks the audience.
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

/** How to get tokens with fewer scopes without a sign-in. */
interface NarrowWays {
  /** By the profile's grant. */
  readonly anew: (scopes: readonly string[]) => Promise<TokenSet | undefined>;
  /** By the refresh token of the profile's token. */
  readonly byRefresh: (scopes: readonly string[]) => Promise<TokenOrFailure>;
}

type TokenOrFailure =
  | { readonly kind: 'token'; readonly tokens: TokenSet }
  | { readonly kind: 'failure'; readonly failure: Failure };

/**
 * How to get a profile's token with fewer scopes: by its grant, or by a refresh where the grant needs a sign-in.
 *
 * @see RFC 6749 section 6
 */
export function fewerScopes(
  profile: Profile,
  { anew, byRefresh }: NarrowWays,
): Pick<TokenSources, 'narrow' | 'whyNoFewer'> {
  const { scopes } = profile;
  if (isSilent(profile))
    return scopes.length === 0 ? { whyNoFewer: noScopes } : { narrow: { scopes, ask: anew } };
  const ask = async (some: readonly string[]) => {
    const found = await byRefresh(some);
    if (found.kind === 'token') return found.tokens;
    const { kind, message } = found.failure;
    throw new Undetermined(
      kind === 'sign_in_required'
        ? takesPerson(profile)
        : `A refresh with fewer scopes gave no token. ${message}`,
    );
  };
  return { narrow: { scopes, refreshes: true, ask } };
}

const noScopes =
  'The profile asks for no scopes, so that a token cannot have fewer: name in it what the API needs.';

function takesPerson(profile: Profile): string {
  return `With ${grantOf(profile).short} and no refresh token a token with fewer scopes takes another sign-in: check with a profile of the same server that uses client credentials, or token exchange from another profile’s token.`;
}

function serverOf({ issuer, tokenEndpoint }: Profile): string | undefined {
  return issuer ?? tokenEndpoint;
}

function audienceOf({ resource, audience }: Profile): string {
  return JSON.stringify([resource.map(withoutSlash), audience]);
}
