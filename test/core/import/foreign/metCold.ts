import type { ForeignFile } from './foreignFile.ts';

/** Kinds of files that public repositories hold, met by somebody who had not read the readers; with names of our own. */
export const metCold: readonly ForeignFile[] = [
  {
    name: 'express-openid-connect in a program: the secret signs cookies',
    fileName: 'server.js',
    text: `const { auth } = require('express-openid-connect');
const config = {
  authRequired: false,
  auth0Logout: true,
  secret: 'LEAK',
  baseURL: 'http://localhost:5000',
  clientID: 'id-shop',
  issuerBaseURL: 'https://shop.eu.auth0.com'
};
app.use(auth(config));
`,
    gives: ['ready id-shop authorization_code shop.eu.auth0.com'],
    says: [/secret may be the client’s secret; it was not taken/],
  },
  {
    name: 'nextjs-auth0 in a program: two secrets, of which one is the client’s',
    fileName: 'auth0.ts',
    text: `export const auth0 = new Auth0Client({
  domain: 'shop.eu.auth0.com',
  clientId: 'id-shop',
  clientSecret: 's3cr3t-shop',
  appBaseUrl: 'http://localhost:3000',
  secret: 'LEAK',
});
`,
    gives: ['ready id-shop client_credentials shop.eu.auth0.com secret'],
  },
  {
    name: 'YAML: the secret of an application’s sessions',
    fileName: 'config.yaml',
    text: `auth:
  clientID: id-shop
  issuerBaseURL: https://shop.dev
  baseURL: http://localhost:3000
  secret: LEAK
`,
    gives: ['ready id-shop authorization_code shop.dev'],
    says: [/secret may be the client’s secret; it was not taken/],
  },
  {
    name: 'an API with its base address: the secret is the client’s, since a token endpoint stands beside it',
    fileName: 'config.json',
    text: '{"baseUrl":"https://api.orders.dev","tokenUrl":"https://orders.dev/token","clientId":"id-orders","secret":"s3cr3t-orders"}',
    gives: ['ready id-orders client_credentials orders.dev secret'],
  },
  {
    name: 'appsettings.json: only the directory is a placeholder',
    fileName: 'appsettings.json',
    text: `{ "AzureAd": { "Instance": "https://login.microsoftonline.com/", "TenantId": "__TENANT_ID__",
  "ClientId": "id-microsoft", "ClientSecret": "s3cr3t-microsoft" } }`,
    gives: ['open id-microsoft client_credentials - secret'],
    says: [/tokenEndpoint holds the placeholder __TENANT_ID__/],
  },
  {
    name: 'variables: a client that only refreshes',
    fileName: '.env',
    text: `ORDERS_CLIENT_ID=id-orders
ORDERS_CLIENT_SECRET=s3cr3t-orders
ORDERS_REFRESH_TOKEN=LEAK
ORDERS_TOKEN_URL=https://accounts.orders.dev/oauth/v2/token
`,
    gives: ['ready id-orders refresh_token accounts.orders.dev secret'],
    says: [/The refresh token was left out: it is asked for here/],
  },
  {
    name: 'variables: the same, each called OAuth’s',
    fileName: '.env',
    text: `ORDERS_OAUTH_CLIENT_ID=id-orders
ORDERS_OAUTH_CLIENT_SECRET=s3cr3t-orders
ORDERS_OAUTH_REFRESH_TOKEN=LEAK
ORDERS_OAUTH_TOKEN_URL=https://accounts.orders.dev/token
`,
    gives: ['ready id-orders refresh_token accounts.orders.dev secret'],
  },
  {
    name: 'Auth.js: a client of the application’s own beside a provider',
    fileName: '.env',
    text: `AUTH_SECRET=LEAK
NEXTAUTH_URL=http://localhost:3000
ORDERS_CLIENT_ID=id-orders
ORDERS_CLIENT_SECRET=s3cr3t-orders
ORDERS_TOKEN_URL=https://orders.dev/token
AUTH_GITHUB_ID=id-github
AUTH_GITHUB_SECRET=s3cr3t-github
`,
    gives: [
      'ready id-github authorization_code github.com secret',
      'ready id-orders client_credentials orders.dev secret',
    ],
  },
  {
    name: 'a registration answer with the head of its response',
    fileName: 'answer.txt',
    text: `HTTP/1.1 201 Created
Content-Type: application/json

{
  "client_id": "id-orders",
  "client_name": "Orders",
  "redirect_uris": ["http://localhost:8765/callback"],
  "token_endpoint_auth_method": "none",
  "grant_types": ["authorization_code", "refresh_token"],
  "registration_client_uri": "https://orders.dev/clients/id-orders",
  "registration_access_token": "LEAK"
}
`,
    gives: ['open id-orders authorization_code -'],
    says: [/The registration access token was left out/],
  },
  {
    name: 'Micronaut as properties: in which place the secret is sent',
    fileName: 'application.properties',
    text: `micronaut.security.oauth2.clients.orders.authorization.url=https://orders.dev/authorize
micronaut.security.oauth2.clients.orders.token.url=https://orders.dev/token
micronaut.security.oauth2.clients.orders.token.authentication-method=magic
micronaut.security.oauth2.clients.orders.client-id=id-orders
micronaut.security.oauth2.clients.orders.client-secret=s3cr3t-orders
`,
    gives: ['open id-orders authorization_code orders.dev'],
    says: [/magic/],
  },
  {
    name: 'PowerShell: names in other letters, and a value that a command gives',
    fileName: 'demo.ps1',
    text: `$ClientID = "id-orders"
$body = @{
    Grant_Type    = "client_credentials"
    Scope         = Get-Content scope.txt
    Client_Id     = $clientId
    Client_Secret = 's3cr3t-orders'
}
Invoke-RestMethod -Uri "https://orders.dev/token" -Method POST -Body $body
`,
    gives: ['open id-orders client_credentials orders.dev secret'],
    says: [/scopes holds the placeholder Get-Content/],
  },
  {
    name: 'a script of bash: what another command gives, then a token request',
    fileName: 'setup.sh',
    text: `CLIENT_ID=$(grep '^ORDERS_CLIENT_ID=' .env | cut -d= -f2-)
if [ -z "$CLIENT_ID" ]; then exit 1; fi
TOKEN_RESP=$(curl -fsS -X POST 'https://orders.dev/token/' \\
    --data-urlencode "grant_type=client_credentials" \\
    --data-urlencode "client_id=$CLIENT_ID" \\
    --data-urlencode "client_secret=s3cr3t-orders" \\
    --data-urlencode "scope=read")
`,
    gives: ['open - client_credentials orders.dev secret'],
  },
  {
    name: 'a batch file: its variables, another command of curl, then a token request',
    fileName: 'token.bat',
    text: `@echo off
setlocal enabledelayedexpansion
set BASE_URL=https://orders.dev
curl -s "%BASE_URL%/info"
curl -s -X POST "%BASE_URL%/oauth/token" ^
  -d "grant_type=client_credentials" ^
  -d "client_id=id-orders" ^
  -d "client_secret=s3cr3t-orders" > answer.json
`,
    gives: ['ready id-orders client_credentials orders.dev secret'],
  },
  {
    name: 'variables of a program in the browser: no secret can be kept there',
    fileName: '.env',
    text: `VITE_AUTH0_DOMAIN=shop.eu.auth0.com
VITE_AUTH0_CLIENT_ID=id-shop
SESSION_SECRET=LEAK
`,
    gives: ['ready id-shop authorization_code shop.eu.auth0.com'],
  },
  {
    name: 'JavaScript: one client for each environment, in the branches of a function',
    fileName: 'keycloak.js',
    text: `const configOf = () => {
  if (process.env.STAGE === "dev") {
    return { realm: "dev", "auth-server-url": "https://dev.shop/auth/", resource: "id-dev", "public-client": true };
  } else if (process.env.STAGE === "test") {
    return { realm: "test", "auth-server-url": "https://test.shop/auth/", resource: "id-test", credentials: { secret: "s3cr3t-test" } };
  }
};
`,
    gives: ['ready id-dev authorization_code dev.shop', 'ready id-test client_credentials test.shop secret'],
  },
  {
    name: 'JavaScript: one of two clients, and calls in a row',
    fileName: 'auth.js',
    text: `const config = isProduction
  ? { clientId: 'id-shop', clientSecret: 's3cr3t-shop', tokenUrl: 'https://shop.dev/token' }
  : { clientId: 'id-test', clientSecret: 's3cr3t-test', tokenUrl: 'https://test.dev/token' };
passport
  .use(new OAuth2Strategy({ clientID: 'id-orders', clientSecret: 's3cr3t-orders', tokenURL: 'https://orders.dev/token' }, done))
  .use(new OAuth2Strategy({ clientID: 'id-mail', clientSecret: 's3cr3t-mail', tokenURL: 'https://mail.dev/token' }, done));
`,
    gives: [
      'ready id-shop client_credentials shop.dev secret',
      'ready id-test client_credentials test.dev secret',
      'ready id-orders client_credentials orders.dev secret',
      'ready id-mail client_credentials mail.dev secret',
    ],
  },
  {
    name: 'Terraform: the domain of Auth0 in small letters',
    fileName: 'prod.tfvars',
    text: 'auth0_domain = "shop.auth0.com"\nauth0_client_id = "id-shop"\nauth0_client_secret = "s3cr3t-shop"\n',
    gives: ['ready id-shop client_credentials shop.auth0.com secret'],
  },
  {
    name: 'Spring Boot: a piece of its configuration, as pages show it',
    fileName: 'application.yml',
    text: `  security:
    oauth2:
      client:
        registration:
          orders:
            client-id: id-orders
            client-secret: s3cr3t-orders
            authorization-grant-type: client_credentials
            provider: server
        provider:
          server:
            issuer-uri: https://orders.dev
      resourceserver:
        jwt:
          issuer-uri: https://orders.dev
`,
    gives: ['ready id-orders client_credentials orders.dev secret'],
  },
  {
    name: 'nextjs-auth0: the secret of its cookies and no other',
    fileName: '.env.local',
    text: 'AUTH0_DOMAIN=shop.eu.auth0.com\nAUTH0_CLIENT_ID=id-shop\nAUTH0_SECRET=LEAK\nAPP_BASE_URL=http://localhost:3000\n',
    gives: ['ready id-shop authorization_code shop.eu.auth0.com'],
    says: [/AUTH0_SECRET may be the client’s secret; it was not taken/],
  },
  {
    name: 'a batch file: a client for each stage, but one secret, which may be of either',
    fileName: 'token.bat',
    text: `set CLIENT_ID=id-orders
set CLIENT_SECRET=s3cr3t-orders
if "%1"=="prod" (
  set CLIENT_ID=id-shop
)
curl -X POST https://orders.dev/token -d grant_type=client_credentials -d client_id=%CLIENT_ID% -d client_secret=%CLIENT_SECRET%
`,
    gives: ['open - client_credentials orders.dev'],
    says: [/There are 2 values for clientId/, /The secret was not taken either: whose it is cannot be known/],
  },
  {
    name: 'a page with a command and a piece of YAML: each holds a client',
    fileName: 'README.md',
    text: `\`\`\`bash
curl -X POST https://orders.dev/token -d grant_type=client_credentials -d client_id=id-orders -d client_secret=s3cr3t-orders
\`\`\`
\`\`\`json
{ "access_token": "LEAK", "token_type": "Bearer" }
\`\`\`
\`\`\`yaml
spring:
  security:
    oauth2:
      client:
        registration:
          shop:
            client-id: id-shop
            client-secret: s3cr3t-shop
            authorization-grant-type: client_credentials
        provider:
          shop:
            issuer-uri: https://shop.dev
\`\`\`
\`\`\`json
{ "client_id": "id-orders", "client_secret": "s3cr3t-orders", "token_url": "https://orders.dev/token" }
\`\`\`
`,
    gives: [
      'ready id-orders client_credentials orders.dev secret',
      'ready id-shop client_credentials shop.dev secret',
    ],
  },
];
