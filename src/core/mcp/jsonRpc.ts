import { isObject } from '../../shared/json.ts';

/** The revision of the protocol to ask for; a server answers with the one it uses. */
export const protocolVersion = '2025-11-25';

/** Header fields of every message to an MCP server. @see MCP transports, streamable HTTP */
export const messageHeaders = {
  accept: 'application/json, text/event-stream',
  'content-type': 'application/json',
} as const;

/** The first message of every client. @see MCP lifecycle, initialization */
export function initializeMessage(version: string): string {
  return JSON.stringify({
    jsonrpc: '2.0',
    id: 1,
    method: 'initialize',
    params: { protocolVersion, capabilities: {}, clientInfo: { name: 'oauth-explorer', version } },
  });
}

/** A message that checks whether a server is there. @see MCP utilities, ping */
export const pingMessage = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping' });

/** The response to a message with an id. */
export type RpcAnswer =
  | { readonly kind: 'result'; readonly result: Readonly<Record<string, unknown>> }
  | { readonly kind: 'error'; readonly code: number; readonly message: string }
  | { readonly kind: 'none' };

/**
 * Finds the response to the message `id` in a body: JSON, or a stream of server-sent events, one of which contains it.
 *
 * @param body at most the size limit of the request; read in linear time
 */
export function rpcAnswer(body: string, contentType: string | undefined, id: number): RpcAnswer {
  const messages = contentType === 'text/event-stream' ? eventData(body) : [body];
  for (const text of messages) {
    const answer = answerIn(parsed(text), id);
    if (answer !== undefined) return answer;
  }
  return { kind: 'none' };
}

function answerIn(message: unknown, id: number): RpcAnswer | undefined {
  if (!isObject(message) || message['id'] !== id) return undefined;
  const { result, error } = message;
  if (isObject(result)) return { kind: 'result', result };
  if (!isObject(error)) return undefined;
  const { code, message: said } = error;
  return {
    kind: 'error',
    code: typeof code === 'number' ? code : 0,
    message: typeof said === 'string' ? said.slice(0, 500) : '',
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whether an event of a stream is a response, with a result or an error, and not a message itself. */
export function isAnswer(event: string): boolean {
  return eventData(event).some((data) => {
    const message = parsed(data);
    if (!isObject(message)) return false;
    return message['id'] !== undefined && (message['result'] !== undefined || message['error'] !== undefined);
  });
}

/** The revision with which a server answered; undefined for a text that is none, and that no header could carry. */
export function spokenVersion({
  protocolVersion: said,
}: Readonly<Record<string, unknown>>): string | undefined {
  return typeof said === 'string' && /^[\w.-]{1,40}$/.test(said) ? said : undefined;
}

/** The data of each event of a stream. @see HTML Living Standard, server-sent events, section 9.2.6 */
function eventData(body: string): readonly string[] {
  const events: string[] = [];
  let lines: string[] = [];
  for (const line of body.split(/\r\n|\r|\n/)) {
    if (line === '') {
      if (lines.length > 0) events.push(lines.join('\n'));
      lines = [];
    } else if (line.startsWith('data:')) lines.push(line.slice(line.startsWith('data: ') ? 6 : 5));
  }
  if (lines.length > 0) events.push(lines.join('\n'));
  return events;
}
