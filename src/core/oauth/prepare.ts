import * as oauth from 'oauth4webapi';
import type { FlowContext } from './context.ts';
import type { TokenSet } from '../record/report.ts';
import type { ExtraParameters, Profile } from '../profile/profile.ts';
import { clientAuthentication, clientOf } from './clientAuthentication.ts';
import type { DecoratedFlow } from './decorator.ts';
import { verifyIdToken } from './idToken.ts';
import { withOpenIdToken } from './openIdToken.ts';
import { otherGiver } from './requireOneServer.ts';
import { serverMetadata, type ServerMetadata } from './serverMetadata.ts';
import { anyTokenType, askTokenEndpoint, type TokenStep } from './tokenEndpoint.ts';
import { tokenRequest, type Parameter } from './tokenRequest.ts';
import { tokenSet } from './tokenSet.ts';

/** What a grant wants from the token endpoint. */
interface TokenWanted extends Partial<TokenStep> {
  /** The grant's own parameters, `grant_type` among them. */
  readonly parameters: readonly Parameter[];
  /** Set where a user signs in: an id_token is due when `openid` was granted. */
  readonly signedIn?: {
    readonly nonce: string | undefined;
    /** The code to exchange, and the parameters of the sign-in, where there are any. */
    readonly code?: string;
    readonly asked?: ExtraParameters;
    /** When the sign-in began, in milliseconds since the epoch. */
    readonly askedAt?: number;
  };
}

/** A flow whose server and client authentication are known: the rest is the grant's own. */
export interface PreparedFlow {
  readonly metadata: ServerMetadata;
  readonly client: oauth.Client;
  readonly authentication: oauth.ClientAuth;
  /** What decorators of further requests work with. */
  readonly flow: DecoratedFlow;
  /** Sends the token request and reads its response; an id_token is validated. @throws FailureError */
  requestToken: (wanted: TokenWanted) => Promise<TokenSet>;
}

/**
 * Finds the endpoints of the profile's server and the client's authentication.
 *
 * @throws FailureError of step `discovery` or `secret`
 * @see RFC 8414, RFC 6749 section 2.3
 */
export async function prepare(
  profile: Profile,
  context: FlowContext,
  check: (metadata: ServerMetadata) => void | Promise<void> = () => undefined,
): Promise<PreparedFlow> {
  const metadata = await serverMetadata(profile, context, context.grant);
  await check(metadata);
  const authentication = await clientAuthentication(profile, metadata, context);
  const flow: PreparedContext = {
    ...{ profile, metadata, context },
    authenticate: () => Promise.resolve(authentication),
  };
  return {
    metadata,
    client: clientOf(profile),
    authentication,
    flow,
    requestToken: (wanted) => requestToken(flow, authentication, wanted),
  };
}

interface PreparedContext extends DecoratedFlow {
  readonly context: FlowContext;
}

async function requestToken(
  flow: PreparedContext,
  authentication: oauth.ClientAuth,
  { parameters, signedIn, purpose = 'token', step = 'token' }: TokenWanted,
): Promise<TokenSet> {
  const { profile, metadata, context } = flow;
  const { server } = metadata;
  const client = clientOf(profile);
  context.trace.enter(step);
  const { token_endpoint: endpoint = '', issuer } = server;
  const request = tokenRequest(profile, { endpoint, issuer, authentication, parameters });
  const came = await askTokenEndpoint(request, flow, { ...context, purpose, step });
  const channel = await withOpenIdToken(came, profile, context);
  const body = channel.body();
  const types = anyTokenType(body);
  const { nonce, ...asked } = signedIn ?? { nonce: undefined };
  const check = {
    ...{ profile, metadata, channel, context },
    scopes: signedIn === undefined ? [] : profile.scopes,
    ...asked,
  };
  await verifyIdToken(check, (expected) => {
    // Whatever the server sent, the library gets a conforming body.
    const response = Response.json(body);
    if (signedIn === undefined)
      return oauth.processGenericTokenEndpointResponse(expected, client, response, types);
    return oauth.processAuthorizationCodeResponse(expected, client, response, {
      ...types,
      ...(nonce === undefined || body.id_token === undefined ? {} : { expectedNonce: nonce }),
    });
  });
  const from = otherGiver(profile, metadata, context.grant);
  const tokens = tokenSet(body, profile.scopes, context.clock.now());
  return { ...tokens, ...(from !== undefined && { signed_in_at: from }) };
}
