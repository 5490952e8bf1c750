import type { ForeignFile } from './foreignFile.ts';

/** Variables without a tool of their own. */
export const loose: readonly ForeignFile[] = [
  {
    name: 'variables with suffixes: dev and prod',
    fileName: '.env',
    text: `CLIENT_ID_DEV=id-dev
CLIENT_SECRET_DEV=s3cr3t-dev
TOKEN_URL_DEV=https://dev.example/token
CLIENT_ID_PROD=id-prod
CLIENT_SECRET_PROD=s3cr3t-prod
TOKEN_URL_PROD=https://prod.example/token
`,
    gives: [
      'ready id-dev client_credentials dev.example secret',
      'ready id-prod client_credentials prod.example secret',
    ],
  },
  {
    name: 'variables with prefixes: dev and prod',
    fileName: '.env',
    text: `DEV_CLIENT_ID=id-dev
DEV_CLIENT_SECRET=s3cr3t-dev
DEV_TOKEN_URL=https://dev.example/token
PROD_CLIENT_ID=id-prod
PROD_TOKEN_URL=https://prod.example/token
`,
    gives: [
      'ready id-dev client_credentials dev.example secret',
      'ready id-prod client_credentials prod.example',
    ],
  },
  {
    name: 'one without, one with a suffix: nothing is lent',
    fileName: '.env',
    text: `CLIENT_ID=id-orders
CLIENT_SECRET=s3cr3t-orders
TOKEN_URL=https://orders.example/token
CLIENT_ID_STAGING=id-staging
TOKEN_URL_STAGING=https://staging.example/token
`,
    gives: [
      'ready id-orders client_credentials orders.example secret',
      'ready id-staging client_credentials staging.example',
    ],
  },
  {
    name: 'suffixes and prefixes at once',
    fileName: '.env',
    text: `ORDERS_CLIENT_ID_DEV=id-dev
ORDERS_CLIENT_SECRET_DEV=s3cr3t-dev
ORDERS_TOKEN_URL_DEV=https://dev.example/token
ORDERS_CLIENT_ID_PROD=id-prod
ORDERS_TOKEN_URL_PROD=https://prod.example/token
`,
    gives: [
      'ready id-dev client_credentials dev.example secret',
      'ready id-prod client_credentials prod.example',
    ],
  },
  {
    name: 'numbered clients',
    fileName: '.env',
    text: `CLIENT_ID_1=id-one
CLIENT_SECRET_1=s3cr3t-one
TOKEN_URL_1=https://one.example/token
CLIENT_ID_2=id-two
CLIENT_SECRET_2=s3cr3t-two
TOKEN_URL_2=https://two.example/token
`,
    gives: [
      'ready id-one client_credentials one.example secret',
      'ready id-two client_credentials two.example secret',
    ],
  },
  {
    name: 'camelCase with suffixes in JSON',
    text: JSON.stringify({
      clientIdDev: 'id-dev',
      clientSecretDev: 's3cr3t-dev',
      tokenUrlDev: 'https://dev.example/token',
      clientIdProd: 'id-prod',
      tokenUrlProd: 'https://prod.example/token',
    }),
    gives: [
      'ready id-dev client_credentials dev.example secret',
      'ready id-prod client_credentials prod.example',
    ],
  },
  {
    name: 'names that only look like suffixes',
    fileName: '.env',
    text: `CLIENT_ID=id-orders
CLIENT_SECRET=s3cr3t-orders
TOKEN_URL=https://orders.example/token
CLIENT_ID_HEADER=X-Client
TOKEN_URL_TIMEOUT=30
CLIENT_SECRET_EXPIRES_AT=2027-01-01
`,
    gives: ['ready id-orders client_credentials orders.example secret'],
  },
  {
    name: 'a secret that stands in a file (Docker’s _FILE)',
    fileName: '.env',
    text: `CLIENT_ID=id-orders
CLIENT_SECRET_FILE=/run/secrets/orders
TOKEN_URL=https://orders.example/token
`,
    gives: ['open id-orders client_credentials orders.example'],
    says: [/CLIENT_SECRET_FILE/],
  },
  {
    name: 'lines that are commented out, with CRLF',
    fileName: '.env',
    text: '# CLIENT_ID=id-old\r\n#CLIENT_SECRET=LEAK-old\r\n  # TOKEN_URL=https://LEAK.example\r\nCLIENT_ID=id-orders\r\nCLIENT_SECRET=s3cr3t-orders\r\nTOKEN_URL=https://orders.example/token\r\n',
    gives: ['ready id-orders client_credentials orders.example secret'],
  },
  {
    name: 'prod that is commented out below dev',
    fileName: '.env.local',
    text: `# --- dev
CLIENT_ID=id-dev
CLIENT_SECRET=s3cr3t-dev
TOKEN_URL=https://dev.example/token
# --- prod
# CLIENT_ID=id-prod
# CLIENT_SECRET=LEAK-prod
# TOKEN_URL=https://LEAK.example
`,
    gives: ['ready id-dev client_credentials dev.example secret'],
  },
  {
    name: 'INI with key : value',
    fileName: 'clients.ini',
    text: `[orders]
client_id : id-orders
client_secret : s3cr3t-orders
token_url : https://orders.example/token

[billing]
client_id: id-billing
token_url: https://billing.example/token
`,
    gives: [
      'ready id-orders client_credentials orders.example secret',
      'ready id-billing client_credentials billing.example',
    ],
  },
  {
    name: 'TOML with dotted and inline tables',
    fileName: 'settings.toml',
    text: `[clients.orders]
client_id = "id-orders"
client_secret = "s3cr3t-orders"
token_url = "https://orders.example/token"
[clients.billing]
client_id = "id-billing"
token_url = "https://billing.example/token"
`,
    gives: [
      'ready id-orders client_credentials orders.example secret',
      'ready id-billing client_credentials billing.example',
    ],
  },
  {
    name: 'HCL: two blocks of Terraform variables',
    fileName: 'clients.tf',
    text: `module "orders" {
  client_id     = "id-orders"
  client_secret = "s3cr3t-orders"
  token_url     = "https://orders.example/token"
}
module "billing" {
  client_id     = "id-billing"
  client_secret = var.billing_secret
  token_url     = "https://billing.example/token"
}
`,
    gives: [
      'ready id-orders client_credentials orders.example secret',
      'open id-billing client_credentials billing.example',
    ],
    says: [/placeholder \$\{var\.billing_secret\}/],
  },
  {
    name: 'a list of clients, some disabled',
    fileName: 'clients.json',
    text: JSON.stringify({
      clients: [
        {
          name: 'orders',
          clientId: 'id-orders',
          clientSecret: 's3cr3t-orders',
          tokenUrl: 'https://orders.example/token',
        },
        {
          name: 'off',
          enabled: false,
          clientId: 'id-off',
          clientSecret: 's3cr3t-off',
          tokenUrl: 'https://off.example/token',
        },
        { name: 'billing', clientId: 'id-billing', tokenUrl: 'https://billing.example/token' },
      ],
    }),
    gives: [
      'ready id-orders client_credentials orders.example secret',
      'ready id-billing client_credentials billing.example',
    ],
    says: [/off.*switched off/],
  },
  {
    name: 'YAML: several documents, each a client',
    fileName: 'clients.yaml',
    text: `%YAML 1.2
---
client_id: id-orders
client_secret: s3cr3t-orders
token_url: https://orders.example/token
...
---
client_id: id-billing
token_url: https://billing.example/token
---
client_secret: s3cr3t-nobody
`,
    gives: [
      'ready id-orders client_credentials orders.example secret',
      'ready id-billing client_credentials billing.example',
    ],
  },
  {
    name: 'YAML: a merged client whose id is replaced keeps no secret of the other',
    fileName: 'clients.yaml',
    text: `orders: &orders
  client_id: id-orders
  client_secret: s3cr3t-orders
  token_url: https://orders.example/token
billing:
  <<: *orders
  client_id: id-billing
  token_url: https://billing.example/token
`,
    gives: [
      'ready id-orders client_credentials orders.example secret',
      'open id-billing client_credentials billing.example',
    ],
    says: [/client secret.*merged/],
  },
];
