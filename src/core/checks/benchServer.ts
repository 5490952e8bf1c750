import { authenticationOf } from '../authentication/all.ts';
import { grantOf } from '../grants/all.ts';
import { FailureError } from '../record/failure.ts';
import { Trace } from '../record/trace.ts';
import { recordingFetch } from '../http/recordingFetch.ts';
import { originOf } from '../http/urlHost.ts';
import { requireOwnServer } from '../oauth/clientAuthentication.ts';
import { otherGiver, requireOneServer, type IsOneService } from '../oauth/requireOneServer.ts';
import type { MetadataCache } from '../oauth/metadataCache.ts';
import { serverMetadata } from '../oauth/serverMetadata.ts';
import type { AuthorizationServer } from 'oauth4webapi';
import type { Clock, Fetch } from '../ports.ts';
import type { Profile } from '../profile/profile.ts';
import type { BenchServer } from './benchOptions.ts';

export interface BenchServerContext {
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Milliseconds for one request. */
  readonly timeout: number;
  readonly metadata: MetadataCache;
  /** Asked when a code that one origin issued would be sent to another; absent: the answer is no. */
  readonly isOneService?: IsOneService;
}

/**
 * Finds the endpoints of a profile's server.
 *
 * @throws FailureError of step `discovery`; of kind `invalid_profile` when the client secret or the code belongs to another
 * server
 */
export async function benchServer(profile: Profile, context: BenchServerContext): Promise<BenchServer> {
  const trace = new Trace();
  const fetch = recordingFetch({ ...context, trace });
  const metadata = await serverMetadata(profile, { ...context, trace, fetch }, grantOf(profile));
  const { server, issuerKnown, published } = metadata;
  requireOwnServer(
    profile,
    metadata,
    authenticationOf(profile).proves ? 'client secret' : 'authorization code',
  );
  await requireOneServer(profile, metadata, async (route) => (await context.isOneService?.(route)) ?? false);
  const { token_endpoint: tokenEndpoint, authorization_endpoint: authorizationEndpoint } = server;
  if (tokenEndpoint === undefined)
    throw new FailureError({
      kind: 'metadata_missing',
      step: 'discovery',
      missing: 'token_endpoint',
      message: 'The token endpoint of this profile is not known.',
      advice: 'Type the token endpoint into the profile.',
    });
  return {
    metadata,
    ...(issuerKnown ? { issuer: server.issuer } : {}),
    ...(authorizationEndpoint === undefined ? {} : { authorizationEndpoint }),
    tokenEndpoint,
    ...(published?.token_endpoint === undefined ? {} : { publishedTokenEndpoint: published.token_endpoint }),
    ...userinfoOf(server, otherGiver(profile, metadata, grantOf(profile))),
    ...(server.jwks_uri === undefined ? {} : { jwksUri: server.jwks_uri }),
    ...besideTokenEndpoint(server, tokenEndpoint),
    promisesIssuer: published?.authorization_response_iss_parameter_supported === true,
    scopesSupported: published?.scopes_supported ?? [],
  };
}

/**
 * The userinfo endpoint; where users sign in at another server than the issuer's, only one at that server or at the token
 * endpoint's origin: no others may see its tokens.
 */
function userinfoOf(
  { userinfo_endpoint: endpoint, token_endpoint: token }: AuthorizationServer,
  giver: string | undefined,
): Pick<BenchServer, 'userinfoEndpoint'> {
  if (endpoint === undefined) return {};
  const isOwn = giver === undefined || [giver, originOf(token)].includes(originOf(endpoint));
  return isOwn ? { userinfoEndpoint: endpoint } : {};
}

/** The endpoints that may get the client's secret like the token endpoint: those at the same origin. */
function besideTokenEndpoint(
  server: AuthorizationServer,
  tokenEndpoint: string,
): Pick<BenchServer, 'introspectionEndpoint' | 'revocationEndpoint' | 'deviceAuthorizationEndpoint'> {
  const {
    introspection_endpoint: introspection,
    revocation_endpoint: revocation,
    device_authorization_endpoint: device,
  } = server;
  const { origin } = new URL(tokenEndpoint);
  const isBeside = (url: string | undefined): url is string => originOf(url) === origin;
  return {
    ...(isBeside(introspection) ? { introspectionEndpoint: introspection } : {}),
    ...(isBeside(device) ? { deviceAuthorizationEndpoint: device } : {}),
    ...(isBeside(revocation) ? { revocationEndpoint: revocation } : {}),
  };
}
