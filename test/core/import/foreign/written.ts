import { base64, type ForeignFile } from './foreignFile.ts';

/** What is written in Docker Compose, tfvars and values of a ConfigMap, of which only a part was read. */
export const written: readonly ForeignFile[] = [
  {
    name: 'Docker Compose: a variable that is written with its own name and a default',
    fileName: 'compose.yaml',
    text: `services:
  orders:
    environment:
      CLIENT_ID: id-orders
      CLIENT_SECRET: \${CLIENT_SECRET:-s3cr3t-orders}
      TOKEN_URL: "\${TOKEN_URL:-https://orders.example/token}"
  billing:
    environment:
      - CLIENT_ID=id-billing
      - CLIENT_SECRET=\${CLIENT_SECRET}
      - TOKEN_URL=\${TOKEN_URL:-https://billing.example/token}
`,
    gives: [
      'ready id-orders client_credentials orders.example secret',
      'open id-billing client_credentials billing.example',
    ],
    says: [/client secret holds the placeholder \$\{CLIENT_SECRET\}/],
  },
  {
    name: 'Terraform: tfvars with a list of clients, one with a here-document',
    fileName: 'prod.tfvars',
    text: `# LEAK
clients = [
  { client_id = "id-orders", client_secret = "s3cr3t-orders", token_url = "https://orders.example/t" },
  { client_id = "id-billing", client_secret = <<EOT
s3cr3t-billing
EOT
  , token_url = "https://billing.example/t" },
]
`,
    gives: [
      'ready id-orders client_credentials orders.example secret',
      'ready id-billing client_credentials billing.example secret',
    ],
  },
  {
    name: 'Kubernetes: Spring’s application.yml and a client_secret.json as values, and a .env',
    fileName: 'configmap.yaml',
    text: `apiVersion: v1
kind: ConfigMap
metadata: { name: shop }
data:
  application.yml: |
    spring.security.oauth2.client:
      registration:
        orders:
          provider: orders-server
          client-id: id-orders
          client-secret: s3cr3t-orders
          authorization-grant-type: client_credentials
        billing:
          client-id: id-billing
          client-secret: \${BILLING_SECRET}
          authorization-grant-type: client_credentials
      provider:
        orders-server: { token-uri: "https://orders.example/token" }
        billing: { token-uri: "https://billing.example/token" }
  web.env: |
    CLIENT_ID=id-web
    ISSUER=https://web.example
---
apiVersion: v1
kind: Secret
metadata: { name: shop }
data:
  application.properties: ${base64(
    'spring.security.oauth2.client.registration.mail.client-id=id-mail\nspring.security.oauth2.client.registration.mail.client-secret=s3cr3t-mail\nspring.security.oauth2.client.registration.mail.authorization-grant-type=client_credentials\nspring.security.oauth2.client.provider.mail.token-uri=https://mail.example/token\n',
  )}
`,
    gives: [
      'ready id-orders client_credentials orders.example secret',
      'open id-billing client_credentials billing.example',
      'ready id-web client_credentials web.example',
      'ready id-mail client_credentials mail.example secret',
    ],
    says: [/BILLING_SECRET/],
  },
  {
    name: 'Bruno: an OpenCollection request with variables of its own, a token’s prefix and what is switched off',
    fileName: 'get-orders.yml',
    text: `info: { name: Get orders, type: http, seq: 1 }
http:
  method: GET
  url: "{{host}}/orders"
  auth:
    type: oauth2
    flow: authorization_code
    callbackUrl: "{{callback}}"
    authorizationUrl: "{{host}}/authorize"
    accessTokenUrl: "{{host}}/token"
    refreshTokenUrl: ""
    credentials: { clientId: "id-orders", clientSecret: s3cr3t-orders, placement: basic_auth_header }
    scope: openid
    pkce: { disabled: true, method: S256 }
    additionalParameters:
      accessTokenRequest:
        - { name: audience, value: "https://api.orders.example", placement: body }
        - { name: off, value: LEAK, placement: body, disabled: true }
    tokenConfig: { id: credentials, placement: { header: Token } }
    settings: { autoFetchToken: true, autoRefreshToken: false }
runtime:
  variables:
    - { name: host, value: { type: string, data: "https://orders.example" } }
    - { name: port, value: { type: number, data: "9000" } }
    - { name: callback, value: "http://localhost:{{port}}/cb" }
    - { name: host, value: "https://LEAK.example", disabled: true }
`,
    gives: ['ready id-orders authorization_code orders.example secret'],
    says: [/The parameter “off” is switched off/],
  },
  {
    name: 'a redirect URI that is a placeholder is not called another application’s',
    fileName: 'web.bru',
    text: `meta {
  name: web
}

auth:oauth2 {
  grant_type: authorization_code
  callback_url: {{callback}}
  authorization_url: https://web.example/authorize
  access_token_url: https://web.example/token
  client_id: id-web
}
`,
    gives: ['ready id-web authorization_code web.example'],
    says: [
      /^The redirect URI holds the placeholder \{\{callback\}\}; http:\/\/127\.0\.0\.1\/callback is used: register it too\.$/m,
    ],
  },
  {
    name: 'Postman: a client id that stands twice takes no one’s secret along',
    text: JSON.stringify({
      info: { name: 'Shop' },
      item: [
        {
          name: 'Twice',
          request: {
            url: 'https://api',
            auth: {
              type: 'oauth2',
              oauth2: [
                { key: 'grant_type', value: 'client_credentials' },
                { key: 'accessTokenUrl', value: 'https://orders.example/t' },
                { key: 'clientId', value: 'id-orders' },
                { key: 'clientSecret', value: 's3cr3t-orders' },
                { key: 'clientId', value: 'id-billing' },
                { key: 'scope', value: 'a' },
                { key: 'scope', value: 'a' },
              ],
            },
          },
        },
      ],
    }),
    gives: ['open - client_credentials orders.example'],
    says: [/There are 2 values for clientId\. None was taken[^]*The secret was not taken either/],
  },
  {
    name: 'Bruno: a client id that stands twice',
    fileName: 'twice.bru',
    text: `auth:oauth2 {
  grant_type: client_credentials
  access_token_url: https://orders.example/token
  client_id: id-orders
  client_secret: s3cr3t-orders
  ~client_id: LEAK
  client_id: id-billing
}
`,
    gives: ['open - client_credentials orders.example'],
    says: [/There are 2 values for clientId\. None was taken[^]*The secret was not taken either/],
  },
  {
    name: 'MCP: a server behind mcp-remote with a client of its own, and a program with variables',
    fileName: 'mcp.json',
    text: JSON.stringify({
      mcpServers: {
        orders: {
          command: 'npx',
          args: [
            ...['-y', 'mcp-remote@latest', 'https://mcp.orders.example/sse', '8123'],
            ...['--static-oauth-client-info', '{"client_id":"id-orders","client_secret":"s3cr3t-orders"}'],
          ],
        },
        billing: {
          command: 'node',
          args: ['server.js'],
          env: {
            BILLING_CLIENT_ID: 'id-billing',
            BILLING_CLIENT_SECRET: 's3cr3t-billing',
            BILLING_TOKEN_URL: 'https://billing.example/t',
          },
        },
        other: { command: 'node', args: ['x.js', 'https://LEAK.example'] },
      },
    }),
    gives: [
      'open id-orders authorization_code - secret',
      'ready id-billing client_credentials billing.example secret',
    ],
  },
];
