import type { ForeignFile } from './foreignFile.ts';

const tenant = '11111111-2222-3333-4444-555555555555';

/** Settings of frameworks and of servers: Spring, ASP.NET, Keycloak, Quarkus, MSAL, Auth0, Supabase, Django. */
export const frameworks: readonly ForeignFile[] = [
  {
    name: 'Keycloak: a realm export with every kind of client',
    fileName: 'realm-export.json',
    text: JSON.stringify({
      id: 'r',
      realm: 'shop',
      attributes: { frontendUrl: 'https://orders.example' },
      clients: [
        {
          clientId: 'id-orders',
          enabled: true,
          publicClient: false,
          secret: 's3cr3t-orders',
          clientAuthenticatorType: 'client-secret',
          standardFlowEnabled: false,
          serviceAccountsEnabled: true,
          protocol: 'openid-connect',
        },
        {
          clientId: 'id-orders-web',
          enabled: true,
          publicClient: true,
          standardFlowEnabled: true,
          serviceAccountsEnabled: false,
          redirectUris: ['https://web/*', 'http://localhost:3000/cb'],
          defaultClientScopes: ['profile', 'email'],
          protocol: 'openid-connect',
        },
        { clientId: 'id-off', enabled: false, secret: 's3cr3t-off', serviceAccountsEnabled: true },
        { clientId: 'id-checks', enabled: true, bearerOnly: true },
        { clientId: 'id-saml', enabled: true, protocol: 'saml' },
        {
          clientId: 'account',
          enabled: true,
          publicClient: true,
          standardFlowEnabled: true,
          baseUrl: '/realms/shop/account/',
        },
        {
          clientId: 'id-orders-hidden',
          enabled: true,
          secret: '**********',
          serviceAccountsEnabled: true,
          standardFlowEnabled: false,
          protocol: 'openid-connect',
        },
      ],
    }),
    gives: [
      'ready id-orders client_credentials orders.example secret',
      'ready id-orders-web authorization_code orders.example',
      'open id-orders-hidden client_credentials orders.example',
    ],
    says: [/id-off.*switched off/, /id-checks/, /id-saml.*SAML/i],
  },
  {
    name: 'Keycloak: a realm export without an address',
    text: JSON.stringify({
      realm: 'shop',
      clients: [
        {
          clientId: 'id-a',
          secret: 's3cr3t-a',
          enabled: true,
          serviceAccountsEnabled: true,
          standardFlowEnabled: false,
        },
        {
          clientId: 'id-b',
          secret: 's3cr3t-b',
          enabled: true,
          serviceAccountsEnabled: true,
          standardFlowEnabled: false,
        },
      ],
    }),
    gives: ['open id-a client_credentials - secret', 'open id-b client_credentials - secret'],
    says: [/realm/],
  },
  {
    name: 'Keycloak: one client’s own export',
    text: JSON.stringify({
      clientId: 'id-orders',
      enabled: true,
      secret: 's3cr3t-orders',
      publicClient: false,
      standardFlowEnabled: true,
      serviceAccountsEnabled: false,
      redirectUris: ['http://127.0.0.1/callback'],
      protocol: 'openid-connect',
    }),
    gives: ['open id-orders authorization_code - secret'],
  },
  {
    name: 'Spring: only providers',
    fileName: 'application.yml',
    text: `spring:
  security:
    oauth2:
      client:
        provider:
          orders: { issuer-uri: https://orders.example }
          billing:
            token-uri: https://billing.example/token
            authorization-uri: https://billing.example/authorize
`,
    gives: ['open - authorization_code orders.example', 'open - authorization_code billing.example'],
    says: [/clientId/],
  },
  {
    name: 'Spring: three documents, of which two are profiles of the same registration',
    fileName: 'application.yaml',
    text: `spring.application.name: shop
---
spring:
  config.activate.on-profile: dev
  security.oauth2.client:
    registration:
      api:
        client-id: id-dev
        client-secret: s3cr3t-dev
        authorization-grant-type: client_credentials
        provider: own
    provider.own.token-uri: https://dev.example/token
---
spring:
  config.activate.on-profile: prod
  security.oauth2.client:
    registration:
      api:
        client-id: id-prod
        client-secret: \${PROD_SECRET}
        authorization-grant-type: client_credentials
        provider: own
    provider.own.token-uri: https://prod.example/token
`,
    gives: [
      'ready id-dev client_credentials dev.example secret',
      'open id-prod client_credentials prod.example',
    ],
    says: [/PROD_SECRET/],
  },
  {
    name: 'Spring: .properties with continued lines, colons and a comment',
    fileName: 'application.properties',
    text: `# spring.security.oauth2.client.registration.api.client-secret=LEAK-old
! another comment
spring.security.oauth2.client.registration.api.client-id = id-orders
spring.security.oauth2.client.registration.api.client-secret: s3cr3t-\\
    orders
spring.security.oauth2.client.registration.api.authorization-grant-type=client_credentials
spring.security.oauth2.client.provider.api.token-uri=https\\://orders.example/token
spring.security.oauth2.client.registration.web.client-id=id-web
spring.security.oauth2.client.provider.web.issuer-uri=https://web.example
`,
    gives: [
      'ready id-orders client_credentials orders.example secret',
      'ready id-web authorization_code web.example',
    ],
  },
  {
    name: 'Spring: .properties in which a name stands twice',
    fileName: 'application-dev.properties',
    text: `spring.security.oauth2.client.registration.api.client-id=id-one
spring.security.oauth2.client.registration.api.client-secret=s3cr3t-one
spring.security.oauth2.client.registration.api.client-id=id-two
spring.security.oauth2.client.registration.api.authorization-grant-type=client_credentials
spring.security.oauth2.client.provider.api.token-uri=https://two.example/token
`,
    gives: ['open - client_credentials two.example'],
    says: [/two values/, /whose it is cannot be known/],
  },
  {
    name: 'Quarkus: clients by name in .properties',
    fileName: 'application.properties',
    text: `quarkus.oidc.auth-server-url=https://web.example/realms/r
quarkus.oidc.client-id=id-web
quarkus.oidc-client.orders.auth-server-url=https://orders.example/realms/r
quarkus.oidc-client.orders.client-id=id-orders
quarkus.oidc-client.orders.credentials.secret=s3cr3t-orders
%prod.quarkus.oidc-client.orders.client-id=id-prod
%prod.quarkus.oidc-client.orders.credentials.secret=s3cr3t-prod
%prod.quarkus.oidc-client.orders.auth-server-url=https://prod.example/realms/r
`,
    gives: [
      'ready id-web client_credentials web.example',
      'ready id-orders client_credentials orders.example secret',
      'ready id-prod client_credentials prod.example secret',
    ],
  },
  {
    name: 'ASP.NET: Authentication:Schemes with two schemes, Google beside them',
    fileName: 'appsettings.Development.json',
    text: `{
  "Logging": { "LogLevel": { "Default": "Information" } },
  "Authentication": {
    "Schemes": {
      "Orders": { "Authority": "https://orders.example", "ClientId": "id-orders", "ClientSecret": "s3cr3t-orders", "ResponseType": "code", "CallbackPath": "/signin-oidc" },
      "Billing": { "Authority": "https://billing.example", "ClientId": "id-billing" },
      "Bearer": { "ValidAudiences": ["http://localhost:5000"], "ValidIssuer": "dotnet-user-jwts" }
    },
    "Google": { "ClientId": "id-accounts.google", "ClientSecret": "s3cr3t-accounts.google" }
  }
}`,
    gives: [
      'ready id-orders authorization_code orders.example secret',
      'ready id-billing client_credentials billing.example',
      'ready id-accounts.google authorization_code accounts.google.com secret',
    ],
    says: [/Google/],
  },
  {
    name: 'Entra: appsettings with two directories and one of a customer',
    fileName: 'appsettings.json',
    text: JSON.stringify({
      AzureAd: {
        Instance: 'https://login.microsoftonline.com/',
        TenantId: tenant,
        ClientId: 'id-login.microsoftonline',
        ClientSecret: 's3cr3t-login.microsoftonline',
      },
      AzureAdB2C: {
        Instance: 'https://shop.b2clogin.com',
        Domain: 'shop.onmicrosoft.com',
        SignUpSignInPolicyId: 'B2C_1_si',
        ClientId: 'id-shop',
      },
    }),
    gives: [
      'ready id-login.microsoftonline client_credentials login.microsoftonline.com secret',
      'ready id-shop authorization_code shop.b2clogin.com',
    ],
  },
  {
    name: 'MSAL.js: authority without /v2.0',
    fileName: 'authConfig.json',
    text: JSON.stringify({
      auth: {
        clientId: 'id-login',
        authority: `https://login.microsoftonline.com/${tenant}`,
        redirectUri: 'http://localhost:3000',
      },
    }),
    gives: ['ready id-login authorization_code login.microsoftonline.com'],
  },
  {
    name: 'MSAL for Python: parameters.json with common',
    text: JSON.stringify({
      authority: 'https://login.microsoftonline.com/common',
      client_id: 'id-login',
      scope: ['https://graph.microsoft.com/.default'],
      secret: 's3cr3t-login',
    }),
    gives: ['ready id-login client_credentials login.microsoftonline.com secret'],
  },
  {
    name: 'Azure SDK: AZURE_ variables',
    fileName: '.env',
    text: `AZURE_TENANT_ID=${tenant}
AZURE_CLIENT_ID=id-login
AZURE_CLIENT_SECRET=s3cr3t-login
`,
    gives: ['ready id-login client_credentials login.microsoftonline.com secret'],
  },
  {
    name: 'Terraform: ARM_ variables and another client',
    fileName: '.env',
    text: `ARM_TENANT_ID=${tenant}
ARM_CLIENT_ID=id-login
ARM_CLIENT_SECRET=s3cr3t-login
ARM_SUBSCRIPTION_ID=x
ORDERS_CLIENT_ID=id-orders
ORDERS_TOKEN_URL=https://orders.example/token
`,
    gives: [
      'ready id-login client_credentials login.microsoftonline.com secret',
      'ready id-orders client_credentials orders.example',
    ],
  },
  {
    name: 'Auth0: names of its quick starts',
    fileName: '.env',
    text: `AUTH0_DOMAIN='orders.example'
AUTH0_CLIENT_ID='id-orders'
AUTH0_CLIENT_SECRET='s3cr3t-orders'
AUTH0_AUDIENCE=https://api
AUTH0_SECRET='LEAK-session'
APP_BASE_URL=http://localhost:3000
`,
    gives: ['ready id-orders client_credentials orders.example secret'],
  },
  {
    name: 'Okta: names of its samples',
    fileName: '.okta.env',
    text: `export OKTA_OAUTH2_ISSUER="https://orders.example/oauth2/default"
export OKTA_OAUTH2_CLIENT_ID="id-orders"
export OKTA_OAUTH2_CLIENT_SECRET="s3cr3t-orders"
`,
    gives: ['ready id-orders client_credentials orders.example secret'],
  },
  {
    name: 'Supabase: providers in config.toml, one switched off',
    fileName: 'config.toml',
    text: `project_id = "shop"
[auth.external.apple]
enabled = false
client_id = "id-off"
secret = "s3cr3t-off"
[auth.external.keycloak]
enabled = true
client_id = "id-orders"
client_secret = "env(KEYCLOAK_SECRET)"
url = "https://orders.example/realms/r"
`,
    gives: ['open id-orders client_credentials orders.example'],
    says: [/KEYCLOAK_SECRET/],
  },
  {
    name: 'Ory: a Hydra client as its CLI prints it',
    text: JSON.stringify({
      client_id: 'id-orders',
      client_secret: 's3cr3t-orders',
      client_name: 'Orders',
      grant_types: ['client_credentials'],
      token_endpoint_auth_method: 'client_secret_post',
      scope: 'a b',
      registration_client_uri: 'https://orders.example/oauth2/register/',
    }),
    gives: ['open id-orders client_credentials - secret'],
  },
  {
    name: 'Grafana: generic OAuth beside GitHub in an INI file with colons',
    fileName: 'grafana.ini',
    text: `[auth.github]
enabled = false
client_id = id-off
client_secret = s3cr3t-off
auth_url = https://off.example/authorize
token_url = https://off.example/token
;token_url = https://LEAK.example

[auth.generic_oauth]
enabled : true
client_id : id-orders
client_secret : s3cr3t-orders
auth_url : https://orders.example/authorize
token_url : https://orders.example/token
`,
    gives: ['ready id-orders authorization_code orders.example secret'],
    says: [/auth\.github.*switched off/],
  },
  {
    name: 'OmniAuth: YAML with anchors for each environment',
    fileName: 'oauth.yml',
    text: `default: &default
  scope: read
development:
  <<: *default
  client_id: id-dev
  client_secret: s3cr3t-dev
  token_url: https://dev.example/token
production:
  <<: *default
  client_id: id-prod
  client_secret: <%= ENV["SECRET"] %>
  token_url: https://prod.example/token
`,
    gives: [
      'ready id-dev client_credentials dev.example secret',
      'open id-prod client_credentials prod.example',
    ],
    says: [/ENV/],
  },
];
