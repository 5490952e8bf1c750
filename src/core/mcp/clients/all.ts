import type { McpClientFacts } from './client.ts';

const vscodeOauth = 'https://github.com/microsoft/vscode/blob/main/src/vs/base/common/oauth.ts';
const sdkAuth = 'https://github.com/modelcontextprotocol/typescript-sdk/blob/v1.x/src/client/auth.ts';
const inspectorAuth = 'https://github.com/modelcontextprotocol/inspector/blob/main/client/src/lib/auth.ts';
const claudeDocs = 'https://claude.com/docs/connectors/building/authentication';
const claudeHelp =
  'https://support.claude.com/en/articles/11503834-building-custom-connectors-via-remote-mcp-servers';
const openaiDocs = 'https://developers.openai.com/apps-sdk/build/auth';
/** The day on which the pages without a date of their own were read. */
const read = '2026-11-28';

/** The clients of which enough is published to say something; each fact with its source. */
export const mcpClients: readonly McpClientFacts[] = [
  {
    name: 'VS Code',
    registers: {
      value: ['client_id_metadata_document', 'dynamic', 'pre_registered'],
      says: 'Uses its metadata document where the server supports that, else registers, else asks for a client id.',
      source: vscodeOauth,
      date: read,
    },
    redirectUris: {
      value: ['https://vscode.dev/redirect', 'http://127.0.0.1:33418/', 'http://127.0.0.1/'],
      says: 'Registers these, and comes back to another port of 127.0.0.1 when 33418 is taken.',
      source: 'https://github.com/microsoft/vscode/issues/278512',
      date: read,
    },
    comparesResource: {
      value: 'parsed',
      says: 'Compares new URL(resource) with new URL(the server’s URL) and refuses the document when they differ.',
      source: vscodeOauth,
      date: read,
    },
    ignoresIssuer: {
      value: true,
      says: 'Uses the metadata that it finds without comparing its issuer.',
      source: vscodeOauth,
      date: read,
    },
  },
  {
    name: 'Claude',
    registers: {
      value: ['client_id_metadata_document', 'dynamic', 'pre_registered'],
      says: 'Metadata documents and dynamic registration out of the box; a client id and secret can be typed in.',
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
  },
  {
    name: 'ChatGPT',
    registers: {
      value: ['client_id_metadata_document', 'dynamic', 'pre_registered'],
      says: 'Supports metadata documents, dynamic registration and predefined clients.',
      source: openaiDocs,
      date: read,
    },
    redirectUris: {
      value: ['https://chatgpt.com/connector_platform_oauth_redirect'],
      says: 'Sends this redirect URI; newer apps show one of their own when they are set up.',
      source: 'https://community.openai.com/t/oauth-missing-scopes-after-reconnect/1366784',
      date: read,
    },
    hosted: {
      value: true,
      says: 'Needs an https address that its servers reach.',
      source: openaiDocs,
      date: read,
    },
    wantsPkce: {
      value: 'advertised',
      says: 'Wants code_challenge_methods_supported in the metadata, with S256.',
      source: openaiDocs,
      date: read,
    },
  },
  {
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
  },
  {
    name: 'MCP Inspector',
    registers: {
      value: ['dynamic', 'pre_registered'],
      says: 'Registers as a public client, or takes a client id that is typed in.',
      source: inspectorAuth,
      date: read,
    },
    redirectUris: {
      value: ['http://localhost:6274/oauth/callback', 'http://localhost:6274/oauth/callback/debug'],
      says: 'Registers both at its own origin.',
      source: inspectorAuth,
      date: read,
    },
    comparesResource: {
      value: 'covers',
      says: 'The SDK takes a resource that is the URL or stands above it at the same origin.',
      source: sdkAuth,
      date: read,
    },
    asksAllScopes: {
      value: true,
      says: 'Asks for all of scopes_supported of the document, else of the authorization server.',
      source: inspectorAuth,
      date: read,
    },
    wantsPkce: {
      value: 'not_excluded',
      says: 'The SDK refuses when code_challenge_methods_supported is there without S256.',
      source: sdkAuth,
      date: read,
    },
    ignoresIssuer: {
      value: true,
      says: 'The SDK of this version does not compare the issuer of the metadata.',
      source: sdkAuth,
      date: read,
    },
  },
];
