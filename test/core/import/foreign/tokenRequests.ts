import type { ForeignFile } from './foreignFile.ts';

const form = (name: string, more: Readonly<Record<string, string>> = {}) =>
  Object.entries({
    grant_type: 'client_credentials',
    client_id: `id-${name}`,
    client_secret: `s3cr3t-${name}`,
    ...more,
  });

/** Collections and scripts in which tokens are asked for by requests, not by settings. */
export const tokenRequests: readonly ForeignFile[] = [
  {
    name: 'Postman: token requests with HTTP Basic, in a form and in JSON; one only reads',
    text: JSON.stringify({
      info: { name: 'Shop' },
      variable: [{ key: 'base', value: 'https://billing.example' }],
      item: [
        {
          name: 'Orders token',
          request: {
            method: 'POST',
            url: { raw: 'https://orders.example/token' },
            auth: {
              type: 'basic',
              basic: [
                { key: 'username', value: 'id-orders' },
                { key: 'password', value: 's3cr3t-orders' },
              ],
            },
            body: {
              mode: 'urlencoded',
              urlencoded: [
                { key: 'grant_type', value: 'client_credentials' },
                { key: 'scope', value: 'LEAK', disabled: true },
              ],
            },
          },
        },
        {
          name: 'Billing token',
          request: {
            url: '{{base}}/token',
            body: { mode: 'urlencoded', urlencoded: form('billing').map(([key, value]) => ({ key, value })) },
          },
        },
        {
          name: 'Web token',
          request: {
            url: '{{unknown}}/token',
            body: { mode: 'raw', raw: JSON.stringify(Object.fromEntries(form('web'))) },
          },
        },
        { name: 'Read', request: { url: 'https://api', body: { mode: 'raw', raw: '{"a":1}' } } },
      ],
    }),
    gives: [
      'ready id-orders client_credentials orders.example secret',
      'ready id-billing client_credentials billing.example secret',
      'open id-web client_credentials - secret',
    ],
    says: [/\{\{unknown\}\}/],
  },
  {
    name: 'Insomnia 4: a token request with variables of its environment',
    text: JSON.stringify({
      _type: 'export',
      __export_format: 4,
      resources: [
        { _id: 'wrk_1', _type: 'workspace', name: 'Shop' },
        {
          _id: 'env_1',
          _type: 'environment',
          parentId: 'wrk_1',
          name: 'Base',
          data: { 'base-url': 'https://orders.example' },
        },
        {
          _id: 'req_1',
          _type: 'request',
          parentId: 'wrk_1',
          name: 'Token',
          url: "{{ _['base-url'] }}/token",
          body: {
            mimeType: 'application/x-www-form-urlencoded',
            params: form('orders').map(([name, value]) => ({ name, value })),
          },
        },
      ],
    }),
    gives: ['ready id-orders client_credentials orders.example secret'],
  },
  {
    name: 'Bruno: a token request with HTTP Basic in a file of blocks',
    fileName: 'token.bru',
    text: `meta {
  name: Token
  type: http
}

post {
  url: https://orders.example/token
  body: formUrlEncoded
  auth: basic
}

auth:basic {
  username: id-orders
  password: s3cr3t-orders
}

body:form-urlencoded {
  grant_type: client_credentials
  ~scope: LEAK
}
`,
    gives: ['ready id-orders client_credentials orders.example secret'],
  },
  {
    name: 'Bruno: a token request in its JSON export',
    text: JSON.stringify({
      name: 'Shop',
      version: '1',
      items: [
        {
          type: 'http-request',
          name: 'Token',
          request: {
            url: 'https://orders.example/token',
            auth: { mode: 'none' },
            body: {
              mode: 'formUrlEncoded',
              formUrlEncoded: form('orders').map(([name, value]) => ({ name, value, enabled: true })),
            },
          },
        },
      ],
    }),
    gives: ['ready id-orders client_credentials orders.example secret'],
  },
  {
    name: 'Thunder Client: a token request of the password grant, and one of a client',
    text: JSON.stringify({
      clientName: 'Thunder Client',
      collectionName: 'Shop',
      requests: [
        {
          name: 'As a user',
          url: 'https://web.example/token',
          body: {
            type: 'formencoded',
            form: form('web', { grant_type: 'password' }).map(([name, value]) => ({ name, value })),
          },
        },
        {
          name: 'Token',
          url: 'https://orders.example/token',
          auth: { type: 'basic', basic: { username: 'id-orders', password: 's3cr3t-orders' } },
          body: { type: 'formencoded', form: [{ name: 'grant_type', value: 'client_credentials' }] },
        },
      ],
    }),
    gives: ['ready id-orders client_credentials orders.example secret'],
    says: [/As a user.*RFC 9700/],
  },
  {
    name: 'Hoppscotch: a token request whose form is kept as lines',
    text: JSON.stringify({
      v: 11,
      name: 'Shop',
      folders: [],
      requests: [
        {
          name: 'Token',
          endpoint: 'https://orders.example/token',
          auth: { authType: 'basic', authActive: true, username: 'id-orders', password: 's3cr3t-orders' },
          body: {
            contentType: 'application/x-www-form-urlencoded',
            body: 'grant_type: client_credentials\nscope: api',
          },
        },
      ],
    }),
    gives: ['ready id-orders client_credentials orders.example secret'],
  },
  {
    name: 'a script in which curl’s answer goes into a variable',
    fileName: 'token.sh',
    text: `#!/usr/bin/env bash
set -euo pipefail
BASE=https://orders.example
TOKEN_URL="$BASE/token"
CLIENT_SECRET='s3cr3t-orders'
TOKEN=$(curl -s -X POST "$TOKEN_URL" \\
  -d "grant_type=client_credentials" \\
  -d "client_id=id-orders" --data-urlencode "client_secret=\${CLIENT_SECRET}" | jq -r .access_token)
`,
    gives: ['ready id-orders client_credentials orders.example secret'],
  },
  {
    name: 'a script in which a variable has two values',
    fileName: 'token.sh',
    text: `SECRET=s3cr3t-orders
curl https://orders.example/token -d grant_type=client_credentials -d client_id=id-orders -d "client_secret=$SECRET"
SECRET=s3cr3t-billing
curl https://billing.example/token -d grant_type=client_credentials -d client_id=id-billing -d "client_secret=$SECRET"
`,
    gives: [
      'open id-orders client_credentials orders.example',
      'open id-billing client_credentials billing.example',
    ],
  },
  {
    name: 'a server’s metadata without a token endpoint',
    text: JSON.stringify({ issuer: 'https://web.example', jwks_uri: 'https://web.example/keys' }),
    gives: ['open - client_credentials web.example'],
  },
  {
    name: 'a configuration whose names are those of a server’s metadata',
    text: JSON.stringify({
      issuer: 'https://orders.example',
      token_endpoint: 'https://orders.example/token',
      client_id: 'id-orders',
      client_secret: 's3cr3t-orders',
    }),
    gives: ['ready id-orders client_credentials orders.example secret'],
  },
  {
    name: 'OpenAPI: a server with variables, a scheme in another file',
    text: JSON.stringify({
      openapi: '3.1.0',
      info: { title: 'Shop' },
      servers: [{ url: 'https://{region}.web.example/v1', variables: { region: { default: 'eu' } } }],
      components: {
        securitySchemes: {
          own: { type: 'oauth2', flows: { clientCredentials: { tokenUrl: '/token', scopes: {} } } },
          other: { $ref: 'auth.yaml#/other' },
        },
      },
    }),
    gives: ['open - client_credentials eu.web.example'],
    says: [/other” stands in auth\.yaml/],
  },
  {
    name: 'Postman: settings that make a difference are named when they are left out',
    text: JSON.stringify({
      info: { name: 'Shop' },
      auth: {
        type: 'oauth2',
        oauth2: [
          { key: 'accessTokenUrl', value: 'https://orders.example/token' },
          { key: 'clientId', value: 'id-orders' },
          { key: 'refreshTokenUrl', value: 'https://elsewhere.example/refresh' },
          { key: 'refreshToken', value: 's3cr3t-refresh' },
          { key: 'challengeAlgorithm', value: 'S256' },
          { key: 'useBrowser', value: true },
        ],
      },
      item: [],
    }),
    gives: ['ready id-orders client_credentials orders.example'],
    says: [/^Not taken over: “refreshTokenUrl”\.$/m, /refresh token was left out/],
  },
];
