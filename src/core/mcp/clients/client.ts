/** How a client can come to a client ID, the first way that a server offers. */
type ClientRegistration = 'client_id_metadata_document' | 'dynamic' | 'pre_registered';

/** How a client compares the document's `resource` with the URL that it connects to. */
type ResourceRule =
  /** Both go through `new URL()`, which adds a slash to a bare host, and must then be the same text. */
  | 'parsed'
  /** The document's may be the URL or stand above it at the same origin; a slash more is refused. */
  | 'covers';

/** Something that is known of a client, with where that is published. */
export interface ClientFact<T> {
  readonly value: T;
  /** What the source says, one plain sentence. */
  readonly says: string;
  /** A public page. */
  readonly source: string;
  /** Of the page, or the day on which it was read: `YYYY-MM-DD`. */
  readonly date: string;
}

/** What is publicly known of how a client signs in to an MCP server; what has no source is absent. */
export interface McpClientFacts {
  readonly name: string;
  readonly registers: ClientFact<readonly ClientRegistration[]>;
  /** Where the browser comes back to; the authorization server must take them. */
  readonly redirectUris: ClientFact<readonly string[]>;
  readonly comparesResource?: ClientFact<ResourceRule>;
  /** It asks for every scope that the protected-resource document lists. */
  readonly asksAllScopes?: ClientFact<true>;
  /** It connects from its maker's servers, which reach no server on this computer. */
  readonly hosted?: ClientFact<true>;
  /** It goes on only where PKCE with S256 is advertised, or not where other methods are. */
  readonly wantsPkce?: ClientFact<'advertised' | 'not_excluded'>;
  /** It sends `resource` otherwise than the document has it. */
  readonly changesResource?: ClientFact<'adds_slash_to_host'>;
  /** It uses metadata without comparing its `issuer`. */
  readonly ignoresIssuer?: ClientFact<true>;
}
