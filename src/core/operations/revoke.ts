import { processRevocationResponse, revocationRequest } from 'oauth4webapi';
import { authenticationOf } from '../authentication/all.ts';
import type { FlowContext } from '../oauth/context.ts';
import { FailureError } from '../record/failure.ts';
import type { TokenSet } from '../record/report.ts';
import { toFailure } from '../record/toFailure.ts';
import { Trace } from '../record/trace.ts';
import { grantOf } from '../grants/all.ts';
import type { GrantDescriptor } from '../grants/grant.ts';
import { presentedIdentity } from '../http/presentedIdentity.ts';
import { recordingFetch } from '../http/recordingFetch.ts';
import { clientAuthentication, clientOf } from '../oauth/clientAuthentication.ts';
import { libraryPost } from '../oauth/libraryFetch.ts';
import type { MetadataCache } from '../oauth/metadataCache.ts';
import { serverMetadata } from '../oauth/serverMetadata.ts';
import type { Clock, Fetch } from '../ports.ts';
import type { Profile } from '../profile/profile.ts';

/** What revoking needs from outside. */
export interface RevokeDeps extends Pick<FlowContext, 'material'> {
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly metadata: MetadataCache;
  readonly signal: AbortSignal;
  /** Milliseconds for one request. */
  readonly timeout: number;
}

/** What came of it: `nowhere` when the server names no revocation endpoint beside its token endpoint. */
export type Revoked = 'revoked' | 'nowhere';

/**
 * Has the server take the tokens of a profile back: first the refresh token, with which a server may revoke all of the grant,
 * then the access token.
 *
 * @throws FailureError when the server cannot be asked, or refuses
 * @see RFC 7009 section 2
 */
export async function revoke(profile: Profile, tokens: TokenSet, deps: RevokeDeps): Promise<Revoked> {
  const trace = new Trace();
  try {
    return await send(profile, tokens, deps, trace);
  } catch (thrown) {
    throw new FailureError(toFailure(thrown, { step: 'token', cancelled: deps.signal.aborted }));
  }
}

async function send(profile: Profile, tokens: TokenSet, deps: RevokeDeps, trace: Trace): Promise<Revoked> {
  const { present, identityFor } = presentedIdentity();
  const fetch = recordingFetch({ ...deps, trace, identity: identityFor });
  // Nobody signs in for it.
  const grant: GrantDescriptor = { ...grantOf(profile), endpoints: ['token_endpoint'] };
  const metadata = await serverMetadata(profile, { ...deps, trace, fetch }, grant);
  const { server } = metadata;
  if (!isBeside(server.revocation_endpoint, server.token_endpoint)) return 'nowhere';
  const { clock, material } = deps;
  const authentication = await clientAuthentication(profile, metadata, {
    ...{ authentication: authenticationOf(profile), clock, grant, trace, material, present },
  });
  const { access_token, refresh_token } = tokens;
  for (const token of refresh_token === undefined ? [access_token] : [refresh_token, access_token])
    await processRevocationResponse(
      await revocationRequest(
        server,
        clientOf(profile),
        authentication,
        token,
        libraryPost(fetch('revocation', 'token')),
      ),
    );
  return 'revoked';
}

/** Secret and tokens go to the origin of the token endpoint only. */
function isBeside(url: string | undefined, tokenEndpoint: string | undefined): boolean {
  if (url === undefined || tokenEndpoint === undefined || !URL.canParse(url)) return false;
  return new URL(url).origin === new URL(tokenEndpoint).origin;
}
