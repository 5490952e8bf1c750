import { redactUrl } from '../http/redact.ts';
import { explorationText } from '../mcp/explorationText.ts';
import { mcpUrlProblem } from '../mcp/serverUrl.ts';
import type { Tool } from './tool.ts';
import { ToolError } from './toolError.ts';
import type { ToolInput } from './toolInput.ts';

/** `oauth_explore_mcp_server`: what a client meets on its way to an MCP server's authorization server. */
export const exploreMcpTool: Tool = {
  inputs: ['url'],
  plan: (input) => {
    const { origin, host, href } = readUrl(input);
    return {
      doing: `Exploring the MCP server at ${host}`,
      question: {
        title: `Explore the MCP server at ${host}?`,
        text: `Requests without any token go to ${origin}, and to the authorization servers that it names. Nobody is registered or signed in.`,
        shown: href,
      },
    };
  },
  run: async (input, ports, signal) => explorationText(await ports.explore(readUrl(input), signal)),
};

function readUrl(input: ToolInput): URL {
  const text = input.text('url')?.trim();
  const problem =
    text === undefined || text.length > 4000
      ? 'url must be the address of an MCP server.'
      : mcpUrlProblem(text);
  if (text === undefined || problem !== undefined)
    throw new ToolError(
      `${problem ?? ''} Give it as it stands in mcp.json, such as https://mcp.example.com/mcp.`,
    );
  if (redactUrl(text) !== text)
    throw new ToolError(
      'The address carries credentials. Leave them out: the server is explored without any.',
    );
  return new URL(text);
}
