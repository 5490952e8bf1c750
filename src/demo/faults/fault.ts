import type { DemoClients } from '../clients.ts';

/** A request on its way to the strict server. */
export interface FaultRequest {
  readonly method: string;
  /** Path only. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly form: URLSearchParams;
  /** The body when it is JSON. */
  readonly json?: string;
}

/** A response on its way back. */
export interface FaultResponse {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string;
}

/** Sees a request before the strict server does, and its response before the client does. */
export type FaultLayer = (
  request: FaultRequest,
  next: (request: FaultRequest) => Promise<FaultResponse>,
) => Promise<FaultResponse>;

/** What a fault may know of the server it spoils. */
export interface FaultContext {
  readonly clients: DemoClients;
}

/** What of a token the API and the MCP server can be made not to look at, and what the authorization server itself. */
export type Laxity =
  | 'audience'
  | 'expiry'
  | 'signature'
  | 'algorithm'
  | 'kind'
  | 'scope'
  | 'query'
  /** The authorization server issues every token for the API, and the MCP server takes them. */
  | 'one-audience'
  /** Codes are good for an hour. */
  | 'code-lifetime'
  /** The client `bound` need not push its requests, or prove a key. */
  | 'pushing'
  | 'binding'
  /** Its refresh tokens rotate, as those of other clients do. */
  | 'rotation';

/** One thing that a server can get wrong; everything else stays strict. */
export interface Fault {
  readonly id: string;
  /** What the server does wrong, as a sentence. */
  readonly title: string;
  /** Accepts a redirect URI beyond those the strict server accepts. */
  readonly allowsRedirect?: (requested: string, registered: string) => boolean;
  /** Rewrites requests and responses; called once when the fault is switched on, so that it can remember. */
  readonly layer?: (context: FaultContext) => FaultLayer;
  /** The same before the API and the MCP server. */
  readonly apiLayer?: FaultLayer;
  /** Speaks TLS 1.0 and 1.1; only where the server speaks TLS at all. */
  readonly oldTls?: true;
  /** What the API and the MCP server do not look at. */
  readonly lax?: Laxity;
}
