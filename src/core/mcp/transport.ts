import { recordingFetch } from '../http/recordingFetch.ts';
import { replaceSecrets } from '../http/replaceSecrets.ts';
import type { Fetch } from '../ports.ts';
import { Trace } from '../record/trace.ts';
import type { McpContext } from './context.ts';
import { mediaType } from './document.ts';
import { isAnswer, messageHeaders, rpcAnswer, type RpcAnswer } from './jsonRpc.ts';

/** The connection to an MCP server; the access token, if there is one, goes into the header of each message. */
export interface McpTransport {
  readonly url: string;
  readonly token?: string;
  /** The session ID from the server. @see MCP transports, session management */
  readonly sessionId?: string;
  /** The protocol version that both use, once that is known. */
  readonly protocolVersion?: string;
}

/** A response of an MCP server, and in it the response to the message that was sent. */
export interface McpResponse {
  readonly response: Response;
  readonly answer: RpcAnswer;
  readonly exchange?: number;
}

/**
 * Sends one JSON-RPC message.
 *
 * @param id of the message; 0 for a notification, which gets no response
 * @throws FailureError of the transport
 * @see RFC 6750 section 2.1: the token goes into the header, never into the query
 */
export async function sendMessage(
  { url, token, sessionId, protocolVersion }: McpTransport,
  message: string,
  id: number,
  { fetch, trace }: McpContext,
): Promise<McpResponse> {
  const response = await fetch('api', 'api')(url, {
    method: 'POST',
    headers: {
      ...messageHeaders,
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(sessionId !== undefined && { 'mcp-session-id': sessionId }),
      ...(protocolVersion !== undefined && { 'mcp-protocol-version': protocolVersion }),
    },
    body: message,
  });
  const exchange = trace.idOf(response);
  const body = await response.text();
  // A server may repeat the token, and its response is shown.
  const answer = rpcAnswer(
    token === undefined ? body : replaceSecrets(body, [token]),
    mediaType(response),
    id,
  );
  return { response, answer, ...(exchange !== undefined && { exchange }) };
}

/**
 * Reports the session as initialized and asks for its tools, as every client does after the response to `initialize`.
 *
 * @param spoken the version that both use, where the server named one
 * @returns the transport of the session, and the response to `tools/list`
 * @throws FailureError of the transport
 * @see MCP lifecycle, initialization; MCP server features, tools
 */
export async function beginSession(
  transport: McpTransport,
  initialized: McpResponse,
  spoken: string | undefined,
  context: McpContext,
): Promise<{ readonly session: McpTransport; readonly listed: McpResponse }> {
  const sessionId = initialized.response.headers.get('mcp-session-id');
  const session: McpTransport = {
    ...transport,
    ...(spoken !== undefined && { protocolVersion: spoken }),
    ...(sessionId !== null && { sessionId }),
  };
  const began = JSON.stringify({ jsonrpc: '2.0', method: 'notifications/initialized' });
  await sendMessage(session, began, 0, context);
  const list = JSON.stringify({ jsonrpc: '2.0', id: 2, method: 'tools/list' });
  return { session, listed: await sendMessage(session, list, 2, context) };
}

/** The context for exploring servers: requests are recorded in `trace`, and event streams are ended. */
export function mcpContext(
  ports: Pick<McpContext, 'clock' | 'signal'> & { readonly fetch: Fetch; readonly timeout: number },
  trace = new Trace(),
): McpContext {
  const { clock, signal } = ports;
  const fetch = recordingFetch({ ...ports, trace, fetch: endingStreams(ports.fetch) });
  return { trace, clock, signal, fetch };
}

/**
 * A fetch that ends event streams after the first event with a response, since a server may keep a stream open forever.
 *
 * @see MCP transports, streamable HTTP: the response comes as one event of the stream
 */
export function endingStreams(fetch: Fetch): Fetch {
  return async (url, init) => {
    const response = await fetch(url, init);
    if (mediaType(response) !== 'text/event-stream' || response.body === null) return response;
    const { status, statusText, headers } = response;
    return new Response(firstAnswer(response.body), { status, statusText, headers });
  };
}

/** @see HTML Living Standard, server-sent events, section 9.2.5 */
const blankLine = /(?:\r\n|\n|\r(?!\n))(?:\r\n|\n|\r)/;

/** Copies a stream up to the blank line behind the first event with a response (or, in the older transport, an endpoint). */
function firstAnswer(body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let event = '';
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await reader.read();
      if (done) {
        controller.close();
        return;
      }
      controller.enqueue(value);
      const text = decoder.decode(value, { stream: true });
      // An event is only examined at its end, so that a long one is not searched again with each chunk.
      const ended = blankLine.test(event.slice(-3) + text);
      event += text;
      if (!ended) return;
      const ends = event.split(blankLine);
      event = ends.pop() ?? '';
      if (!ends.some((whole) => isAnswer(whole) || /^event: ?endpoint$/m.test(whole))) return;
      controller.close();
      await reader.cancel();
    },
    cancel: (reason) => reader.cancel(reason),
  });
}
