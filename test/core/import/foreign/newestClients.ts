import type { ForeignFile } from './foreignFile.ts';

/** Files of API clients in their newest formats. */
export const newestClients: readonly ForeignFile[] = [
  {
    name: 'Insomnia 5: a client whose server stands in the base environment',
    fileName: 'insomnia-oc.yaml',
    text: `type: environment.insomnia.rest/5.0
name: Global
meta: { id: wrk_x }
environments:
  name: Base
  data: { token_url: "https://orders.dev/token" }
  subEnvironments:
    - name: Dev
      data: { client_id: id-orders, client_secret: s3cr3t-orders }
`,
    gives: ['ready id-orders client_credentials orders.dev secret'],
  },
  {
    name: 'Insomnia 5: another client’s environment does not get the base’s secret',
    fileName: 'base.yaml',
    text: `type: environment.insomnia.rest/5.0
name: Global
environments:
  name: Base
  data: { token_url: "https://orders.dev/token", client_id: id-orders, client_secret: s3cr3t-orders }
  subEnvironments:
    - name: Dev
      data: { scope: dev }
    - name: Billing
      data: { token_url: "https://billing.dev/token", client_id: id-billing }
`,
    gives: [
      'ready id-orders client_credentials orders.dev secret',
      'ready id-orders client_credentials orders.dev secret',
      'open id-billing client_credentials billing.dev',
    ],
    says: [/the secret of what is shared/],
  },
  {
    name: 'Bruno: a request of OpenCollection with where its token goes',
    fileName: 'oc.yml',
    text: `info:
  name: List
  type: http
  seq: 1
http:
  method: GET
  url: "{{baseUrl}}/x"
  auth:
    type: oauth2
    flow: client_credentials
    accessTokenUrl: https://orders.dev/token
    credentials:
      clientId: id-orders
      clientSecret: s3cr3t-orders
      placement: basic_auth_header
    scope: a
    tokenConfig:
      id: credentials
      placement:
        header: Bearer
    settings:
      autoFetchToken: true
      autoRefreshToken: false
`,
    gives: ['ready id-orders client_credentials orders.dev secret'],
  },
  {
    name: 'Bruno: a workspace names collections only',
    fileName: 'workspace.yml',
    text: `opencollection: 1.0.0
info:
  name: "Dashboard"
  type: workspace
collections:
  - name: "API"
    path: "collections/api"
specs:
docs: ''
`,
    gives: [],
    says: [/No OAuth client stands in this Bruno collection/],
  },
  {
    name: 'Bruno: an environment of OpenCollection',
    fileName: 'env.yml',
    text: `name: dev
variables:
  - name: client_id
    value: id-orders
    enabled: true
    secret: false
  - name: client_secret
    secret: true
  - name: token_url
    value: https://orders.dev/token
`,
    gives: ['ready id-orders client_credentials orders.dev'],
  },
  {
    name: 'Hoppscotch 12: a collection’s and a request’s own, with a parameter',
    fileName: 'hopp.json',
    text: `[{"v":12,"id":"c","name":"Shop","folders":[],"requests":[{"v":"15","name":"List","method":"GET","endpoint":"<<base>>/x","params":[],"headers":[],"auth":{"authType":"inherit","authActive":true},"body":{"contentType":null,"body":null},"requestVariables":[],"responses":{}},{"v":"15","name":"Own","method":"GET","endpoint":"https://x","auth":{"authType":"oauth-2","authActive":true,"addTo":"HEADERS","grantTypeInfo":{"grantType":"CLIENT_CREDENTIALS","authEndpoint":"https://billing.dev/token","clientID":"id-billing","clientSecret":"s3cr3t-billing","scopes":"","token":"LEAK","clientAuthentication":"AS_BASIC_AUTH_HEADERS","tokenRequestParams":[{"id":1,"key":"audience","value":"https://a.dev","active":true,"sendIn":"body"}],"refreshRequestParams":[]}}}],"auth":{"authType":"oauth-2","authActive":true,"addTo":"HEADERS","grantTypeInfo":{"grantType":"AUTHORIZATION_CODE","authEndpoint":"https://orders.dev/authorize","tokenEndpoint":"https://orders.dev/token","clientID":"<<cid>>","clientSecret":"","scopes":"openid","isPKCE":true,"codeVerifierMethod":"S256","token":"","refreshToken":"LEAK","authRequestParams":[],"tokenRequestParams":[],"refreshRequestParams":[]}},"headers":[],"variables":[{"key":"cid","initialValue":"id-orders","currentValue":"","secret":false}],"description":null,"preRequestScript":"","testScript":""}]
`,
    gives: [
      'ready id-orders authorization_code orders.dev',
      'ready id-billing client_credentials billing.dev secret',
    ],
    says: [/refresh token was left out/],
  },
];
