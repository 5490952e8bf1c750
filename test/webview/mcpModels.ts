import type { McpViewModel } from '../../src/shared/views/mcpView.ts';

const url = 'https://mcp.example.com/weather/mcp';
const document = 'https://mcp.example.com/.well-known/oauth-protected-resource/weather/mcp';

/** Explored, with a mistake of the server. */
export const faulty: McpViewModel = {
  url,
  state: 'explored',
  headline: {
    tone: 'bad',
    text: 'Clients that follow the specification cannot connect. The document is about another resource than the URL, so clients must not use it.',
  },
  steps: [
    {
      title: 'Ask without a token',
      verdict: 'ok',
      facts: [
        { label: 'Asked', value: url },
        { label: 'Status', value: '401' },
        { label: 'WWW-Authenticate', value: `Bearer resource_metadata="${document}", scope="tools"` },
      ],
      findings: [],
    },
    {
      title: 'Read the protected-resource document',
      verdict: 'error',
      facts: [{ label: 'Found', value: document }],
      findings: [
        {
          severity: 'error',
          message: 'The document is about another resource than the URL, so clients must not use it.',
          advice: `Set resource to ${url}, or let users connect to the URL that it names.`,
          source: 'RFC 9728 section 3.3',
          compared: [
            { label: 'resource', value: 'https://mcp.example.com/other' },
            { label: 'URL', value: url },
          ],
        },
      ],
    },
    {
      title: 'Read the metadata of https://login.example.com',
      verdict: 'note',
      facts: [
        {
          label: 'Not there (404)',
          value: 'https://login.example.com/.well-known/oauth-authorization-server',
        },
        { label: 'Found', value: 'https://login.example.com/.well-known/openid-configuration' },
      ],
      findings: [],
    },
    { title: 'Sign in with PKCE', verdict: 'open', facts: [], findings: [] },
  ],
  plan: [
    'Registers a client named OAuth Explorer at login.example.com.',
    'Opens the browser at login.example.com.',
  ],
  needsClientId: false,
  clients: [
    {
      name: 'VS Code',
      verdict: 'error',
      outcome: 'fails at step 2, the document',
      because: `It refuses the document: resource is https://mcp.example.com/other and the URL ${url}.`,
      change: `Set resource to ${url}.`,
      facts: [
        {
          says: 'Compares new URL(resource) with new URL(the server’s URL) and refuses the document when they differ.',
          source: 'https://github.com/microsoft/vscode/blob/main/src/vs/base/common/oauth.ts',
          date: '2026-11-28',
        },
      ],
    },
    {
      name: 'Cursor',
      verdict: 'note',
      outcome: 'connects under a condition',
      because:
        'It gets as far as the sign-in. It connects if the authorization server takes cursor://anysphere.cursor-mcp/oauth/callback, http://localhost:8787/callback.',
      facts: [
        {
          says: 'Registers these together.',
          source: 'https://github.com/soflyy/agent-connector-for-wp/issues/111',
          date: '2026-09-11',
        },
      ],
    },
  ],
};

/** Signed in, with its tools listed. */
export const connected: McpViewModel = {
  ...faulty,
  state: 'connected',
  headline: { tone: 'good', text: 'Connected: the server took the token and offers 2 tools.' },
  profile: 'mcp-mcp-example-com',
  tools: [
    { name: 'forecast', description: 'The weather of tomorrow' },
    { name: 'a_name_that_is_much_longer_than_anybody_would_expect_it_to_be_in_a_list', description: '' },
  ],
};

/** The server is being asked. */
export const running: McpViewModel = {
  ...{ url, state: 'running', steps: [], needsClientId: false },
  headline: { tone: 'info', text: 'Asking the server what a client must do …' },
};

const { plan: _, ...withoutPlan } = faulty;

/** Nobody can register there: the client id is typed. */
export const wantsClientId: McpViewModel = { ...withoutPlan, needsClientId: true };
