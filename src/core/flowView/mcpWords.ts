import type { LaneId } from '../../shared/views/flowView.ts';
import type { Exchange } from '../record/exchange.ts';

/** How to show an exchange with an MCP server; undefined when it is with another one. */
export function mcpWords(
  { purpose, request }: Pick<Exchange, 'purpose' | 'request'>,
  run: string,
): { readonly lane: LaneId; readonly title: string } | undefined {
  if (run !== 'mcp') return undefined;
  if (purpose === 'api') return { lane: 'mcp_server', title: titleOf(request.body) };
  if (purpose === 'discovery' && request.url.includes('/.well-known/oauth-protected-resource'))
    return { lane: 'mcp_server', title: 'Read the protected-resource document' };
  return undefined;
}

/** A title with the message's method. @see JSON-RPC 2.0 section 4 */
function titleOf(body: string | undefined): string {
  const method = /"method":"([\w/]{1,60})"/.exec(body ?? '')?.[1];
  return method === undefined ? 'Ask the MCP server' : `Send ${method}`;
}
