import { FailureError } from '../record/failure.ts';
import { secretReplacer } from '../http/replaceSecrets.ts';
import { plainText } from '../http/plainText.ts';
import { readChallenge, type BearerChallenge } from './challenge.ts';
import type { McpContext } from './context.ts';
import { initializeMessage, protocolVersion, spokenVersion } from './jsonRpc.ts';
import { beginSession, sendMessage, type McpResponse, type McpTransport } from './transport.ts';
import { objectOf } from '../../shared/json.ts';

/** A tool of a server; untrusted text. */
interface McpTool {
  readonly name: string;
  readonly description: string;
}

/** What a server tells about itself, given a valid token. */
export interface McpSession {
  readonly serverName: string;
  readonly serverVersion: string;
  readonly protocolVersion: string;
  readonly tools: readonly McpTool[];
}

/** The result of opening a session. */
export type OpenedSession =
  | { readonly kind: 'opened'; readonly session: McpSession }
  /** The token lacks a scope. @see RFC 6750 section 3.1 */
  | { readonly kind: 'insufficient_scope'; readonly challenge: BearerChallenge; readonly exchange?: number };

/** A message to send in a session, besides every client's own. */
export interface McpCall {
  readonly method: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** How many tools are kept. */
const mostTools = 500;

/**
 * Opens a session with an access token and asks for the list of tools.
 *
 * @param call sent at the end, to see whether the token allows it
 * @throws FailureError of the transport, or of kind `http_error` or `malformed_response`
 * @see MCP lifecycle; MCP server features, tools
 */
export async function openSession(
  url: string,
  token: string,
  version: string,
  context: McpContext,
  call?: McpCall,
): Promise<OpenedSession> {
  const transport: McpTransport = { url, token };
  const first = await sendMessage(transport, initializeMessage(version), 1, context);
  const refused = insufficient(first, token);
  if (refused !== undefined) return refused;
  const result = resultOf(first, 'initialize');
  const spoken = spokenVersion(result) ?? protocolVersion;
  const { session, listed } = await beginSession(transport, first, spoken, context);
  const tooLittle = insufficient(listed, token);
  if (tooLittle !== undefined) return tooLittle;
  if (call !== undefined) {
    const called = await sendMessage(session, JSON.stringify({ jsonrpc: '2.0', id: 3, ...call }), 3, context);
    const notEnough = insufficient(called, token);
    if (notEnough !== undefined) return notEnough;
  }
  const info = objectOf(result['serverInfo']);
  return {
    kind: 'opened',
    session: {
      serverName: text(info['name']),
      serverVersion: text(info['version']),
      protocolVersion: spoken,
      tools: toolsOf(resultOf(listed, 'tools/list')),
    },
  };
}

function insufficient({ response, exchange }: McpResponse, token: string): OpenedSession | undefined {
  if (response.status !== 403) return undefined;
  const { bearer } = readChallenge(response);
  if (bearer?.error !== 'insufficient_scope') return undefined;
  const clean = secretReplacer([token]);
  // These scopes are requested and written into the settings: never a token that a server puts there.
  const scopes = bearer.scopes?.filter((scope) => clean(scope) === scope);
  const challenge: BearerChallenge = { error: bearer.error, ...(scopes && { scopes }) };
  return { kind: 'insufficient_scope', challenge, ...(exchange !== undefined && { exchange }) };
}

function resultOf(
  { response, answer, exchange }: McpResponse,
  method: string,
): Readonly<Record<string, unknown>> {
  const common = { step: 'api', ...(exchange !== undefined && { exchange }) } as const;
  const { status } = response;
  if (status === 401)
    throw new FailureError({
      ...common,
      kind: 'http_error',
      status,
      message: `The MCP server refused the new token at ${method} (status 401).`,
      advice:
        'Compare the token’s audience with the resource of the server: it must be made for this server.',
    });
  if (answer.kind === 'result') return answer.result;
  if (answer.kind === 'error')
    throw new FailureError({
      ...common,
      kind: 'malformed_response',
      code: 'mcp_error',
      message: `The MCP server answered ${method} with the error ${answer.code} (${plainText(answer.message)}).`,
      advice: 'Look into the log of the server.',
    });
  throw new FailureError({
    ...common,
    kind: 'http_error',
    status,
    message: `The MCP server answered ${method} with status ${status} and no message of the protocol.`,
    advice: 'Check the URL, and look into the log of the server.',
  });
}

function toolsOf({ tools }: Readonly<Record<string, unknown>>): readonly McpTool[] {
  if (!Array.isArray(tools)) return [];
  return tools.slice(0, mostTools).flatMap((tool: unknown) => {
    const { name, description } = objectOf(tool);
    return typeof name === 'string' ? [{ name: name.slice(0, 200), description: text(description) }] : [];
  });
}

function text(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, 2000) : '';
}
