import type { ClientAuth } from 'oauth4webapi';
import type { RequestContext } from './requestContext.ts';
import type { Profile } from '../profile/profile.ts';
import type { Parameter, TokenRequest } from './tokenRequest.ts';
import type { ServerMetadata } from './serverMetadata.ts';
import type { Received } from './receiver.ts';

/** An authorization request as plain data, so that a check can change it before it is sent. */
export interface AuthorizationRequest {
  readonly endpoint: string;
  /** All of it, in the order in which it is sent. */
  readonly parameters: readonly Parameter[];
}

/** The flow that a decorator works in. */
export interface DecoratedFlow {
  readonly profile: Profile;
  readonly metadata: ServerMetadata;
  readonly context: Omit<RequestContext, 'made'> & Partial<Pick<RequestContext, 'made'>>;
  /** The client authentication for further requests, such as PAR. */
  authenticate: () => Promise<ClientAuth>;
}

/**
 * One extension of a flow, such as PAR, JAR, JARM or DPoP: it may change the steps below, and leaves out those that it does not
 * touch. Made anew for each flow, so that it may hold a key or a nonce.
 */
export interface Decorator {
  /** Changes the authorization request, or pushes it to the server first. @see RFC 9101, RFC 9126, RFC 9396 */
  authorization?: (request: AuthorizationRequest, flow: DecoratedFlow) => Promise<AuthorizationRequest>;
  /** Unwraps the authorization response. @see JWT Secured Authorization Response Mode for OAuth 2.0 */
  received?: (received: Received, flow: DecoratedFlow) => Promise<Received>;
  /** Changes a request to the token endpoint, a refresh included. @see RFC 9449 */
  token?: (request: TokenRequest, flow: DecoratedFlow) => Promise<TokenRequest>;
}

/** One kind of decorator: one file exports it, one line in `decorators.ts` lists it. */
export interface DecoratorKind {
  /** Stable, such as `par`. */
  readonly id: string;
  appliesTo: (profile: Profile) => boolean;
  /** Loads it and makes one for a flow. */
  make: (profile: Profile) => Promise<Decorator>;
}
