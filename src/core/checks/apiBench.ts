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
  /** Without the header for the token. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body?: string | Uint8Array<ArrayBuffer>;
  /** Secrets in the request: a password that was asked for, tokens in other places. */
  readonly secrets?: readonly string[];
}

/** An access token with fewer scopes than the good one. */
export interface NarrowToken {
  readonly token: string;
  /** The good token's scopes that it lacks. */
  readonly lacks: readonly string[];
  /** Whether it has none of them. */
  readonly hasNone: boolean;
}

/**
 * Tokens to try at the API; each is obtained when a check first needs it. Without one, checks that need it are not determined.
 */
export interface ApiTokens {
  /** An access token for this API. */
  good: () => Promise<string | undefined>;
  /** The id_token that came with it. */
  idToken?: () => Promise<string | undefined>;
  /** An access token of the same authorization server for another API. */
  otherAudience?: () => Promise<string | undefined>;
  /** An access token for this API that has expired. */
  expired?: () => Promise<string | undefined>;
  /** An access token for this API with fewer scopes. @param needed the scopes that the API asks for, empty when it names none */
  withoutScope?: (needed: readonly string[]) => Promise<NarrowToken | undefined>;
  /** Why there is no token with fewer scopes and what to do, where that is known beforehand. */
  readonly whyNoFewer?: string;
}

/** What checks of an API need from outside. */
export interface ApiBenchOptions {
  /** The extension's version, with which it introduces itself to an MCP server. */
  readonly version: string;
  readonly request: ApiSubject;
  /** Set for an MCP server: the URL to which its clients connect. */
  readonly mcp?: URL;
  /** The `aud` that a token for this API must have; absent: any. */
  readonly resource?: string;
  readonly tokens?: ApiTokens;
  /** The header in which the API expects its token; absent: `Authorization: Bearer`. */
  readonly header?: TokenHeader;
  /** Set when the API gets the id_token instead of the access token. */
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

/** The first request of every client to an MCP server. */
export function initializeRequest(url: URL, version: string): ApiSubject {
  return {
    method: 'POST',
    url: url.href,
    headers: Object.entries(messageHeaders),
    body: initializeMessage(version),
  };
}

/**
 * The workbench of one check of an API: sends its request with good, bad or missing tokens, and records every exchange as
 * evidence. Tokens are sent to the API's own URL only.
 */
export class ApiBench {
  readonly options: ApiBenchOptions;
  readonly #record: CheckRecord;

  constructor(options: ApiBenchOptions, memo: Memo) {
    this.options = options;
    this.#record = new CheckRecord(memo);
  }

  /** Everything that was sent and received, in chronological order, numbered from 1. */
  get evidence(): readonly Exchange[] {
    return this.#record.evidence;
  }

  /** The context for requests other than the API's own. */
  get context(): McpContext {
    return this.contextOf(this.#record.trace);
  }

  /** Whether the API must send challenges of RFC 6750: its token is sent as `Authorization: Bearer`. */
  get isBearer(): boolean {
    return isBearer(this.options.header ?? bearerHeader);
  }

  /** Sends the API's request. @param token goes into the header, or with `inQuery` into the URL */
  async call(token: string | undefined, inQuery = false): Promise<ApiAnswer> {
    return this.#call(this.#record.trace, token, inQuery);
  }

  /** The answer to the request without a token; requested once for all checks. */
  async withoutToken(): Promise<ApiAnswer> {
    return this.once('without-token', (trace) => this.#call(trace, undefined, false));
  }

  /** The good token. @throws Undetermined when there is none */
  async goodToken(): Promise<string> {
    const token = await this.options.tokens?.good();
    if (token !== undefined) return token;
    throw new Undetermined('This needs a token for the API, and there was none.');
  }

  /** The answer to the request with the good token; requested once for all checks. @throws Undetermined without one */
  async withGoodToken(): Promise<ApiAnswer> {
    const token = await this.goodToken();
    return this.once('good-token', (trace) => this.#call(trace, token, false));
  }

  /** What a client learns about the MCP server; explored once for all checks. @throws Undetermined for another API */
  async explored(): Promise<McpExploration> {
    const { mcp, version } = this.options;
    if (mcp === undefined) throw new Undetermined('This is not an MCP server.');
    return this.once('explored', (trace) => exploreMcpServer(mcp, { version }, this.contextOf(trace)));
  }

  /** A result that checks share: its exchanges are evidence for each of them. */
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
    // Replaces what the file has there: this token is tried, or none.
    headers.delete(header.name);
    if (token !== undefined && !inQuery) headers.set(header.name, `${header.prefix}${token}`);
    const { body, method } = request;
    const init = { method, headers, ...(body !== undefined && { body }) };
    const response = await this.contextOf(trace).fetch('api', 'api')(url.href, init);
    return { status: response.status, headers: response.headers, challenged: readChallenge(response) };
  }

  /** The same context with another trace, for what checks share. */
  contextOf(trace: Trace): McpContext {
    const { clock, signal, timeout, mcp, request } = this.options;
    // The name of a profile's own header may not sound like a secret.
    const secrets = () => [...(request.secrets ?? []), ...trace.usedSecrets];
    const fetch = mcp === undefined ? this.options.fetch : endingStreams(this.options.fetch);
    return { trace, clock, signal, fetch: recordingFetch({ fetch, clock, signal, timeout, trace, secrets }) };
  }
}
