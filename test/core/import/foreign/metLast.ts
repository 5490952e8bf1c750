import type { ForeignFile } from './foreignFile.ts';

/** Files that were met last: newer formats, lists of properties, clients in drawers. */
export const metLast: readonly ForeignFile[] = [
  {
    name: 'Yaak: a file of its own for a request',
    fileName: 'yaak.rq_abc.yaml',
    text: `type: http_request
model: http_request
id: rq_abc
createdAt: 2025-01-01T00:00:00
updatedAt: 2025-01-01T00:00:00
workspaceId: wk_1
folderId: null
authentication:
  grantType: client_credentials
  accessTokenUrl: https://orders.dev/token
  clientId: id-orders
  clientSecret: \${[ secure(value="YENC_abc") ]}
  credentials: body
  scope: a b
  headerPrefix: Bearer
  audience: ''
authenticationType: oauth2
body: {}
bodyType: null
description: ''
headers: []
method: GET
name: Orders
sortPriority: 0
url: \${[ base ]}/x
urlParameters: []
`,
    gives: ['open id-orders client_credentials orders.dev'],
  },
  {
    name: 'Helm: properties of Trino in a list, and in a text',
    fileName: 'values.yaml',
    text: `server:
  config:
    authenticationType: OAUTH2
additionalConfigProperties:
  - http-server.process-forwarded=true
  - http-server.authentication.oauth2.issuer=https://orders.dev/realms/trino
  - http-server.authentication.oauth2.client-id=id-orders
  - http-server.authentication.oauth2.client-secret=s3cr3t-orders
coordinatorExtraConfig: |
  http-server.authentication.type=OAUTH2
  http-server.authentication.oauth2.issuer=https://billing.dev/realms/trino
  http-server.authentication.oauth2.client-id=id-billing
  http-server.authentication.oauth2.client-secret=\${ENV:CLIENT_SECRET}
`,
    gives: [
      'ready id-orders client_credentials orders.dev secret',
      'open id-billing client_credentials billing.dev',
    ],
  },
  {
    name: 'a tester’s methods, of which one is OAuth’s',
    fileName: 'tester.yaml',
    text: `auth:
  default: oauth2
  methods:
    bearer:
      type: bearer
      token: "LEAK"
    oauth2:
      type: oauth2
      flow: client_credentials
      token_url: "https://orders.dev/token"
      client_id: "id-orders"
      client_secret: "\${env:OAUTH_CLIENT_SECRET}"
      scopes:
        - read
        - write
      refresh_buffer_seconds: 60
`,
    gives: ['open id-orders client_credentials orders.dev'],
  },
  {
    name: 'a connector whose server is not named',
    fileName: 'connector.yaml',
    text: `name: business_central
type: rest
base_url: https://api.businesscentral.dynamics.com/v2.0/x
auth:
  type: oauth2
  credentials:
    client_id: id-login
    client_secret: s3cr3t-login
    tenant_id: 11111111-2222-3333-4444-555555555555
    scope: https://api.businesscentral.dynamics.com/.default
`,
    gives: ['open id-login client_credentials - secret'],
  },
  {
    name: 'azd: a list at the top, the client in a drawer',
    fileName: 'azd.yaml',
    text: `- name: my-oauth-conn
  category: RemoteTool
  target: https://api.example.com/mcp
  authType: OAuth2
  credentials:
    clientId: id-orders
    clientSecret: s3cr3t-orders
  authorizationUrl: https://orders.dev/oauth/authorize
  tokenUrl: https://orders.dev/oauth/token
  refreshUrl: https://orders.dev/oauth/refresh
  scopes: [read, write]
- name: github-oauth-conn
  authType: OAuth2
  credentials: {}
`,
    gives: ['ready id-orders authorization_code orders.dev secret'],
  },
  {
    name: 'a program whose client stands in its environment',
    fileName: 'shopify.ts',
    text: `const STORE = process.env.SHOPIFY_STORE_DOMAIN!
const CLIENT_ID = process.env.SHOPIFY_ADMIN_CLIENT_ID
const CLIENT_SECRET = process.env.SHOPIFY_ADMIN_CLIENT_SECRET
async function getAdminToken() {
  const res = await fetch(\`https://\${STORE}/admin/oauth/access_token\`, {
    method: "POST",
    headers: { "Content-Type": "application/x-www-form-urlencoded" },
    body: \`grant_type=client_credentials&client_id=\${CLIENT_ID}&client_secret=\${CLIENT_SECRET}\`,
  })
}
`,
    gives: ['open - client_credentials -'],
  },
  {
    name: 'LiteLLM: two MCP servers, one with a client',
    fileName: 'litellm.yaml',
    text: `mcp_servers:
  notion_mcp:
    url: "https://mcp.notion.com/mcp"
    auth_type: oauth2
    delegate_auth_to_upstream: true
  orders_mcp:
    url: https://orders.dev/mcp
    auth_type: oauth2
    oauth2_flow: client_credentials
    client_id: id-orders
    client_secret: s3cr3t-orders
    token_url: https://orders.dev/token
    scopes: ["a"]
`,
    gives: ['ready id-orders client_credentials orders.dev secret'],
  },
  {
    name: 'Thunder Client: an environment',
    fileName: 'tc.json',
    text: `{"clientName":"Thunder Client","environmentName":"Dev","environmentId":"e","dateExported":"2024","version":"1.2","data":[{"name":"client_id","value":"id-orders"},{"name":"client_secret","value":"s3cr3t-orders"},{"name":"token_url","value":"https://orders.dev/token"}]}
`,
    gives: ['ready id-orders client_credentials orders.dev secret'],
  },
];
