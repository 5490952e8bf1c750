import type { ForeignFile } from './foreignFile.ts';

/** Names of variables as more makers and tools write them. */
export const strangeVariables: readonly ForeignFile[] = [
  {
    name: 'Ory Network .env',
    fileName: '.env',
    text: `ORY_SDK_URL=https://ory-slug.projects.oryapis.com
ORY_CLIENT_ID=id-ory
ORY_CLIENT_SECRET=s3cr3t-ory
`,
    gives: ['ready id-ory client_credentials ory-slug.projects.oryapis.com secret'],
  },
  {
    name: 'Ory Hydra',
    fileName: '.env',
    text: `HYDRA_PUBLIC_URL=https://hydra.ory.example
HYDRA_ADMIN_URL=https://admin.ory.example
OAUTH2_CLIENT_ID=id-ory
OAUTH2_CLIENT_SECRET=s3cr3t-ory
`,
    gives: ['open id-ory client_credentials - secret'],
  },
  {
    name: 'Clerk .env',
    fileName: '.env.local',
    text: `NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY=pk_test_Y2xlcmsuZXhhbXBsZS5jb20k
CLERK_SECRET_KEY=sk_test_LEAK
CLERK_OAUTH_CLIENT_ID=id-clerk
CLERK_OAUTH_CLIENT_SECRET=s3cr3t-clerk
CLERK_FRONTEND_API_URL=https://verb.clerk.accounts.dev
`,
    gives: ['ready id-clerk client_credentials verb.clerk.accounts.dev secret'],
  },
  {
    name: 'Okta .okta.env',
    fileName: '.okta.env',
    text: `export OKTA_OAUTH2_ISSUER="https://dev-1.okta.example/oauth2/default"
export OKTA_OAUTH2_CLIENT_ID="id-okta"
export OKTA_OAUTH2_CLIENT_SECRET="s3cr3t-okta"
`,
    gives: ['ready id-okta client_credentials dev-1.okta.example secret'],
  },
  {
    name: 'Okta props',
    fileName: 'application.properties',
    text: `okta.oauth2.issuer=https://dev-1.okta.example/oauth2/default
okta.oauth2.client-id=id-okta
okta.oauth2.client-secret=s3cr3t-okta
okta.oauth2.scopes=openid,profile
`,
    gives: ['ready id-okta authorization_code dev-1.okta.example secret'],
  },
  {
    name: 'WorkOS',
    fileName: '.env',
    text: `WORKOS_API_KEY=sk_LEAK
WORKOS_CLIENT_ID=id-workos
WORKOS_REDIRECT_URI=http://localhost:3000/callback
`,
    gives: ['open id-workos authorization_code -'],
  },
  {
    name: 'Cognito .env',
    fileName: '.env',
    text: `COGNITO_CLIENT_ID=id-cognito
COGNITO_CLIENT_SECRET=s3cr3t-cognito
COGNITO_ISSUER=https://cognito-idp.eu-west-1.cognito.example/eu-west-1_X
`,
    gives: ['ready id-cognito client_credentials cognito-idp.eu-west-1.cognito.example secret'],
  },
  {
    name: 'Cognito domain',
    fileName: '.env',
    text: `COGNITO_DOMAIN=https://cognito.auth.eu-west-1.example
COGNITO_CLIENT_ID=id-cognito
COGNITO_CLIENT_SECRET=s3cr3t-cognito
COGNITO_USER_POOL_ID=eu-west-1_X
`,
    gives: ['ready id-cognito client_credentials cognito-idp.eu-west-1.amazonaws.com secret'],
  },
  {
    name: 'Keycloak env',
    fileName: '.env',
    text: `KEYCLOAK_URL=https://keycloak.example
KEYCLOAK_REALM=shop
KEYCLOAK_CLIENT_ID=id-keycloak
KEYCLOAK_CLIENT_SECRET=s3cr3t-keycloak
`,
    gives: ['ready id-keycloak client_credentials keycloak.example secret'],
  },
  {
    name: 'Keycloak auth server url env',
    fileName: '.env',
    text: `KEYCLOAK_AUTH_SERVER_URL=https://keycloak.example/auth
KEYCLOAK_REALM=shop
KEYCLOAK_RESOURCE=id-keycloak
KEYCLOAK_CREDENTIALS_SECRET=s3cr3t-keycloak
`,
    gives: ['ready id-keycloak client_credentials keycloak.example secret'],
  },
  {
    name: 'Quarkus properties',
    fileName: 'application.properties',
    text: `quarkus.oidc.auth-server-url=https://kc.orders.example/realms/q
quarkus.oidc.client-id=id-orders
quarkus.oidc.credentials.secret=s3cr3t-orders
%dev.quarkus.oidc.client-id=id-dev
quarkus.oidc-client.auth-server-url=https://kc.billing.example/realms/q
quarkus.oidc-client.client-id=id-billing
quarkus.oidc-client.credentials.secret=s3cr3t-billing
`,
    gives: [
      'ready id-orders client_credentials kc.orders.example secret',
      'ready id-billing client_credentials kc.billing.example secret',
    ],
  },
  {
    name: 'Quarkus named',
    fileName: 'application.properties',
    text: `quarkus.oidc-client.orders.auth-server-url=https://kc.orders.example/realms/q
quarkus.oidc-client.orders.client-id=id-orders
quarkus.oidc-client.orders.credentials.secret=s3cr3t-orders
quarkus.oidc-client.billing.auth-server-url=https://kc.billing.example/realms/q
quarkus.oidc-client.billing.client-id=id-billing
quarkus.oidc-client.billing.credentials.client-secret.value=s3cr3t-billing
`,
    gives: [
      'ready id-orders client_credentials kc.orders.example secret',
      'ready id-billing client_credentials kc.billing.example secret',
    ],
  },
  {
    name: 'Spring properties split',
    fileName: 'application.properties',
    text: `spring.security.oauth2.client.registration.orders.client-id=id-orders
spring.security.oauth2.client.registration.orders.client-secret=s3cr3t-\\
    orders
spring.security.oauth2.client.registration.orders.authorization-grant-type=client_credentials
spring.security.oauth2.client.provider.orders.token-uri=https\\://orders.example/token
`,
    gives: ['ready id-orders client_credentials orders.example secret'],
  },
  {
    name: 'Spring env names',
    fileName: '.env',
    text: `SPRING_SECURITY_OAUTH2_CLIENT_REGISTRATION_ORDERS_CLIENT_ID=id-orders
SPRING_SECURITY_OAUTH2_CLIENT_REGISTRATION_ORDERS_CLIENT_SECRET=s3cr3t-orders
SPRING_SECURITY_OAUTH2_CLIENT_PROVIDER_ORDERS_TOKEN_URI=https://orders.example/token
`,
    gives: ['ready id-orders client_credentials orders.example secret'],
  },
  {
    name: 'MSAL no v2',
    fileName: '.env',
    text: `AUTHORITY=https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555
CLIENT_ID=id-login
CLIENT_SECRET=s3cr3t-login
SCOPE=https://graph.microsoft.com/.default
`,
    gives: ['ready id-login client_credentials login.microsoftonline.com secret'],
  },
  {
    name: 'MSAL cloud instance',
    fileName: '.env',
    text: `CLOUD_INSTANCE=https://login.microsoftonline.com/
TENANT_ID=11111111-2222-3333-4444-555555555555
CLIENT_ID=id-login
CLIENT_SECRET=s3cr3t-login
`,
    gives: ['open id-login client_credentials - secret'],
  },
  {
    name: 'B2C authority',
    fileName: '.env',
    text: `AUTHORITY=https://orders.b2clogin.com/orders.onmicrosoft.com/B2C_1_signin
CLIENT_ID=id-orders
`,
    gives: ['ready id-orders authorization_code orders.b2clogin.com'],
  },
  {
    name: 'grafana env',
    fileName: '.env',
    text: `GF_AUTH_GENERIC_OAUTH_CLIENT_ID=id-orders
GF_AUTH_GENERIC_OAUTH_CLIENT_SECRET=s3cr3t-orders
GF_AUTH_GENERIC_OAUTH_AUTH_URL=https://orders.example/auth
GF_AUTH_GENERIC_OAUTH_TOKEN_URL=https://orders.example/token
`,
    gives: ['ready id-orders authorization_code orders.example secret'],
  },
  {
    name: 'Vercel authjs v5',
    fileName: '.env.local',
    text: `AUTH_SECRET=LEAK
AUTH_KEYCLOAK_ID=id-keycloak
AUTH_KEYCLOAK_SECRET=s3cr3t-keycloak
AUTH_KEYCLOAK_ISSUER=https://keycloak.example/realms/x
AUTH_MICROSOFT_ENTRA_ID_ID=id-login
AUTH_MICROSOFT_ENTRA_ID_SECRET=s3cr3t-login
AUTH_MICROSOFT_ENTRA_ID_ISSUER=https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0/
`,
    gives: [
      'ready id-keycloak authorization_code keycloak.example secret',
      'ready id-login authorization_code login.microsoftonline.com secret',
    ],
  },
  {
    name: 'Supabase',
    fileName: '.env',
    text: `SUPABASE_AUTH_EXTERNAL_GITHUB_CLIENT_ID=id-github
SUPABASE_AUTH_EXTERNAL_GITHUB_SECRET=s3cr3t-github
`,
    gives: ['ready id-github authorization_code github.com'],
    says: [/GITHUB_SECRET may be the client’s secret/],
  },
  {
    name: 'Laravel services env',
    fileName: '.env',
    text: `GITHUB_CLIENT_ID=id-github
GITHUB_CLIENT_SECRET=s3cr3t-github
GITHUB_REDIRECT_URI=http://localhost/callback
PASSPORT_PERSONAL_ACCESS_CLIENT_ID=1
PASSPORT_PERSONAL_ACCESS_CLIENT_SECRET=s3cr3t-1
`,
    gives: ['ready id-github authorization_code github.com secret'],
  },
  {
    name: 'Zitadel env',
    fileName: '.env',
    text: `ZITADEL_ISSUER=https://zitadel.example
ZITADEL_CLIENT_ID=id-zitadel
ZITADEL_CLIENT_SECRET=s3cr3t-zitadel
`,
    gives: ['ready id-zitadel client_credentials zitadel.example secret'],
  },
  {
    name: 'FusionAuth',
    fileName: '.env',
    text: `FUSIONAUTH_BASE_URL=https://fusionauth.example
FUSIONAUTH_CLIENT_ID=id-fusionauth
FUSIONAUTH_CLIENT_SECRET=s3cr3t-fusionauth
`,
    gives: ['open id-fusionauth client_credentials - secret'],
  },
  {
    name: 'Logto',
    fileName: '.env',
    text: `LOGTO_ENDPOINT=https://logto.example/
LOGTO_APP_ID=id-logto
LOGTO_APP_SECRET=s3cr3t-logto
`,
    gives: ['open id-logto client_credentials - secret'],
  },
  {
    name: 'Stytch/Descope/Kinde',
    fileName: '.env',
    text: `KINDE_CLIENT_ID=id-kinde
KINDE_CLIENT_SECRET=s3cr3t-kinde
KINDE_ISSUER_URL=https://kinde.example
KINDE_SITE_URL=http://localhost:3000
KINDE_POST_LOGOUT_REDIRECT_URL=http://localhost:3000
`,
    gives: ['ready id-kinde client_credentials kinde.example secret'],
  },
  {
    name: 'Auth0 nextjs v4',
    fileName: '.env.local',
    text: `AUTH0_SECRET=LEAK
APP_BASE_URL=http://localhost:3000
AUTH0_DOMAIN=auth0.example
AUTH0_CLIENT_ID=id-auth0
AUTH0_CLIENT_SECRET=s3cr3t-auth0
AUTH0_AUDIENCE=https://api
`,
    gives: ['ready id-auth0 client_credentials auth0.example secret'],
  },
  {
    name: 'Auth0 nextjs v3',
    fileName: '.env.local',
    text: `AUTH0_SECRET='LEAK'
AUTH0_BASE_URL='http://localhost:3000'
AUTH0_ISSUER_BASE_URL='https://auth0.example'
AUTH0_CLIENT_ID='id-auth0'
AUTH0_CLIENT_SECRET='s3cr3t-auth0'
`,
    gives: ['ready id-auth0 authorization_code auth0.example secret'],
  },
  {
    name: 'DEV suffixes both ways',
    fileName: '.env',
    text: `CLIENT_ID_DEV=id-dev
CLIENT_SECRET_DEV=s3cr3t-dev
ISSUER_DEV=https://dev.example
CLIENT_ID_PROD=id-prod
CLIENT_SECRET_PROD=s3cr3t-prod
ISSUER_PROD=https://prod.example
SCOPE=openid
`,
    gives: [
      'ready id-dev client_credentials dev.example secret',
      'ready id-prod client_credentials prod.example secret',
    ],
  },
  {
    name: 'shared token url, two clients',
    fileName: '.env',
    text: `TOKEN_URL=https://orders.example/token
CLIENT_ID_A=id-orders-a
CLIENT_SECRET_A=s3cr3t-orders-a
CLIENT_ID_B=id-orders-b
CLIENT_SECRET_B=s3cr3t-orders-b
`,
    gives: ['open id-orders-a client_credentials - secret', 'open id-orders-b client_credentials - secret'],
  },
  {
    name: 'keycloak spring adapter properties',
    fileName: 'application.properties',
    text: `keycloak.auth-server-url=https://keycloak.example/auth
keycloak.realm=shop
keycloak.resource=id-keycloak
keycloak.credentials.secret=s3cr3t-keycloak
`,
    gives: ['ready id-keycloak client_credentials keycloak.example secret'],
  },
  {
    name: 'vue keycloak env',
    fileName: '.env',
    text: `VITE_KEYCLOAK_URL=https://keycloak.example
VITE_KEYCLOAK_REALM=shop
VITE_KEYCLOAK_CLIENT_ID=id-keycloak
`,
    gives: ['ready id-keycloak authorization_code keycloak.example'],
  },
  {
    name: 'GitHub secret unsuffixed',
    fileName: '.env',
    text: `GITHUB_CLIENT_ID=id-github
GITHUB_SECRET=s3cr3t-github
TOKEN_URL_GITHUB=https://github.com/login/oauth/access_token
`,
    gives: ['ready id-github client_credentials github.com'],
    says: [/GITHUB_SECRET may be/],
  },
  {
    name: 'properties with colon and spaces',
    fileName: 'oauth.properties',
    text: `client-id : id-orders
client-secret   s3cr3t-\\
                orders
token-url : https://orders.example/token
! client-secret = LEAK
`,
    gives: ['ready id-orders client_credentials orders.example secret'],
  },
  {
    name: 'properties unicode',
    fileName: 'oauth.properties',
    text: `clientId=id\\u002dorders
clientSecret=s3cr3t\\u002dorders
tokenUrl=https\\://orders.example/token
`,
    gives: ['ready id-orders client_credentials orders.example secret'],
  },
  {
    name: 'env with export and comment',
    secrets: ['s3cr3t-orders#x'],
    fileName: '.envrc',
    text: `export CLIENT_ID=id-orders # the id
export CLIENT_SECRET='s3cr3t-orders#x' # secret
export TOKEN_URL=https://orders.example/token
export OLD_CLIENT_SECRET=$(pass show x)
`,
    gives: ['ready id-orders client_credentials orders.example secret'],
  },
  {
    name: 'salesforce env',
    fileName: '.env',
    text: `SF_CONSUMER_KEY=id-orders
SF_CONSUMER_SECRET=s3cr3t-orders
SF_LOGIN_URL=https://login.orders.example
`,
    gives: ['open id-orders client_credentials - secret'],
  },
  {
    name: 'Terraform that was pasted: a secret of another resource',
    text: `resource "x_client" "billing" {
  client_id     = "id-billing"
  client_secret = x_client.orders.client_secret
  token_url     = "https://billing.dev/token"
}
`,
    gives: ['open id-billing client_credentials billing.dev'],
    says: [/x_client\.orders\.client_secret/],
  },
  {
    name: 'Python that was pasted, from a function on: a secret of the environment',
    origin: 'a guide to API tests: settings by the name of the environment',
    text: `def get_settings(env):
    if env == "production":
        return Settings(
            auth_client_id="id-orders",
            auth_client_secret="s3cr3t-orders",
            auth_token_url="https://orders.dev/token",
        )
    return Settings(
        auth_client_id="id-billing",
        auth_client_secret=os.getenv("BILLING_SECRET"),
        auth_token_url="https://billing.dev/token",
    )
`,
    gives: [
      'ready id-orders client_credentials orders.dev secret',
      'open id-billing client_credentials billing.dev',
    ],
    says: [/\$\{BILLING_SECRET\}/],
  },
  {
    name: 'lines of a call in Python that were pasted',
    text: `client_id="id-billing",
client_secret=os.getenv("BILLING_SECRET"),
token_url="https://billing.dev/token",
`,
    gives: ['open id-billing client_credentials billing.dev'],
    says: [/os\.getenv/],
  },
  {
    name: 'a file with a conflict of two branches',
    fileName: '.env',
    text: `<<<<<<< HEAD
CLIENT_ID=id-orders
TOKEN_URL=https://orders.dev/token
=======
CLIENT_ID=id-billing
CLIENT_SECRET=s3cr3t-billing
TOKEN_URL=https://billing.dev/token
>>>>>>> other
`,
    gives: [],
    says: [/^There are two values for CLIENT_ID/],
  },
  {
    name: 'variables of APP, in two environments',
    fileName: '.env',
    text: `APP_CLIENT_ID=id-orders
APP_CLIENT_SECRET=s3cr3t-orders
APP_TOKEN_URL=https://orders.dev/token
APP_SCOPES=a
APP_CLIENT_ID_DEV=id-crm
APP_TOKEN_URL_DEV=https://crm.dev/token
APP_PROD_CLIENT_ID=id-billing
APP_PROD_TOKEN_URL=https://billing.dev/token
`,
    gives: [
      'ready id-orders client_credentials orders.dev secret',
      'ready id-crm client_credentials crm.dev',
      'ready id-billing client_credentials billing.dev',
    ],
    fields: [{ scopes: ['a'] }],
  },
  {
    name: 'the issuer of an application is not the server of its client, where another is named',
    fileName: '.env',
    text: `APP_CLIENT_ID=id-orders
APP_CLIENT_SECRET=s3cr3t-orders
APP_ISSUER=https://my.app
APPLE_TOKEN_URL=https://apple.example/token
OAUTH_TOKEN_URL=https://orders.dev/token
`,
    gives: ['ready id-orders client_credentials orders.dev secret'],
  },
];
