import type { IncomingMessage, ServerResponse } from 'node:http';
import { authorizeBearer, readBody, sendJson, type BearerRules } from './bearer.ts';
import { mcpScope } from './configuration.ts';

/** Where the demo MCP server is at the API's origin. */
export const mcpPath = '/mcp';
/** Where its protected-resource document is. @see RFC 9728 section 3.1 */
export const mcpDocumentPath = '/.well-known/oauth-protected-resource/mcp';

interface Message {
  readonly id?: string | number;
  readonly method?: string;
  readonly params?: { readonly protocolVersion?: string; readonly name?: string };
}

const tool = {
  name: 'list_orders',
  description: 'All orders of the demo API',
  inputSchema: { type: 'object', properties: {} },
};

/**
 * The demo MCP server: streamable HTTP without sessions, one tool, a token with the scope `mcp:tools` for every message.
 *
 * @param orders what its tool lists
 * @see MCP transports, MCP authorization
 */
export async function answerMcp(
  request: IncomingMessage,
  response: ServerResponse,
  rules: BearerRules,
  orders: readonly unknown[],
): Promise<void> {
  if ((request.url ?? '').split('?')[0] === mcpDocumentPath) {
    const { audience, issuer } = rules;
    const document = { resource: audience, authorization_servers: [issuer], scopes_supported: [mcpScope] };
    sendJson(response, 200, document);
    return;
  }
  if ((await authorizeBearer(request, response, rules, mcpScope)) === undefined) return;
  if (request.method !== 'POST') {
    sendJson(response, 405, { error: 'POST.' }, { Allow: 'POST' });
    return;
  }
  const message = JSON.parse(await readBody(request)) as Message;
  const { id } = message;
  if (id === undefined) response.writeHead(202).end();
  else sendJson(response, 200, { jsonrpc: '2.0', id, ...answerTo(message, orders) });
}

/** Whether a request is for the MCP server. */
export function isMcpPath(url: string | undefined): boolean {
  const path = (url ?? '').split('?')[0];
  return path === mcpPath || path === mcpDocumentPath;
}

function answerTo({ method, params }: Message, orders: readonly unknown[]): object {
  switch (method) {
    case 'initialize':
      return {
        result: {
          protocolVersion: params?.protocolVersion ?? '2025-11-25',
          capabilities: { tools: {} },
          serverInfo: { name: 'oauth-explorer-demo', version: '1.0.0' },
        },
      };
    case 'ping':
      return { result: {} };
    case 'tools/list':
      return { result: { tools: [tool] } };
    case 'tools/call':
      return params?.name === tool.name
        ? { result: { content: [{ type: 'text', text: JSON.stringify(orders) }] } }
        : { error: { code: -32602, message: 'There is only list_orders.' } };
    default:
      return { error: { code: -32601, message: 'Not known here.' } };
  }
}
