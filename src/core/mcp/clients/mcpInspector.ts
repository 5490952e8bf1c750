import type { McpClientFacts } from './client.ts';

const sdkAuth = 'https://github.com/modelcontextprotocol/typescript-sdk/blob/v1.x/src/client/auth.ts';
const inspectorAuth = 'https://github.com/modelcontextprotocol/inspector/blob/main/client/src/lib/auth.ts';
/** The day on which the pages without a date of their own were read. */
const read = '2026-11-28';

export const mcpInspector: McpClientFacts = {
  name: 'MCP Inspector',
  registers: {
    value: ['dynamic', 'pre_registered'],
    says: 'Registers as a public client, or takes a client ID that is typed in.',
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
};
