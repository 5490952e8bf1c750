import type { McpClientFacts } from './client.ts';

/** The day on which the pages without a date of their own were read. */
const read = '2026-11-28';

export const cursor: McpClientFacts = {
  name: 'Cursor',
  registers: {
    value: ['dynamic', 'pre_registered'],
    says: 'Registers itself, or takes CLIENT_ID and CLIENT_SECRET from auth in mcp.json.',
    source: 'https://docs.pipeshub.com/mcp/cursor',
    date: read,
  },
  redirectUris: {
    value: [
      'cursor://anysphere.cursor-mcp/oauth/callback',
      'http://localhost:8787/callback',
      'https://www.cursor.com/agents/mcp/oauth/callback',
    ],
    says: 'Registers these together: a server that refuses one of them refuses the whole registration.',
    source: 'https://github.com/soflyy/agent-connector-for-wp/issues/111',
    date: '2026-09-11',
  },
  asksAllScopes: {
    value: true,
    says: 'Asks for all of scopes_supported unless mcp.json names some.',
    source: 'https://docs.pipeshub.com/mcp/cursor',
    date: read,
  },
};
