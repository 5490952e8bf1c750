import type { ForeignFile } from './foreignFile.ts';

/** Files of a Postman collection of version 3. */
export const postmanFiles: readonly ForeignFile[] = [
  {
    name: 'Postman 3: a collection’s own file, variables in a list',
    fileName: 'definition.yaml',
    text: `$kind: collection
name: Orders
description: x
variables:
  - key: tokenUrl
    value: https://orders.dev/token
auth:
  type: oauth2
  credentials:
    grant_type: client_credentials
    accessTokenUrl: '{{tokenUrl}}'
    clientId: id-orders
    clientSecret: s3cr3t-orders
    client_authentication: body
    addTokenTo: header
    headerPrefix: Bearer
    tokenName: x
    scope: a b
`,
    gives: ['ready id-orders client_credentials orders.dev secret'],
  },
  {
    name: 'Postman 3: a request with PKCE and a parameter',
    fileName: 'List.request.yaml',
    text: `$kind: http-request
name: List
url: '{{baseUrl}}/orders'
method: GET
headers:
  Accept: application/json
auth:
  type: oauth2
  credentials:
    - key: grant_type
      value: authorization_code_with_pkce
    - key: authUrl
      value: https://web.dev/authorize
    - key: accessTokenUrl
      value: https://web.dev/token
    - key: clientId
      value: id-web
    - key: tokenRequestParams
      value: [{ key: audience, value: https://api.web.dev, enabled: true, send_as: request_body }]
order: 1000
`,
    gives: ['ready id-web authorization_code web.dev'],
  },
  {
    name: 'Postman 3: a token request',
    fileName: 'Token.request.yaml',
    text: `$kind: http-request
name: Token
url: https://orders.dev/token
method: POST
body:
  type: urlencoded
  content:
    - key: grant_type
      value: client_credentials
    - key: client_id
      value: id-orders
    - key: client_secret
      value: s3cr3t-orders
order: 2000
`,
    gives: ['ready id-orders client_credentials orders.dev secret'],
  },
  {
    name: 'Postman 3: an environment',
    fileName: 'Local.environment.yaml',
    text: `name: "Local"
values:
  - key: clientId
    value: id-orders
    enabled: true
  - key: clientSecret
    value: s3cr3t-orders
    enabled: true
    type: secret
  - key: tokenUrl
    value: https://orders.dev/token
    enabled: true
color: null
`,
    gives: ['ready id-orders client_credentials orders.dev secret'],
  },
  {
    name: 'Postman 3: a collection’s own file, variables by name',
    fileName: 'definition.yaml',
    text: `$kind: collection
description: >
  API collection
variables:
  tokenUrl: "https://orders.dev/token"
auth:
  type: oauth2
  credentials:
    grant_type: client_credentials
    accessTokenUrl: "{{tokenUrl}}"
    clientId: "{{clientId}}"
    clientSecret: "{{clientSecret}}"
`,
    gives: ['open - client_credentials orders.dev'],
  },
  {
    name: 'Postman 3: a token alone',
    fileName: 'bare.request.yaml',
    text: `$kind: http-request
name: Get
url: "{{baseUrl}}/x"
method: GET
auth:
  type: bearer
  credentials:
    token: LEAK
`,
    gives: [],
    says: [/No OAuth client stands in this Postman collection/],
  },
  {
    name: 'Postman 3: a token request with HTTP Basic',
    fileName: 'basic.request.yaml',
    text: `$kind: http-request
name: Token
url: https://orders.dev/token
method: POST
headers:
  - key: Accept
    value: application/json
auth:
  type: basic
  credentials:
    username: id-orders
    password: s3cr3t-orders
body:
  type: urlencoded
  content:
    - key: grant_type
      value: client_credentials
`,
    gives: ['ready id-orders client_credentials orders.dev secret'],
  },
];
