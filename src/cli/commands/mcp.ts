import type { Command } from '../command.ts';
import { networkOptions, profileOptions, secretOptions, signInOptions } from '../options.ts';

/** Explores an MCP server. */
export const mcp: Command = {
  name: 'mcp',
  summary: 'Take the steps of an MCP client that signs in to a server, and say what stops it',
  operand: { name: 'url' },
  details: [
    'From the first request to the protected-resource document, the authorization server and the way to register a client, up ' +
      'to the moment before the browser would open. Nothing is registered and nobody signs in.',
  ],
  options: [
    {
      name: 'fail-on',
      value: 'severity',
      choices: ['error', 'warning', 'note', 'fail', 'weakness'],
      help: 'exit with 1 from here on (default: error, or fail with --check)',
    },
    {
      name: 'client-id',
      value: 'id',
      help: 'a client that is already registered at the authorization server',
    },
    {
      name: 'check',
      help: 'run the checks of an MCP server instead; --fail-on is then fail or weakness',
    },
    {
      name: 'register',
      help: 'with --check: also register clients, which are deleted again if the server allows it',
    },
    {
      name: 'token-env',
      value: 'name',
      help: 'with --check: an access token for this server, from this environment variable, for the checks that need one',
    },
    {
      name: 'profile',
      value: 'id',
      help: 'with --check: a profile whose tokens are for this server; they are sent to it, good ones and bad ones',
    },
    {
      name: 'contract',
      help: 'with --check: hold the run to what oauth.checks.json says of this URL, or else of the profile',
    },
    {
      name: 'contract-file',
      value: 'file',
      help: 'with --check: hold it to this file; with --write-contract: write this file',
    },
    { name: 'write-contract', help: 'with --check: write what was found into oauth.checks.json' },
    { name: 'sarif', value: 'file', help: 'with --check: write the report as SARIF' },
    { name: 'json', help: 'print JSON' },
    ...profileOptions,
    ...secretOptions,
    ...signInOptions,
    ...networkOptions,
  ],
  examples: [
    'oauth-explorer mcp https://mcp.example.com/mcp',
    'oauth-explorer mcp https://mcp.example.com/mcp --check --sarif mcp.sarif',
    'oauth-explorer mcp https://mcp.example.com/mcp --check --profile tools --no-sign-in',
  ],
  run: async (args, terminal) =>
    args.has('check')
      ? (await import('../checkMcp.ts')).checkMcp(args, terminal)
      : (await import('../exploreMcp.ts')).exploreMcp(args, terminal),
};
