import type { ClientAuth } from 'oauth4webapi';
import type { RequestContext } from './requestContext.ts';
import type { Profile } from '../profile/profile.ts';
import type { Parameter, TokenRequest } from './tokenRequest.ts';
import type { ServerMetadata } from './serverMetadata.ts';
import type { Received } from './receiver.ts';

/** An authorization request, as plain data: what a flow sends the browser to, and what a check changes. */
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
  /** How the client proves itself, for requests besides that to the token endpoint. */
  authenticate: () => Promise<ClientAuth>;
}

/**
 * What a profile wants done to the requests and responses of its flows, such as PAR, JAR, JARM, DPoP or RAR; made anew for each
 * flow, so that it may hold a key or a nonce. Every step is left out that it does not touch.
 */
export interface Decorator {
  /** Changes the authorization request, or hands it to the server first. @see RFC 9101, RFC 9126, RFC 9396 */
  authorization?: (request: AuthorizationRequest, flow: DecoratedFlow) => Promise<AuthorizationRequest>;
  /** Opens what the browser brought back. @see JWT Secured Authorization Response Mode for OAuth 2.0 */
  received?: (received: Received, flow: DecoratedFlow) => Promise<Received>;
  /** Changes a request to the token endpoint, refreshes too. @see RFC 9449 */
  token?: (request: TokenRequest, flow: DecoratedFlow) => Promise<TokenRequest>;
}

/** One kind of decorator: its file exports one, and has its line in `decorators.ts`. */
export interface DecoratorKind {
  /** Stable, such as `par`. */
  readonly id: string;
  appliesTo: (profile: Profile) => boolean;
  /** Loads it and makes one for a flow. */
  make: (profile: Profile) => Promise<Decorator>;
}
