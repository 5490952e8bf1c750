import type { ForeignFile } from './foreignFile.ts';

const postman = (name: string, more: Readonly<Record<string, string>> = {}) => ({
  type: 'oauth2',
  oauth2: Object.entries({
    grant_type: 'client_credentials',
    accessTokenUrl: `https://${name}.example/token`,
    clientId: `id-${name}`,
    clientSecret: `s3cr3t-${name}`,
    ...more,
  }).map(([key, value]) => ({ key, value, type: 'string' })),
});
const insomnia = (name: string, more: Readonly<Record<string, unknown>> = {}) => ({
  type: 'oauth2',
  grantType: 'client_credentials',
  accessTokenUrl: `https://${name}.example/token`,
  clientId: `id-${name}`,
  clientSecret: `s3cr3t-${name}`,
  ...more,
});

/** Collections and environments of API clients, nested, with what is inherited and switched off. */
export const apiClients: readonly ForeignFile[] = [
  {
    name: 'Postman: the collection’s, a folder’s and a request’s own; others inherit',
    text: JSON.stringify({
      info: { name: 'Shop', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
      auth: postman('orders'),
      item: [
        { name: 'inherits', request: { method: 'GET', url: 'https://api' } },
        {
          name: 'Billing',
          auth: postman('billing'),
          item: [{ name: 'inherits too', request: { auth: null } }],
        },
        { name: 'none', request: { auth: { type: 'noauth' }, url: 'https://api' } },
        {
          name: 'Web',
          request: {
            auth: postman('web', { grant_type: 'authorization_code', authUrl: 'https://web.example/a' }),
          },
        },
      ],
    }),
    gives: [
      'ready id-orders client_credentials orders.example secret',
      'ready id-billing client_credentials billing.example secret',
      'ready id-web authorization_code web.example secret',
    ],
  },
  {
    name: 'Postman: the same variables in two folders, one switched off',
    text: JSON.stringify({
      info: { name: 'Shop' },
      variable: [{ key: 'secret', value: 'LEAK-collection', disabled: true }],
      item: ['orders', 'billing'].map((name) => ({
        name,
        variable: [
          { key: 'host', value: `https://${name}.example` },
          { key: 'id', value: `id-${name}` },
          { key: 'secret', value: `s3cr3t-${name}`, disabled: name === 'billing' },
        ],
        item: [
          {
            name: 'r',
            request: {
              auth: postman('x', {
                accessTokenUrl: '{{host}}/token',
                clientId: '{{id}}',
                clientSecret: '{{secret}}',
              }),
            },
          },
        ],
      })),
    }),
    gives: [
      'ready id-orders client_credentials orders.example secret',
      'open id-billing client_credentials billing.example',
    ],
    says: [/\{\{secret\}\}/],
  },
  {
    name: 'Postman: globals with two clients, one value switched off',
    text: JSON.stringify({
      name: 'Globals',
      _postman_variable_scope: 'globals',
      values: [
        { key: 'orders_client_id', value: 'id-orders', enabled: true },
        { key: 'orders_client_secret', value: 's3cr3t-orders', type: 'secret', enabled: true },
        { key: 'orders_token_url', value: 'https://orders.example/token', enabled: true },
        { key: 'billing_client_id', value: 'id-billing', enabled: true },
        { key: 'billing_client_secret', value: 'LEAK-off', enabled: false },
        { key: 'billing_token_url', value: 'https://billing.example/token', enabled: true },
      ],
    }),
    gives: [
      'ready id-orders client_credentials orders.example secret',
      'ready id-billing client_credentials billing.example',
    ],
  },
  {
    name: 'Insomnia 5: base and two sub-environments, a folder’s and a disabled one',
    fileName: 'shop.yaml',
    text: `type: collection.insomnia.rest/5.0
name: Shop
collection:
  - name: Orders
    authentication:
      type: oauth2
      grantType: client_credentials
      accessTokenUrl: "{{ _.host }}/token"
      clientId: id-orders
      clientSecret: s3cr3t-orders
    children:
      - name: Off
        authentication: { type: oauth2, disabled: true, clientId: id-off, clientSecret: s3cr3t-off, accessTokenUrl: "https://off.example/t" }
  - name: Billing
    environment: { host: "https://billing.example" }
    children:
      - name: Call
        authentication: { type: oauth2, grantType: client_credentials, accessTokenUrl: "{{ _.host }}/token", clientId: id-billing }
environments:
  name: Base
  data: { other: x }
  subEnvironments:
    - name: Dev
      data: { host: "https://dev.orders.example" }
    - name: Prod
      data: { host: "https://prod.orders.example" }
`,
    gives: [
      'ready id-orders client_credentials dev.orders.example',
      'ready id-orders client_credentials prod.orders.example',
      'ready id-billing client_credentials billing.example',
    ],
    says: [/Off.*switched off/],
  },
  {
    name: 'Insomnia 4: two workspaces with environments of the same names',
    text: JSON.stringify({
      _type: 'export',
      __export_format: 4,
      resources: ['orders', 'billing'].flatMap((name) => [
        { _id: `wrk_${name}`, _type: 'workspace', parentId: null, name },
        {
          _id: `env_${name}`,
          _type: 'environment',
          parentId: `wrk_${name}`,
          data: { host: `https://${name}.example`, ...(name === 'orders' && { secret: 's3cr3t-orders' }) },
        },
        {
          _id: `req_${name}`,
          _type: 'request',
          parentId: `wrk_${name}`,
          name,
          authentication: insomnia(name, {
            accessTokenUrl: '{{ _.host }}/token',
            clientSecret: '{{ _.secret }}',
          }),
        },
      ]),
    }),
    gives: [
      'ready id-orders client_credentials orders.example secret',
      'open id-billing client_credentials billing.example',
    ],
    says: [/_\.secret/],
  },
  {
    name: 'Bruno: a collection file with auth, variables, what is switched off and a secret in a comment',
    fileName: 'collection.bru',
    text: `meta {
  name: Shop
}
auth {
  mode: oauth2
}
auth:oauth2 {
  grant_type: client_credentials
  access_token_url: {{host}}/token
  client_id: id-orders
  client_secret: {{secret}}
  ~client_secret: LEAK-off
  credentials_placement: body
}
vars:pre-request {
  host: https://orders.example
  ~host: https://LEAK.example
}
docs {
  client_secret: LEAK-docs
}
`,
    gives: ['open id-orders client_credentials orders.example'],
    says: [/\{\{secret\}\}/],
  },
  {
    name: 'Bruno: a request that inherits has no client of its own',
    fileName: 'request.bru',
    text: `meta {
  name: List
  type: http
}
get {
  url: https://api.example.com
  auth: inherit
}
`,
    gives: [],
  },
  {
    name: 'Bruno: an environment with two clients and a secret that is not in the file',
    fileName: 'dev.bru',
    text: `vars {
  orders_client_id: id-orders
  orders_client_secret: s3cr3t-orders
  orders_token_url: https://orders.example/token
  billing_client_id: id-billing
  billing_token_url: https://billing.example/token
}
vars:secret [
  billing_client_secret
]
`,
    gives: [
      'ready id-orders client_credentials orders.example secret',
      'ready id-billing client_credentials billing.example',
    ],
  },
  {
    name: 'Hoppscotch: two collections in one file, a folder that inherits, one switched off',
    text: JSON.stringify(
      ['orders', 'billing'].map((name) => ({
        v: 6,
        name,
        folders: [{ name: 'in', folders: [], requests: [], auth: { authType: 'inherit', authActive: true } }],
        requests: [
          {
            name: 'off',
            auth: {
              authType: 'oauth-2',
              authActive: false,
              grantTypeInfo: {
                grantType: 'CLIENT_CREDENTIALS',
                authEndpoint: 'https://off.example/t',
                clientID: 'id-off',
                clientSecret: 's3cr3t-off',
              },
            },
          },
        ],
        auth: {
          authType: 'oauth-2',
          authActive: true,
          grantTypeInfo: {
            grantType: 'CLIENT_CREDENTIALS',
            authEndpoint: `https://${name}.example/token`,
            clientID: `id-${name}`,
            clientSecret: name === 'orders' ? 's3cr3t-orders' : '<<BILLING_SECRET>>',
          },
        },
      })),
    ),
    gives: [
      'ready id-orders client_credentials orders.example secret',
      'open id-billing client_credentials billing.example',
    ],
    says: [/off.*switched off/, /<<BILLING_SECRET>>/],
  },
  {
    name: 'Thunder Client: auth of the collection, of a folder and of a request',
    text: JSON.stringify({
      clientName: 'Thunder Client',
      collectionName: 'Shop',
      version: '1.2',
      settings: {
        auth: {
          type: 'oauth2',
          oauth2: {
            grantType: 'client_credentials',
            tokenUrl: 'https://orders.example/token',
            clientId: 'id-orders',
            clientSecret: 's3cr3t-orders',
            clientAuth: 'in-body',
          },
        },
      },
      folders: [
        {
          name: 'Billing',
          settings: {
            auth: {
              type: 'oauth2',
              oauth2: {
                grantType: 'client_credentials',
                tokenUrl: 'https://billing.example/token',
                clientId: 'id-billing',
                clientSecret: '{{secret}}',
              },
            },
          },
        },
      ],
      requests: [{ name: 'r', auth: { type: 'inherit' } }],
    }),
    gives: [
      'ready id-orders client_credentials orders.example secret',
      'open id-billing client_credentials billing.example',
    ],
    says: [/\{\{secret\}\}/],
  },
  {
    name: 'JetBrains: two environments, secrets in the private file of one only',
    fileName: 'http-client.env.json',
    text: JSON.stringify(
      Object.fromEntries(
        ['dev', 'prod'].map((name) => [
          name,
          {
            Security: {
              Auth: {
                api: {
                  Type: 'OAuth2',
                  'Grant Type': 'Client Credentials',
                  'Token URL': `https://${name}.example/token`,
                  'Client ID': `id-${name}`,
                },
              },
            },
          },
        ]),
      ),
    ),
    companion: JSON.stringify({ dev: { Security: { Auth: { api: { 'Client Secret': 's3cr3t-dev' } } } } }),
    gives: [
      'ready id-dev client_credentials dev.example secret',
      'ready id-prod client_credentials prod.example',
    ],
  },
  {
    name: 'JetBrains: $shared is for all, and its client is not that of another server',
    fileName: 'http-client.env.json',
    text: JSON.stringify({
      $shared: {
        Security: {
          Auth: {
            api: {
              Type: 'OAuth2',
              'Grant Type': 'Client Credentials',
              'Token URL': 'https://orders.example/token',
              'Client ID': 'id-orders',
              'Client Secret': 's3cr3t-orders',
            },
          },
        },
      },
      dev: {},
      prod: {
        Security: { Auth: { api: { 'Token URL': 'https://prod.example/token', 'Client ID': 'id-prod' } } },
      },
    }),
    gives: [
      'ready id-orders client_credentials orders.example secret',
      'open id-prod client_credentials prod.example',
    ],
  },
];
