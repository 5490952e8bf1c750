import type { LaneId } from '../../shared/views/flowView.ts';
import type { Exchange } from '../record/exchange.ts';

/** How an exchange of a walk around an MCP server is shown; undefined where it is no exchange with that server. */
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

/** Says the method of the message. @see JSON-RPC 2.0 section 4 */
function titleOf(body: string | undefined): string {
  const method = /"method":"([\w/]{1,60})"/.exec(body ?? '')?.[1];
  return method === undefined ? 'Ask the MCP server' : `Send ${method}`;
}
