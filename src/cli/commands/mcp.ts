import type { Command } from '../command.ts';
import { networkOptions } from '../options.ts';

/** Explores an MCP server. */
export const mcp: Command = {
  name: 'mcp',
  summary: 'Walk what an MCP client must do to sign in to an MCP server, and say what is in its way',
  operand: { name: 'url' },
  details: [
    'From the first request to the protected-resource document, the authorization server and the way to register a client, up ' +
      'to the moment before the browser would open. Nothing is registered and nobody signs in.',
  ],
  options: [
    {
      name: 'fail-on',
      value: 'severity',
      choices: ['error', 'warning', 'note'],
      help: 'end with 1 from here on; error unless said otherwise',
    },
    {
      name: 'client-id',
      value: 'id',
      help: 'a client that is registered at the authorization server already',
    },
    { name: 'json', help: 'print JSON' },
    ...networkOptions,
  ],
  examples: ['oauth-explorer mcp https://mcp.example.com/mcp'],
  run: async (args, terminal) => (await import('../exploreMcp.ts')).exploreMcp(args, terminal),
};
