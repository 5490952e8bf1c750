/**
 * What a request of a file is: `http` and `curl`, a command, can carry a bearer header; the others are left alone
 * (`streaming` is gRPC, WebSocket, server-sent events, MQTT, AMQP, RSocket).
 */
export type RequestKind = 'http' | 'curl' | 'response' | 'streaming';

/** Whether a request can be sent with a token. */
export const isSendable = ({ kind }: Pick<HttpFileRequest, 'kind'>): boolean =>
  kind === 'http' || kind === 'curl';

/** One request of an `.http` file, as offsets into the text it was parsed from; nothing is copied. */
export interface HttpFileRequest {
  readonly kind: RequestKind;
  /** Zero-based line of the request line. */
  readonly line: number;
  /** Where what belongs to it starts: its separator, or its request line when it follows another without one. */
  readonly start: number;
  /** Start of the request line. */
  readonly requestStart: number;
  /** End of the last line of its URL, before the line ending. */
  readonly urlEnd: number;
  /** End of its header block: the start of the line that ends it. */
  readonly headersEnd: number;
  /** Start of a response saved below it; absent when there is none. */
  readonly responseStart?: number;
  /** Where what belongs to it ends (exclusive). */
  readonly end: number;
  /** Starts of the lines that are an Authorization header. */
  readonly authorizations: readonly number[];
}

/** A stretch of text that is read as a file of its own: a whole `.http` file, or one `http` fence of a Markdown document. */
export interface HttpBlock {
  readonly from: number;
  readonly to: number;
  /** What each line of it starts with (the indentation of a Markdown fence). */
  readonly indent: string;
  readonly requests: readonly HttpFileRequest[];
}

/** What a document is read as. */
export type HttpLanguage = 'http' | 'markdown';

/** A parsed document. */
export interface HttpFile {
  readonly blocks: readonly HttpBlock[];
}

/** The request of `file` around `offset`, with its block; undefined between requests and outside of blocks. */
export function requestAt(
  file: HttpFile,
  offset: number,
): { readonly block: HttpBlock; readonly request: HttpFileRequest } | undefined {
  const block = lastStarting(file.blocks, offset, (b) => b.from);
  if (!block || offset > block.to) return undefined;
  const request = lastStarting(block.requests, offset, (r) => r.start);
  if (!request) return undefined;
  const inside = offset < request.end || (offset === request.end && request.end === block.to);
  return inside ? { block, request } : undefined;
}

function lastStarting<T>(sorted: readonly T[], offset: number, start: (item: T) => number): T | undefined {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = sorted[middle];
    if (item !== undefined && start(item) <= offset) low = middle + 1;
    else high = middle;
  }
  return sorted[low - 1];
}
