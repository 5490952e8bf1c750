import { Trace } from '../record/trace.ts';
import type { Exchange } from '../record/exchange.ts';
import { recordingFetch } from '../http/recordingFetch.ts';
import { readChallenge, type Challenged } from '../mcp/challenge.ts';
import type { McpContext } from '../mcp/context.ts';
import { exploreMcpServer, type McpExploration } from '../mcp/explore.ts';
import { initializeMessage, messageHeaders } from '../mcp/jsonRpc.ts';
import { endingStreams } from '../mcp/transport.ts';
import type { Clock, Fetch } from '../ports.ts';
import { bearerHeader, isBearer, type TokenHeader } from '../profile/tokenHeader.ts';
import { CheckRecord, type Memo } from './checkRecord.ts';
import { Undetermined } from './undetermined.ts';

/** A request to an API, without its token. */
export interface ApiSubject {
  readonly method: string;
  readonly url: string;
  /** Without the header that carries the token. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body?: string | Uint8Array<ArrayBuffer>;
  /** What stands in it and nobody may see: a password that was asked for, tokens in other places. */
  readonly secrets?: readonly string[];
}

/** An access token with fewer scopes than the good one. */
export interface NarrowToken {
  readonly token: string;
  /** The good one's scopes that it does not have. */
  readonly lacks: readonly string[];
  /** Whether it has none of them. */
  readonly hasNone: boolean;
}

/**
 * Tokens to try at the API; each is asked for when a check first needs it. Absent, or giving nothing: there is none, and
 * what needs it is not determined.
 */
export interface ApiTokens {
  /** An access token for this API. */
  good: () => Promise<string | undefined>;
  /** The id_token that came with it. */
  idToken?: () => Promise<string | undefined>;
  /** An access token of the same authorization server for another API. */
  otherAudience?: () => Promise<string | undefined>;
  /** An access token for this API that has ended. */
  expired?: () => Promise<string | undefined>;
  /** An access token for this API with fewer scopes. @param needed what the API says that it wants, empty when it does not */
  withoutScope?: (needed: readonly string[]) => Promise<NarrowToken | undefined>;
  /** Why there is none with fewer scopes, and what to do, where that is known before. */
  readonly whyNoFewer?: string;
}

/** What checks of an API need from outside. */
export interface ApiBenchOptions {
  /** Of this extension, with which it introduces itself to an MCP server. */
  readonly version: string;
  readonly request: ApiSubject;
  /** Set for an MCP server: what its clients connect to. */
  readonly mcp?: URL;
  /** What a token for this API must name in `aud`; absent: any one. */
  readonly resource?: string;
  readonly tokens?: ApiTokens;
  /** The header that the API wants its token in; absent: `Authorization: Bearer`. */
  readonly header?: TokenHeader;
  /** Set where the API is sent the id_token in the place of the access token. */
  readonly sendsIdToken?: true;
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Milliseconds for one request. */
  readonly timeout: number;
}

/** How the API answered. */
export interface ApiAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly challenged: Challenged;
}

/** The request that every client sends first to an MCP server. */
export function initializeRequest(url: URL, version: string): ApiSubject {
  return {
    method: 'POST',
    url: url.href,
    headers: Object.entries(messageHeaders),
    body: initializeMessage(version),
  };
}

/**
 * The workbench of one check of an API: sends its request with tokens that are good, bad or missing, and keeps every
 * exchange as evidence. Tokens go to the API's own URL only.
 */
export class ApiBench {
  readonly options: ApiBenchOptions;
  readonly #record: CheckRecord;

  constructor(options: ApiBenchOptions, memo: Memo) {
    this.options = options;
    this.#record = new CheckRecord(memo);
  }

  /** Everything sent and received, in the order of time, numbered from 1. */
  get evidence(): readonly Exchange[] {
    return this.#record.evidence;
  }

  /** Network and record for what is not the API's own request. */
  get context(): McpContext {
    return this.contextOf(this.#record.trace);
  }

  /** Whether the API is to challenge as RFC 6750 says: its token goes as `Authorization: Bearer`. */
  get isBearer(): boolean {
    return isBearer(this.options.header ?? bearerHeader);
  }

  /** Sends the API's request. @param token goes into the header; `inQuery`: into the URL instead */
  async call(token: string | undefined, inQuery = false): Promise<ApiAnswer> {
    return this.#call(this.#record.trace, token, inQuery);
  }

  /** The answer to the request without a token; asked once for all checks. */
  async withoutToken(): Promise<ApiAnswer> {
    return this.once('without-token', (trace) => this.#call(trace, undefined, false));
  }

  /** The good token. @throws Undetermined when there is none */
  async goodToken(): Promise<string> {
    const token = await this.options.tokens?.good();
    if (token !== undefined) return token;
    throw new Undetermined('This needs a token for the API, and there was none.');
  }

  /** The answer to the request with the good token; asked once for all checks. @throws Undetermined without one */
  async withGoodToken(): Promise<ApiAnswer> {
    const token = await this.goodToken();
    return this.once('good-token', (trace) => this.#call(trace, token, false));
  }

  /** What a client learns of the MCP server; asked once for all checks. @throws Undetermined for another API */
  async explored(): Promise<McpExploration> {
    const { mcp, version } = this.options;
    if (mcp === undefined) throw new Undetermined('This is not an MCP server.');
    return this.once('explored', (trace) => exploreMcpServer(mcp, { version }, this.contextOf(trace)));
  }

  /** A result that checks share: its exchanges are evidence for each that uses it. */
  async once<T>(key: string, find: (trace: Trace) => Promise<T>): Promise<T> {
    return this.#record.once(key, async () => {
      const trace = new Trace();
      return { value: await find(trace), exchanges: trace.exchanges };
    });
  }

  async #call(trace: Trace, token: string | undefined, inQuery: boolean): Promise<ApiAnswer> {
    const { request, header = bearerHeader } = this.options;
    const url = new URL(request.url);
    if (token !== undefined) trace.useSecret(token);
    if (token !== undefined && inQuery) url.searchParams.set('access_token', token);
    const headers = new Headers(request.headers.map(([name, value]): [string, string] => [name, value]));
    // Whatever the file holds there: what is tried is this token, or none.
    headers.delete(header.name);
    if (token !== undefined && !inQuery) headers.set(header.name, `${header.prefix}${token}`);
    const { body, method } = request;
    const init = { method, headers, ...(body !== undefined && { body }) };
    const response = await this.contextOf(trace).fetch('api', 'api')(url.href, init);
    return { status: response.status, headers: response.headers, challenged: readChallenge(response) };
  }

  /** The same with a record of its own, for what checks share. */
  contextOf(trace: Trace): McpContext {
    const { clock, signal, timeout, mcp, request } = this.options;
    // A header that a profile names may have a name that sounds like no secret.
    const secrets = () => [...(request.secrets ?? []), ...trace.usedSecrets];
    const fetch = mcp === undefined ? this.options.fetch : endingStreams(this.options.fetch);
    return { trace, clock, signal, fetch: recordingFetch({ fetch, clock, signal, timeout, trace, secrets }) };
  }
}
