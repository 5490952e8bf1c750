import type { ForeignFile } from './foreignFile.ts';

/** What earlier sessions could not read: each file stands for its kind; all are made up after the documentation of what writes them. */
export const leftBefore: readonly ForeignFile[] = [
  {
    name: 'SAP: a service key with a certificate',
    fileName: 'sap.json',
    text: `{"clientid":"sb-id-orders!b1","credential-type":"x509","certificate":"-----BEGIN CERTIFICATE-----\\nMIIB\\n-----END CERTIFICATE-----\\n","key":"-----BEGIN RSA PRIVATE KEY-----\\nMIIE\\n-----END RSA PRIVATE KEY-----\\n","certurl":"https://orders.authentication.cert.eu10.hana.ondemand.com","url":"https://orders.authentication.eu10.hana.ondemand.com","identityzone":"orders","tenantmode":"dedicated","xsappname":"id-orders!b1","verificationkey":"x","apiurl":"https://api.authentication.eu10.hana.ondemand.com"}
`,
    gives: ['ready sb-id-orders!b1 client_credentials orders.authentication.cert.eu10.hana.ondemand.com'],
    fields: [
      {
        tokenEndpoint: 'https://orders.authentication.cert.eu10.hana.ondemand.com/oauth/token',
        clientAuthentication: 'tls_client_auth',
      },
    ],
    says: [/Give this file when they are asked for/],
  },
  {
    name: 'Quarkus: paths below the server’s address',
    fileName: 'application.properties',
    text: `quarkus.oidc-client.auth-server-url=https://orders.dev/realms/x
quarkus.oidc-client.discovery-enabled=false
quarkus.oidc-client.token-path=/tokens
quarkus.oidc-client.client-id=id-orders
quarkus.oidc-client.credentials.secret=s3cr3t-orders
quarkus.oidc.billing.auth-server-url=https://billing.dev
quarkus.oidc.billing.authorization-path=oauth/authorize
quarkus.oidc.billing.token-path=https://login.billing.dev/tok
quarkus.oidc.billing.client-id=id-billing
quarkus.oidc.billing.credentials.client-secret.value=s3cr3t-billing
quarkus.oidc.billing.credentials.client-secret.method=post
`,
    gives: [
      'ready id-orders client_credentials orders.dev secret',
      'open id-billing authorization_code billing.dev secret',
    ],
    fields: [
      { tokenEndpoint: 'https://orders.dev/realms/x/tokens', issuer: undefined },
      {
        authorizationEndpoint: 'https://billing.dev/oauth/authorize',
        tokenEndpoint: 'https://login.billing.dev/tok',
        clientAuthentication: 'client_secret_post',
      },
    ],
  },
  {
    name: 'Quarkus: an application that signs users in',
    fileName: 'application.yml',
    text: `quarkus:
  oidc:
    auth-server-url: https://orders.dev/base
    discovery-enabled: false
    token-path: /oauth/token
    authorization-path: /oauth/authorize
    client-id: id-orders
    credentials:
      secret: s3cr3t-orders
    application-type: web-app
`,
    gives: ['ready id-orders authorization_code orders.dev secret'],
    fields: [
      {
        tokenEndpoint: 'https://orders.dev/base/oauth/token',
        authorizationEndpoint: 'https://orders.dev/base/oauth/authorize',
        scopes: ['openid'],
      },
    ],
  },
  {
    name: 'Dataverse: a connection string that was pasted',
    text: `AuthType=ClientSecret;Url=https://contoso.crm.dynamics.com;AppId=id-login;ClientSecret=s3cr3t-login;TenantId=aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee;RequireNewInstance=true
`,
    gives: ['ready id-login client_credentials login.microsoftonline.com secret'],
    fields: [
      {
        issuer: 'https://login.microsoftonline.com/aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee/v2.0',
        scopes: ['https://contoso.crm.dynamics.com/.default'],
      },
    ],
  },
  {
    name: 'Dataverse: the tenant beside the connection string',
    fileName: '.env',
    text: `DATAVERSE_TENANT_ID=aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee
DATAVERSE_CONNECTION_STRING="AuthType=ClientSecret;Url=https://contoso.crm.dynamics.com;ClientId=id-login;ClientSecret=s3cr3t-login"
`,
    gives: ['ready id-login client_credentials login.microsoftonline.com secret'],
  },
  {
    name: 'Dataverse, Azure’s libraries and Kusto: connection strings in appsettings.json',
    fileName: 'appsettings.json',
    text: `{
  "ConnectionStrings": {
    "Dataverse": "AuthType=OAuth;Url=https://contoso.crm.dynamics.com;ClientId=id-login-a;RedirectUri=http://localhost;Authority=https://login.microsoftonline.com/aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee;Username=a@b;Password=LEAK",
    "Azure": "RunAs=App;AppId=id-login-b;TenantId=aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee;AppKey=s3cr3t-login-b",
    "Kusto": "Data Source=https://x.kusto.windows.net;Database=NetDefaultDB;Fed=True;Application Client Id=id-login-c;Application Key=s3cr3t-login-c;Authority Id=aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee",
    "Sql": "Server=tcp:x.database.windows.net;Database=a;User Id=b;Password=LEAK"
  }
}
`,
    gives: [
      'ready id-login-a authorization_code login.microsoftonline.com',
      'ready id-login-b client_credentials login.microsoftonline.com secret',
      'ready id-login-c client_credentials login.microsoftonline.com secret',
    ],
    fields: [{ redirectUri: 'http://localhost' }, {}, { scopes: ['https://x.kusto.windows.net/.default'] }],
    says: [/user’s name and password were left out/],
  },
  {
    name: 'JSON within values of YAML',
    fileName: 'values.yaml',
    text: `extraEnv:
  - name: OAUTH_CONFIG
    value: '{"client_id":"id-orders","client_secret":"s3cr3t-orders","token_url":"https://orders.dev/token"}'
config: |
  {
    "client_id": "id-billing",
    "client_secret": "s3cr3t-billing",
    "token_url": "https://billing.dev/token"
  }
data:
  providers.json: |
    [{"name":"crm","client_id":"id-crm","client_secret":"s3cr3t-crm","issuer":"https://crm.dev"}]
`,
    gives: [
      'ready id-billing client_credentials billing.dev secret',
      'ready id-orders client_credentials orders.dev secret',
      'ready id-crm client_credentials crm.dev secret',
    ],
  },
  {
    name: 'Kubernetes: references to secrets in many forms',
    fileName: 'res.yaml',
    text: `apiVersion: gateway.envoyproxy.io/v1alpha1
kind: SecurityPolicy
metadata:
  name: oidc-example
spec:
  oidc:
    provider:
      issuer: "https://orders.dev"
    clientID: "id-orders"
    clientSecret:
      name: "my-app-client-secret"
    redirectURL: "https://www.example.com/myapp/oauth2/callback"
---
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: {name: mon}
spec:
  endpoints:
    - port: web
      oauth2:
        clientId:
          secret: {key: id, name: billing}
        clientSecret: {key: sec, name: billing}
        tokenUrl: https://billing.dev/token
        endpointParams: {audience: https://api.billing.dev}
        scopes: [a]
---
kind: Foo
metadata: {name: crm}
spec:
  auth:
    tokenUrl: https://crm.dev/token
    clientIdSecretRef: {name: s, key: id}
    clientSecretRef: {name: s, key: sec}
---
kind: Foo
metadata: {name: hr}
spec:
  auth:
    tokenUrl: https://hr.dev/token
    clientId: id-hr
    clientSecretSecretRef: {name: s, key: sec}
---
kind: Foo
metadata: {name: pay}
spec:
  auth:
    tokenUrl: https://pay.dev/token
    clientId: id-pay
    clientSecretRef: 
      secretKeyRef: {name: s, key: sec}
`,
    gives: [
      'open id-orders authorization_code orders.dev',
      'open - client_credentials billing.dev',
      'open - client_credentials crm.dev',
      'open id-hr client_credentials hr.dev',
      'open id-pay client_credentials pay.dev',
    ],
    says: [/from my-app-client-secret/, /from billing, sec/],
  },
  {
    name: 'Go: parameters of the token endpoint',
    fileName: 'main.go',
    text: `package main
var c = clientcredentials.Config{
  ClientID: "id-orders",
  ClientSecret: "s3cr3t-orders",
  TokenURL: "https://orders.dev/token",
  EndpointParams: url.Values{"audience": {"https://api.orders.dev"}, "tenant": []string{"x"}},
  AuthStyle: oauth2.AuthStyleInParams,
}
`,
    gives: ['ready id-orders client_credentials orders.dev secret'],
    fields: [
      {
        audience: 'https://api.orders.dev',
        clientAuthentication: 'client_secret_post',
        tokenParameters: { tenant: 'x' },
      },
    ],
  },
  {
    name: 'OpenTelemetry and Grafana: parameters of the token endpoint',
    fileName: 'collector.yaml',
    text: `extensions:
  oauth2client:
    client_id: id-orders
    client_secret: s3cr3t-orders
    endpoint_params:
      audience: https://api.orders.dev
      x: y
    token_url: https://orders.dev/token
    scopes: ["api.metrics"]
datasources:
  - name: inf
    jsonData:
      auth_method: oauth2
      oauth2:
        client_id: id-billing
        token_url: https://billing.dev/token
        scopes: [a]
      oauth2EndPointParamsName1: audience
    secureJsonData:
      oauth2ClientSecret: s3cr3t-billing
      oauth2EndPointParamsValue1: aud
  - name: plug
    jsonData:
      tokenAuth:
        type: client_credentials
        url: https://crm.dev/token
        params:
          client_id: id-crm
          client_secret: s3cr3t-crm
routes:
  - path: x
    method: GET
    url: https://api.hr.dev
    tokenAuth:
      url: 'https://hr.dev/token'
      scopes: [x]
      params:
        grant_type: client_credentials
        client_id: 'id-hr'
        client_secret: 's3cr3t-hr'
        resource: 'https://management.azure.com/'
`,
    gives: [
      'ready id-orders client_credentials orders.dev secret',
      'ready id-billing client_credentials billing.dev secret',
      'ready id-crm client_credentials crm.dev secret',
      'ready id-hr client_credentials hr.dev secret',
    ],
    fields: [
      { audience: 'https://api.orders.dev', tokenParameters: { x: 'y' } },
      { audience: 'aud' },
      {},
      { resource: ['https://management.azure.com/'] },
    ],
  },
  {
    name: 'one server for the clients of two environments',
    fileName: '.env',
    text: `TOKEN_URL=https://orders.dev/token
DEV_CLIENT_ID=id-orders-dev
DEV_CLIENT_SECRET=s3cr3t-orders-dev
PROD_CLIENT_ID=id-orders-prod
PROD_CLIENT_SECRET=s3cr3t-orders-prod
`,
    gives: [
      'ready id-orders-dev client_credentials orders.dev secret',
      'ready id-orders-prod client_credentials orders.dev secret',
    ],
  },
  {
    name: 'a server of one client, and another client',
    fileName: '.env',
    text: `TOKEN_URL=https://orders.dev/token
CLIENT_ID=id-orders
CLIENT_SECRET=s3cr3t-orders
STRIPE_CLIENT_ID=id-stripe
STRIPE_CLIENT_SECRET=s3cr3t-stripe
`,
    gives: ['ready id-orders client_credentials orders.dev secret'],
    says: [/“STRIPE” has a client and a secret, but no server/],
  },
  {
    name: 'Python: constants of a module',
    fileName: 'settings.py',
    text: `import os
CLIENT_ID = "id-orders"
CLIENT_SECRET = "s3cr3t-orders"
TOKEN_URL = "https://orders.dev/token"
SCOPES = ["a", "b"]
BILLING_CLIENT_ID = 'id-billing'
BILLING_CLIENT_SECRET = os.environ["X"]
BILLING_TOKEN_URL: str = 'https://billing.dev/token'
`,
    gives: [
      'ready id-orders client_credentials orders.dev secret',
      'open id-billing client_credentials billing.dev',
    ],
  },
  {
    name: 'a registration’s answer with two redirect URIs',
    fileName: 'reg.json',
    text: `{"client_id":"id-orders","client_secret":"s3cr3t-orders","redirect_uris":["https://app.orders.dev/cb","https://app.orders.dev/cb2"],"issuer":"https://orders.dev","grant_types":["authorization_code"]}
`,
    gives: ['ready id-orders authorization_code orders.dev secret'],
    says: [/registered, too: https:\/\/app\.orders\.dev\/cb2/],
  },
  {
    name: 'Dex: clients of its own, of variables and of others',
    fileName: 'dex.yaml',
    text: `issuer: https://orders.dev/dex
staticClients:
- id: id-orders
  redirectURIs:
  - 'http://127.0.0.1:5555/callback'
  name: 'Example App'
  secret: s3cr3t-orders
- id: id-orders-cli
  name: cli
  public: true
  redirectURIs: ['http://localhost:8000']
- idEnv: X
  name: envs
  secretEnv: Y
  redirectURIs: [https://a/b]
connectors:
- type: github
  id: github
  name: GitHub
  config:
    clientID: id-github
    clientSecret: s3cr3t-github
    redirectURI: https://orders.dev/dex/callback
- type: oidc
  id: google
  name: Google
  config:
    issuer: https://google.dev
    clientID: id-google
    clientSecret: s3cr3t-google
    redirectURI: http://127.0.0.1:5556/callback
`,
    gives: [
      'ready id-orders authorization_code orders.dev secret',
      'ready id-orders-cli authorization_code orders.dev',
      'open - authorization_code orders.dev',
      'ready id-github authorization_code github.com secret',
      'ready id-google authorization_code google.dev secret',
    ],
  },
  {
    name: 'curl with its arguments in an array',
    fileName: 'x.sh',
    text: `#!/bin/bash
ARGS=(
  -X POST
  -d "grant_type=client_credentials"
  -d "client_id=id-orders"
  -d "client_secret=s3cr3t-orders"
)
curl "\${ARGS[@]}" https://orders.dev/token
`,
    gives: ['ready id-orders client_credentials orders.dev secret'],
  },
  {
    name: 'a batch file without its name',
    text: `@echo off
set CLIENT_ID=id-orders
set CLIENT_SECRET=s3cr3t-orders
curl -X POST https://orders.dev/token ^
  -d "grant_type=client_credentials" ^
  -d "client_id=%CLIENT_ID%" ^
  -d "client_secret=%CLIENT_SECRET%"
`,
    gives: ['ready id-orders client_credentials orders.dev secret'],
  },
  {
    name: 'two .env files in one text',
    text: `# .env.dev
CLIENT_ID=id-orders
CLIENT_SECRET=s3cr3t-orders
TOKEN_URL=https://orders.dev/token

# .env.prod
CLIENT_ID=id-billing
CLIENT_SECRET=s3cr3t-billing
TOKEN_URL=https://billing.dev/token
`,
    gives: [
      'ready id-orders client_credentials orders.dev secret',
      'ready id-billing client_credentials billing.dev secret',
    ],
  },
  {
    name: 'Apicize: a workbook',
    fileName: 'x.apicize',
    text: `{"version":1.0,"requests":[{"id":"r1","name":"req","test":"","url":"https://x","method":"GET","selectedAuthorization":{"id":"a1","name":"Auth"}}],"authorizations":[{"type":"OAuth2Client","id":"a1","name":"Auth","accessTokenUrl":"https://orders.dev/token","audience":"a","clientId":"id-orders","clientSecret":"s3cr3t-orders","scope":"x","sendCredentialsInBody":true},{"type":"OAuth2Pkce","id":"a2","name":"Pk","authorizeUrl":"https://billing.dev/authorize","accessTokenUrl":"https://billing.dev/token","clientId":"id-billing","scope":"y"}]}
`,
    gives: [
      'ready id-orders client_credentials orders.dev secret',
      'ready id-billing authorization_code billing.dev',
    ],
    fields: [{ clientAuthentication: 'client_secret_post' }, { clientAuthentication: 'none' }],
  },
  {
    name: 'two .env files in one text, of which one lacks a secret',
    text: `CLIENT_ID=id-orders
CLIENT_SECRET=s3cr3t-orders
TOKEN_URL=https://orders.dev/token

CLIENT_ID=id-billing
TOKEN_URL=https://billing.dev/token
`,
    gives: [],
    says: [/two values for CLIENT_ID/],
  },
  {
    name: 'two .env files in one text, of which one has no server',
    text: `CLIENT_ID=id-orders
CLIENT_SECRET=s3cr3t-orders

CLIENT_ID=id-billing
CLIENT_SECRET=s3cr3t-billing
TOKEN_URL=https://billing.dev/token
`,
    gives: [],
    says: [/two values for CLIENT_ID/],
  },
  {
    name: 'two environments, of which one has a server of its own',
    fileName: '.env',
    text: `TOKEN_URL=https://orders.dev/token
DEV_CLIENT_ID=id-billing-dev
DEV_CLIENT_SECRET=s3cr3t-billing-dev
DEV_TOKEN_URL=https://billing.dev/token
PROD_CLIENT_ID=id-crm
PROD_CLIENT_SECRET=s3cr3t-crm
`,
    gives: ['ready id-billing-dev client_credentials billing.dev secret'],
    says: [/“PROD” has a client and a secret, but no server/],
  },
  {
    name: 'one server, and clients that are called by other words',
    fileName: '.env',
    text: `TOKEN_URL=https://orders.dev/token
STRIPE_CLIENT_ID=id-stripe
STRIPE_CLIENT_SECRET=s3cr3t-stripe
`,
    gives: ['open id-stripe client_credentials - secret'],
  },
  {
    name: 'Microsoft.Identity.Web: a certificate, and what a managed identity signs',
    fileName: 'appsettings.json',
    text: `{
  "AzureAd": {
    "TenantId": "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee",
    "ClientId": "id-login-a",
    "ClientCredentials": [{ "SourceType": "KeyVault", "KeyVaultCertificateName": "c" }]
  },
  "EntraId": {
    "TenantId": "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee",
    "ClientId": "id-login-b",
    "ClientCredentials": [
      { "SourceType": "SignedAssertionFromManagedIdentity", "ManagedIdentityClientId": "LEAK" }
    ]
  }
}
`,
    gives: [
      'ready id-login-a client_credentials login.microsoftonline.com',
      'open id-login-b client_credentials login.microsoftonline.com',
    ],
    fields: [{ clientAuthentication: 'private_key_jwt' }, { clientAuthentication: 'federated_assertion' }],
    says: [/SignedAssertionFromManagedIdentity/],
  },
  {
    name: 'Quarkus: a token path that is a whole address',
    fileName: 'application.properties',
    text: `quarkus.oidc-client.orders.auth-server-url=https://orders.dev
quarkus.oidc-client.orders.client-id=id-orders
quarkus.oidc-client.orders.credentials.secret=s3cr3t-orders
quarkus.oidc-client.billing.token-path=https://billing.dev/token
quarkus.oidc-client.billing.client-id=id-billing
`,
    gives: [
      'ready id-orders client_credentials orders.dev secret',
      'ready id-billing client_credentials billing.dev',
    ],
  },
];
