import type { McpClientFacts } from './client.ts';

const claudeDocs = 'https://claude.com/docs/connectors/building/authentication';
const claudeHelp =
  'https://support.claude.com/en/articles/11503834-building-custom-connectors-via-remote-mcp-servers';
/** The day on which the pages without a date of their own were read. */
const read = '2026-11-28';

export const claude: McpClientFacts = {
  name: 'Claude',
  registers: {
    value: ['client_id_metadata_document', 'dynamic', 'pre_registered'],
    says: 'Metadata documents and dynamic registration out of the box; a client ID and secret can be typed in.',
    source: claudeDocs,
    date: read,
  },
  redirectUris: {
    value: ['https://claude.ai/api/mcp/auth_callback', 'https://claude.com/api/mcp/auth_callback'],
    says: 'The first one; the second should be allowed, too, since it may change to it.',
    source: claudeHelp,
    date: read,
  },
  hosted: {
    value: true,
    says: 'Connects from Anthropic’s infrastructure and not from the reader’s computer.',
    source: 'https://zuplo.com/learn/mcp/compatibility/clients/claude-connectors',
    date: '2026-07-31',
  },
  changesResource: {
    value: 'adds_slash_to_host',
    says: 'Sends https://example.com/ as resource where the document says https://example.com.',
    source: 'https://github.com/sigbit/mcp-auth-proxy/issues/123',
    date: '2026-03-15',
  },
};
