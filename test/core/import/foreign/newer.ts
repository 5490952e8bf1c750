import type { ForeignFile } from './foreignFile.ts';

const azure = '11111111-2222-3333-4444-555555555555';

/** Frameworks, proxies and identity products of which there was no file yet. */
export const newer: readonly ForeignFile[] = [
  {
    name: 'Quarkus: application.yaml, tenant and named client',
    fileName: 'application.yaml',
    text: `quarkus:
  oidc:
    auth-server-url: https://web.example/realms/shop
    client-id: id-web
    application-type: web-app
    credentials:
      secret: s3cr3t-web
  oidc-client:
    orders:
      auth-server-url: https://orders.example/realms/shop
      client-id: id-orders
      credentials:
        secret: s3cr3t-orders
      grant:
        type: client
`,
    gives: [
      'ready id-web authorization_code web.example secret',
      'ready id-orders client_credentials orders.example secret',
    ],
  },
  {
    name: 'Quarkus: profiles in .properties',
    fileName: 'application.properties',
    text: '%dev.quarkus.oidc.auth-server-url=https://dev.example\n%dev.quarkus.oidc.client-id=id-dev\n%dev.quarkus.oidc.credentials.secret=s3cr3t-dev\n%prod.quarkus.oidc.auth-server-url=https://prod.example\n%prod.quarkus.oidc.client-id=id-prod\n%prod.quarkus.oidc.credentials.secret=s3cr3t-prod\n',
    gives: [
      'ready id-dev client_credentials dev.example secret',
      'ready id-prod client_credentials prod.example secret',
    ],
  },
  {
    name: 'Micronaut: two clients in .properties',
    fileName: 'application.properties',
    text: 'micronaut.security.oauth2.clients.orders.client-id=id-orders\nmicronaut.security.oauth2.clients.orders.client-secret=s3cr3t-orders\nmicronaut.security.oauth2.clients.orders.openid.issuer=https://orders.example\nmicronaut.security.oauth2.clients.billing.client-id=id-billing\nmicronaut.security.oauth2.clients.billing.client-secret=s3cr3t-billing\nmicronaut.security.oauth2.clients.billing.token.url=https://billing.example/token\nmicronaut.security.oauth2.clients.billing.token.auth-method=CLIENT_SECRET_POST\nmicronaut.security.oauth2.clients.billing.authorization.url=https://billing.example/authorize\n',
    gives: [
      'ready id-orders client_credentials orders.example secret',
      'ready id-billing authorization_code billing.example secret',
    ],
  },
  {
    name: 'Micronaut: two clients in YAML, addresses nested',
    fileName: 'application.yml',
    text: `micronaut:
  security:
    oauth2:
      clients:
        billing:
          client-id: id-billing
          client-secret: s3cr3t-billing
          grant-type: client_credentials
          token:
            url: https://billing.example/token
            auth-method: client_secret_post
        orders:
          client-id: id-orders
          client-secret: s3cr3t-orders
          openid:
            issuer: https://orders.example
`,
    gives: [
      'ready id-billing client_credentials billing.example secret',
      'ready id-orders client_credentials orders.example secret',
    ],
  },
  {
    name: 'ASP.NET: Azure AD B2C',
    fileName: 'appsettings.json',
    text: JSON.stringify({
      AzureAdB2C: {
        Instance: 'https://shop.b2clogin.com',
        Domain: 'shop.onmicrosoft.com',
        ClientId: azure,
        SignUpSignInPolicyId: 'B2C_1_signin',
        CallbackPath: '/signin-oidc',
      },
    }),
    gives: ['ready 11111111-2222-3333-4444-555555555555 authorization_code shop.b2clogin.com'],
  },
  {
    name: 'Duende: a client in appsettings, and the clients of a server with hashed secrets',
    fileName: 'appsettings.json',
    text: JSON.stringify({
      Oidc: {
        Authority: 'https://orders.example',
        ClientId: 'id-orders',
        ClientSecret: 's3cr3t-orders',
        Scope: ['api'],
      },
      IdentityServer: {
        Clients: [
          {
            Enabled: true,
            ClientId: 'id-shop',
            ClientSecrets: [{ Value: 'K7gNU3sdo+OL0wNhqoVWhr3g6s1xYv72ol/pe/Unols=' }],
            AllowedGrantTypes: ['client_credentials'],
            AllowedScopes: ['api'],
          },
        ],
      },
    }),
    gives: ['ready id-orders authorization_code orders.example secret'],
  },
  {
    name: 'ASP.NET: names with two underscores in the environment',
    fileName: '.env',
    text: `AzureAd__Instance=https://login.microsoftonline.com/\nAzureAd__TenantId=${azure}\nAzureAd__ClientId=id-microsoft\nAzureAd__ClientSecret=s3cr3t-microsoft\n`,
    gives: ['ready id-microsoft client_credentials login.microsoftonline.com secret'],
  },
  {
    name: 'ASP.NET: user secrets, keys with colons',
    fileName: 'secrets.json',
    text: JSON.stringify({
      'Oidc:Authority': 'https://orders.example',
      'Oidc:ClientId': 'id-orders',
      'Oidc:ClientSecret': 's3cr3t-orders',
      'Billing:Authority': 'https://billing.example',
      'Billing:ClientId': 'id-billing',
      'Billing:ClientSecret': 's3cr3t-billing',
    }),
    gives: [
      'ready id-orders client_credentials orders.example secret',
      'ready id-billing client_credentials billing.example secret',
    ],
  },
  {
    name: 'Rails: credentials for OmniAuth by environment',
    fileName: 'omniauth.yml',
    text: `default: &default
  scope: openid
development:
  <<: *default
  orders:
    app_id: id-orders
    app_secret: s3cr3t-orders
    site: https://orders.example
production:
  <<: *default
  billing:
    app_id: id-billing
    app_secret: s3cr3t-billing
    issuer: https://billing.example
`,
    gives: ['ready id-billing client_credentials billing.example secret'],
  },
  {
    name: 'Rails: an initializer of Devise',
    fileName: 'devise.rb',
    text: `Devise.setup do |config|
  config.omniauth :openid_connect, {
    name: :orders,
    issuer: "https://orders.example",
    client_options: {
      identifier: "id-orders",
      secret: "s3cr3t-orders",
      redirect_uri: "https://orders.example/callback"
    }
  }
end
`,
    gives: ['ready id-orders authorization_code orders.example secret'],
  },
  {
    name: 'Django: allauth’s providers as JSON',
    fileName: 'providers.json',
    text: JSON.stringify({
      openid_connect: {
        APPS: [
          {
            provider_id: 'orders',
            name: 'Orders',
            client_id: 'id-orders',
            secret: 's3cr3t-orders',
            settings: { server_url: 'https://orders.example' },
          },
          {
            provider_id: 'billing',
            name: 'Billing',
            client_id: 'id-billing',
            secret: 's3cr3t-billing',
            settings: { server_url: 'https://billing.example/.well-known/openid-configuration' },
          },
        ],
      },
    }),
    gives: [
      'ready id-orders client_credentials orders.example secret',
      'ready id-billing client_credentials billing.example secret',
    ],
  },
  {
    name: 'Django: allauth in settings.py',
    fileName: 'settings.py',
    text: `SECRET_KEY = 'LEAK'
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "APPS": [
            {
                "provider_id": "orders",
                "client_id": "id-orders",
                "secret": "s3cr3t-orders",
                "settings": {"server_url": "https://orders.example"},
            },
            {
                "provider_id": "billing",
                "client_id": "id-billing",
                "secret": "s3cr3t-billing",
                "settings": {"server_url": "https://billing.example"},
            },
        ]
    }
}
`,
    gives: [
      'ready id-orders authorization_code orders.example secret',
      'ready id-billing authorization_code billing.example secret',
    ],
  },
  {
    name: 'Django: python-social-auth',
    fileName: '.env',
    text: 'DJANGO_SECRET_KEY=LEAK\nSOCIAL_AUTH_OIDC_OIDC_ENDPOINT=https://orders.example\nSOCIAL_AUTH_OIDC_KEY=id-orders\nSOCIAL_AUTH_OIDC_SECRET=s3cr3t-orders\nSOCIAL_AUTH_GITHUB_KEY=id-github\nSOCIAL_AUTH_GITHUB_SECRET=s3cr3t-github\n',
    gives: [
      'ready id-orders authorization_code orders.example secret',
      'ready id-github authorization_code github.com secret',
    ],
  },
  {
    name: 'Django: oauth-toolkit’s own client and its resource server',
    fileName: '.env',
    text: 'RESOURCE_SERVER_INTROSPECTION_URL=https://orders.example/o/introspect/\nOIDC_RP_CLIENT_ID=id-orders\nOIDC_RP_CLIENT_SECRET=s3cr3t-orders\nOIDC_OP_AUTHORIZATION_ENDPOINT=https://orders.example/o/authorize/\nOIDC_OP_TOKEN_ENDPOINT=https://orders.example/o/token/\nOIDC_OP_JWKS_ENDPOINT=https://orders.example/jwks\nOIDC_RP_SIGN_ALGO=RS256\n',
    gives: ['ready id-orders authorization_code orders.example secret'],
  },
  {
    name: 'Laravel: services.php',
    fileName: 'services.php',
    text: `<?php
return [
    'github' => [
        'client_id' => env('GITHUB_CLIENT_ID'),
        'client_secret' => env('GITHUB_CLIENT_SECRET'),
        'redirect' => 'https://app.example/callback',
    ],
    'keycloak' => [
        'client_id' => 'id-orders',
        'client_secret' => 's3cr3t-orders',
        'redirect' => env('KEYCLOAK_REDIRECT_URI'),
        'base_url' => 'https://orders.example',
        'realms' => 'shop',
    ],
];
`,
    gives: [
      'open - authorization_code github.com',
      'ready id-orders authorization_code orders.example secret',
    ],
  },
  {
    name: 'Laravel: Socialite in .env',
    fileName: '.env',
    text: 'APP_KEY=base64:LEAK\nGITHUB_CLIENT_ID=id-github\nGITHUB_CLIENT_SECRET=s3cr3t-github\nGITHUB_REDIRECT_URI="${APP_URL}/callback"\nKEYCLOAK_CLIENT_ID=id-orders\nKEYCLOAK_CLIENT_SECRET=s3cr3t-orders\nKEYCLOAK_BASE_URL=https://orders.example\nKEYCLOAK_REALM=shop\n',
    gives: [
      'ready id-github authorization_code github.com secret',
      'ready id-orders client_credentials orders.example secret',
    ],
  },
  {
    name: 'Flask: Authlib’s configuration in Python',
    fileName: 'config.py',
    text: `import os
SECRET_KEY = 'LEAK'
ORDERS_CLIENT_ID = 'id-orders'
ORDERS_CLIENT_SECRET = 's3cr3t-orders'
ORDERS_ACCESS_TOKEN_URL = 'https://orders.example/token'
ORDERS_AUTHORIZE_URL = 'https://orders.example/authorize'
BILLING_CLIENT_ID = os.getenv('BILLING_CLIENT_ID')
BILLING_CLIENT_SECRET = os.environ['BILLING_CLIENT_SECRET']
BILLING_SERVER_METADATA_URL = 'https://billing.example/.well-known/openid-configuration'
`,
    gives: [
      'ready id-orders authorization_code orders.example secret',
      'open - authorization_code billing.example',
    ],
  },
  {
    name: 'Authlib: a metadata URL',
    fileName: '.env',
    text: 'ORDERS_CLIENT_ID=id-orders\nORDERS_CLIENT_SECRET=s3cr3t-orders\nORDERS_SERVER_METADATA_URL=https://orders.example/.well-known/openid-configuration\n',
    gives: ['ready id-orders authorization_code orders.example secret'],
  },
  {
    name: 'Go: oauth2.Config as YAML',
    fileName: 'config.yaml',
    text: `oauth2:
  orders:
    client_id: id-orders
    client_secret: s3cr3t-orders
    scopes: [api]
    endpoint:
      auth_url: https://orders.example/authorize
      token_url: https://orders.example/token
  billing:
    ClientID: id-billing
    ClientSecret: s3cr3t-billing
    Endpoint:
      AuthURL: https://billing.example/authorize
      TokenURL: https://billing.example/token
    RedirectURL: http://localhost:8080/callback
`,
    gives: [
      'ready id-orders authorization_code orders.example secret',
      'ready id-billing authorization_code billing.example secret',
    ],
  },
  {
    name: 'Go: source text',
    fileName: 'main.go',
    text: `var orders = &oauth2.Config{
	ClientID:     "id-orders",
	ClientSecret: "s3cr3t-orders",
	Endpoint: oauth2.Endpoint{
		AuthURL:  "https://orders.example/authorize",
		TokenURL: "https://orders.example/token",
	},
}
var billing = clientcredentials.Config{
	ClientID:     "id-billing",
	ClientSecret: "s3cr3t-billing",
	TokenURL:     "https://billing.example/token",
}
`,
    gives: [
      'ready id-orders authorization_code orders.example secret',
      'ready id-billing client_credentials billing.example secret',
    ],
  },
  {
    name: 'Terraform: tfvars with a map of clients',
    fileName: 'prod.auto.tfvars',
    text: `region = "eu-west-1"
clients = {
  orders = {
    client_id     = "id-orders"
    client_secret = "s3cr3t-orders"
    token_url     = "https://orders.example/token"
  }
  billing = {
    client_id     = "id-billing"
    client_secret = var.billing_secret
    token_url     = "https://billing.example/token"
  }
}
`,
    gives: [
      'ready id-orders client_credentials orders.example secret',
      'open id-billing client_credentials billing.example',
    ],
    says: [/var\.billing_secret/],
  },
  {
    name: 'Terraform: tfvars.json, flat names',
    fileName: 'terraform.tfvars.json',
    text: JSON.stringify({
      orders_client_id: 'id-orders',
      orders_client_secret: 's3cr3t-orders',
      orders_token_url: 'https://orders.example/token',
      keycloak_url: 'https://keycloak.example',
      keycloak_client_id: 'id-keycloak',
      keycloak_client_secret: 's3cr3t-keycloak',
      keycloak_realm: 'master',
    }),
    gives: [
      'ready id-orders client_credentials orders.example secret',
      'ready id-keycloak client_credentials keycloak.example secret',
    ],
  },
  {
    name: 'oauth2-proxy: values of its Helm chart',
    fileName: 'values.yaml',
    text: `oauth2-proxy:
  config:
    clientID: id-orders
    clientSecret: s3cr3t-orders
    cookieSecret: LEAK
  extraArgs:
    provider: oidc
    oidc-issuer-url: https://orders.example
billing:
  config:
    clientID: id-billing
    clientSecret: s3cr3t-billing
`,
    gives: ['open id-orders client_credentials - secret', 'open id-billing client_credentials - secret'],
  },
  {
    name: 'oauth2-proxy: arguments of a container',
    fileName: 'deployment.yaml',
    text: `apiVersion: apps/v1
kind: Deployment
metadata: { name: proxy }
spec:
  template:
    spec:
      containers:
        - name: orders
          args:
            - --provider=oidc
            - --client-id=id-orders
            - --client-secret=s3cr3t-orders
            - --oidc-issuer-url=https://orders.example
            - --cookie-secret=LEAK
        - name: billing
          args: ["--client-id=id-billing", "--oidc-issuer-url=https://billing.example"]
`,
    gives: [
      'ready id-orders client_credentials orders.example secret',
      'ready id-billing client_credentials billing.example',
    ],
  },
  {
    name: 'oauth2-proxy: environment',
    fileName: '.env',
    text: 'OAUTH2_PROXY_PROVIDER=oidc\nOAUTH2_PROXY_CLIENT_ID=id-orders\nOAUTH2_PROXY_CLIENT_SECRET=s3cr3t-orders\nOAUTH2_PROXY_COOKIE_SECRET=LEAK\nOAUTH2_PROXY_OIDC_ISSUER_URL=https://orders.example\nOAUTH2_PROXY_REDIRECT_URL=https://orders.example/oauth2/callback\n',
    gives: ['ready id-orders authorization_code orders.example secret'],
  },
  {
    name: 'oauth2-proxy: providers of the alpha configuration',
    fileName: 'alpha.yaml',
    text: `providers:
  - id: orders
    provider: oidc
    clientID: id-orders
    clientSecret: s3cr3t-orders
    oidcConfig:
      issuerURL: https://orders.example
  - id: billing
    provider: oidc
    clientID: id-billing
    clientSecretFile: /etc/secret
    oidcConfig:
      issuerURL: https://billing.example
`,
    gives: [
      'ready id-orders authorization_code orders.example secret',
      'open id-billing authorization_code billing.example',
    ],
  },
  {
    name: 'Logto: two applications',
    fileName: '.env',
    text: 'LOGTO_ENDPOINT=https://orders.logto.example\nLOGTO_APP_ID=id-orders\nLOGTO_APP_SECRET=s3cr3t-orders\nLOGTO_COOKIE_SECRET=LEAK\n',
    gives: ['open id-orders client_credentials - secret'],
  },
  {
    name: 'FusionAuth: quick start',
    fileName: '.env',
    text: 'FUSIONAUTH_ISSUER=https://orders.example\nFUSIONAUTH_CLIENT_ID=id-orders\nFUSIONAUTH_CLIENT_SECRET=s3cr3t-orders\nFUSIONAUTH_API_KEY=LEAK\n',
    gives: ['ready id-orders client_credentials orders.example secret'],
  },
  {
    name: 'Supabase: providers of GoTrue',
    fileName: '.env',
    text: 'GOTRUE_JWT_SECRET=LEAK\nGOTRUE_EXTERNAL_KEYCLOAK_ENABLED=true\nGOTRUE_EXTERNAL_KEYCLOAK_CLIENT_ID=id-orders\nGOTRUE_EXTERNAL_KEYCLOAK_SECRET=s3cr3t-orders\nGOTRUE_EXTERNAL_KEYCLOAK_URL=https://orders.example/realms/shop\nGOTRUE_EXTERNAL_GITHUB_CLIENT_ID=id-github\nGOTRUE_EXTERNAL_GITHUB_SECRET=s3cr3t-github\n',
    gives: [
      'ready id-orders client_credentials orders.example',
      'ready id-github authorization_code github.com',
    ],
  },
  {
    name: 'Clerk: keys that are not a client’s',
    fileName: '.env',
    text: 'NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY=pk_test_x\nCLERK_SECRET_KEY=LEAK\nCLERK_FRONTEND_API_URL=https://orders.clerk.example\nCLERK_OAUTH_CLIENT_ID=id-orders\nCLERK_OAUTH_CLIENT_SECRET=s3cr3t-orders\n',
    gives: ['ready id-orders client_credentials orders.clerk.example secret'],
  },
  {
    name: 'Cognito: a domain without a scheme',
    fileName: '.env',
    text: 'AWS_REGION=eu-west-1\nCOGNITO_USER_POOL_ID=eu-west-1_abc\nCOGNITO_DOMAIN=orders.auth.eu-west-1.amazoncognito.com\nCOGNITO_CLIENT_ID=id-cognito\nCOGNITO_CLIENT_SECRET=s3cr3t-cognito\n',
    gives: ['ready id-cognito client_credentials cognito-idp.eu-west-1.amazonaws.com secret'],
  },
  {
    name: 'Amplify: amplify_outputs.json',
    fileName: 'amplify_outputs.json',
    text: JSON.stringify({
      version: '1',
      auth: {
        aws_region: 'eu-west-1',
        user_pool_id: 'eu-west-1_abc',
        user_pool_client_id: 'id-cognito',
        identity_pool_id: 'x',
        oauth: {
          domain: 'orders.auth.eu-west-1.amazoncognito.com',
          scopes: ['openid'],
          redirect_sign_in_uri: ['http://localhost:3000/'],
          redirect_sign_out_uri: ['http://localhost:3000/'],
          response_type: 'code',
        },
      },
    }),
    gives: ['ready id-cognito authorization_code cognito-idp.eu-west-1.amazonaws.com'],
  },
  {
    name: 'Firebase: a web app’s configuration is no client of OAuth',
    fileName: 'firebase.json',
    text: JSON.stringify({
      apiKey: 'LEAK',
      authDomain: 'orders.firebaseapp.com',
      projectId: 'orders',
      storageBucket: 'orders.appspot.com',
      messagingSenderId: '1',
      appId: '1:1:web:abc',
    }),
    gives: [],
  },
  {
    name: 'Firebase: in the environment',
    fileName: '.env',
    text: 'NEXT_PUBLIC_FIREBASE_API_KEY=LEAK\nNEXT_PUBLIC_FIREBASE_AUTH_DOMAIN=orders.firebaseapp.com\nNEXT_PUBLIC_FIREBASE_APP_ID=1:1:web:abc\n',
    gives: [],
  },
  {
    name: 'Android: google-services.json',
    fileName: 'google-services.json',
    text: JSON.stringify({
      project_info: { project_number: '1' },
      client: [
        {
          client_info: { mobilesdk_app_id: '1:1:android:a' },
          oauth_client: [
            { client_id: 'id-google', client_type: 3 },
            { client_id: 'id-google2', client_type: 1, android_info: { package_name: 'x' } },
          ],
          api_key: [{ current_key: 'LEAK' }],
        },
      ],
    }),
    gives: [],
    says: [/an Android app, which cannot sign in from here/],
  },
  {
    name: 'Auth.js 5: Entra, Keycloak, Auth0 and one without a server',
    fileName: '.env.local',
    text: `AUTH_SECRET=LEAK\nAUTH_MICROSOFT_ENTRA_ID_ID=id-microsoftonline\nAUTH_MICROSOFT_ENTRA_ID_SECRET=s3cr3t-microsoftonline\nAUTH_MICROSOFT_ENTRA_ID_ISSUER=https://login.microsoftonline.com/${azure}/v2.0/\nAUTH_KEYCLOAK_ID=id-orders\nAUTH_KEYCLOAK_SECRET=s3cr3t-orders\nAUTH_KEYCLOAK_ISSUER=https://orders.example/realms/shop\nAUTH_AUTH0_ID=id-billing\nAUTH_AUTH0_SECRET=s3cr3t-billing\nAUTH_AUTH0_ISSUER=https://billing.example\nAUTH_ZOOM_ID=id-zoom\nAUTH_ZOOM_SECRET=s3cr3t-zoom\n`,
    gives: [
      'ready id-microsoftonline authorization_code login.microsoftonline.com secret',
      'ready id-orders authorization_code orders.example secret',
      'ready id-billing authorization_code billing.example secret',
      'open id-zoom authorization_code - secret',
    ],
  },
  {
    name: 'NextAuth 4: provider names of their own',
    fileName: '.env',
    text: 'NEXTAUTH_URL=http://localhost:3000\nNEXTAUTH_SECRET=LEAK\nKEYCLOAK_ID=id-orders\nKEYCLOAK_SECRET=s3cr3t-orders\nKEYCLOAK_ISSUER=https://orders.example/realms/shop\nDATABASE_SECRET=LEAK\n',
    gives: ['ready id-orders authorization_code orders.example secret'],
  },
  {
    name: 'Nuxt: auth utils',
    fileName: '.env',
    text: 'NUXT_SESSION_PASSWORD=LEAK\nNUXT_OAUTH_KEYCLOAK_CLIENT_ID=id-orders\nNUXT_OAUTH_KEYCLOAK_CLIENT_SECRET=s3cr3t-orders\nNUXT_OAUTH_KEYCLOAK_SERVER_URL=https://orders.example\nNUXT_OAUTH_KEYCLOAK_REALM=shop\nNUXT_OAUTH_AUTH0_CLIENT_ID=id-billing\nNUXT_OAUTH_AUTH0_CLIENT_SECRET=s3cr3t-billing\nNUXT_OAUTH_AUTH0_DOMAIN=billing.auth0.com\n',
    gives: [
      'ready id-orders client_credentials orders.example secret',
      'ready id-billing client_credentials billing.auth0.com secret',
    ],
  },
  {
    name: 'Dapr: metadata as names and values',
    fileName: 'oauth.yaml',
    text: `apiVersion: dapr.io/v1alpha1
kind: Component
metadata: { name: orders }
spec:
  type: middleware.http.oauth2clientcredentials
  metadata:
    - { name: clientId, value: id-orders }
    - { name: clientSecret, value: s3cr3t-orders }
    - { name: tokenURL, value: "https://orders.example/token" }
    - { name: scopes, value: api }
---
apiVersion: dapr.io/v1alpha1
kind: Component
metadata: { name: billing }
spec:
  metadata:
    - { name: clientId, value: id-billing }
    - { name: clientSecret, secretKeyRef: { name: s, key: k } }
    - { name: tokenURL, value: "https://billing.example/token" }
`,
    gives: [
      'ready id-orders client_credentials orders.example secret',
      'open id-billing client_credentials billing.example',
    ],
  },
  {
    name: 'Kong: openid-connect, lists of one',
    fileName: 'kong.yaml',
    text: `_format_version: "3.0"
plugins:
  - name: openid-connect
    config:
      issuer: https://orders.example
      client_id: [id-orders]
      client_secret: [s3cr3t-orders]
  - name: openid-connect
    config:
      issuer: https://billing.example
      client_id: [id-billing, id-billing2]
      client_secret: ["{vault://env/billing}"]
`,
    gives: [
      'ready id-orders authorization_code orders.example secret',
      'open - authorization_code billing.example',
    ],
  },
  {
    name: 'APISIX: a route’s plugin',
    fileName: 'route.json',
    text: JSON.stringify({
      uri: '/x',
      plugins: {
        'openid-connect': {
          client_id: 'id-orders',
          client_secret: 's3cr3t-orders',
          discovery: 'https://orders.example/.well-known/openid-configuration',
          bearer_only: true,
        },
      },
    }),
    gives: ['ready id-orders client_credentials orders.example secret'],
  },
  {
    name: 'Apache: mod_auth_openidc',
    fileName: 'oidc.conf',
    text: 'OIDCProviderMetadataURL https://orders.example/.well-known/openid-configuration\nOIDCClientID id-orders\nOIDCClientSecret s3cr3t-orders\nOIDCCryptoPassphrase LEAK\n',
    gives: [],
  },
  {
    name: 'Dex: its clients, and its connector',
    fileName: 'dex.yaml',
    text: `issuer: https://orders.example
staticClients:
  - id: id-orders
    secret: s3cr3t-orders
    name: Orders
    redirectURIs: ['http://127.0.0.1:5555/callback']
connectors:
  - type: oidc
    id: billing
    name: Billing
    config:
      issuer: https://billing.example
      clientID: id-billing
      clientSecret: s3cr3t-billing
      redirectURI: https://orders.example/callback
`,
    gives: [
      'ready id-orders authorization_code orders.example secret',
      'ready id-billing authorization_code billing.example secret',
    ],
  },
  {
    name: 'Backstage: providers by environment',
    fileName: 'app-config.yaml',
    text: `backend: { auth: { keys: [{ secret: LEAK }] } }
auth:
  environment: development
  providers:
    github:
      development: { clientId: id-github, clientSecret: s3cr3t-github }
    oidc:
      development:
        metadataUrl: https://orders.example/.well-known/openid-configuration
        clientId: id-orders
        clientSecret: s3cr3t-orders
      production:
        metadataUrl: https://billing.example/.well-known/openid-configuration
        clientId: id-billing
        clientSecret: \${BILLING_SECRET}
`,
    gives: [
      'ready id-orders authorization_code orders.example secret',
      'open id-billing authorization_code billing.example',
    ],
  },
  {
    name: 'MinIO: environment',
    fileName: 'minio.env',
    text: 'MINIO_ROOT_PASSWORD=LEAK\nMINIO_IDENTITY_OPENID_CONFIG_URL=https://orders.example/.well-known/openid-configuration\nMINIO_IDENTITY_OPENID_CLIENT_ID=id-orders\nMINIO_IDENTITY_OPENID_CLIENT_SECRET=s3cr3t-orders\nMINIO_IDENTITY_OPENID_SCOPES=openid,profile\n',
    gives: ['ready id-orders authorization_code orders.example secret'],
  },
  {
    name: 'Mattermost: OpenIdSettings beside GitLabSettings that are off',
    fileName: 'config.json',
    text: JSON.stringify({
      SqlSettings: { AtRestEncryptKey: 'LEAK' },
      GitLabSettings: {
        Enable: false,
        Secret: 's3cr3t-gitlab',
        Id: 'id-gitlab',
        AuthEndpoint: 'https://gitlab.example/oauth/authorize',
        TokenEndpoint: 'https://gitlab.example/oauth/token',
      },
      OpenIdSettings: {
        Enable: true,
        Secret: 's3cr3t-orders',
        Id: 'id-orders',
        Scope: 'profile',
        DiscoveryEndpoint: 'https://orders.example/.well-known/openid-configuration',
      },
    }),
    gives: [],
  },
  {
    name: 'Directus: drivers in the environment',
    fileName: '.env',
    text: 'SECRET=LEAK\nAUTH_PROVIDERS="orders,billing"\nAUTH_ORDERS_DRIVER="openid"\nAUTH_ORDERS_CLIENT_ID="id-orders"\nAUTH_ORDERS_CLIENT_SECRET="s3cr3t-orders"\nAUTH_ORDERS_ISSUER_URL="https://orders.example/.well-known/openid-configuration"\nAUTH_BILLING_DRIVER="oauth2"\nAUTH_BILLING_CLIENT_ID="id-billing"\nAUTH_BILLING_CLIENT_SECRET="s3cr3t-billing"\nAUTH_BILLING_ACCESS_URL="https://billing.example/token"\nAUTH_BILLING_AUTHORIZE_URL="https://billing.example/authorize"\n',
    gives: ['ready id-orders client_credentials orders.example secret'],
  },
  {
    name: 'Outline: URIs in the environment',
    fileName: '.env',
    text: 'SECRET_KEY=LEAK\nUTILS_SECRET=LEAK\nOIDC_CLIENT_ID=id-orders\nOIDC_CLIENT_SECRET=s3cr3t-orders\nOIDC_AUTH_URI=https://orders.example/authorize\nOIDC_TOKEN_URI=https://orders.example/token\nOIDC_USERINFO_URI=https://orders.example/userinfo\nOIDC_SCOPES="openid profile"\n',
    gives: ['ready id-orders authorization_code orders.example secret'],
  },
  {
    name: 'Jenkins: configuration as code',
    fileName: 'jenkins.yaml',
    text: `jenkins:
  securityRealm:
    oic:
      clientId: id-orders
      clientSecret: s3cr3t-orders
      serverConfiguration:
        wellKnown:
          wellKnownOpenIDConfigurationUrl: https://orders.example/.well-known/openid-configuration
`,
    gives: ['ready id-orders client_credentials orders.example secret'],
  },
  {
    name: 'Envoy: the OAuth2 filter, secrets elsewhere',
    fileName: 'envoy.yaml',
    text: `config:
  token_endpoint: { cluster: oauth, uri: orders.example/token, timeout: 3s }
  authorization_endpoint: https://orders.example/authorize
  redirect_uri: "https://%REQ(:authority)%/callback"
  credentials:
    client_id: id-orders
    token_secret: { name: token, sds_config: { path: /etc/token.yaml } }
  auth_scopes: [openid]
`,
    gives: ['open id-orders authorization_code orders.example'],
  },
  {
    name: 'Vault: an OIDC role’s configuration',
    fileName: 'vault.json',
    text: JSON.stringify({
      oidc_discovery_url: 'https://orders.example',
      oidc_client_id: 'id-orders',
      oidc_client_secret: 's3cr3t-orders',
      default_role: 'x',
    }),
    gives: ['ready id-orders authorization_code orders.example secret'],
  },
  {
    name: 'Spring Cloud Azure: profile and credential',
    fileName: 'application.yml',
    text: `spring:
  cloud:
    azure:
      active-directory:
        enabled: true
        profile:
          tenant-id: ${azure}
        credential:
          client-id: id-microsoftonline
          client-secret: s3cr3t-microsoftonline
`,
    gives: ['open id-microsoftonline client_credentials - secret'],
  },
  {
    name: 'Postman 2.1: everything of a new version in the arrays',
    fileName: 'shop.postman_collection.json',
    text: JSON.stringify({
      info: { name: 'Shop', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
      item: [
        {
          name: 'Orders',
          request: {
            method: 'GET',
            url: { raw: 'https://api.orders.example' },
            auth: {
              type: 'oauth2',
              oauth2: [
                { key: 'refreshRequestParams', value: [], type: 'any' },
                {
                  key: 'tokenRequestParams',
                  value: [
                    {
                      key: 'audience',
                      value: 'https://api.orders.example',
                      enabled: true,
                      send_as: 'request_body',
                    },
                    { key: 'off', value: 'LEAK', enabled: false },
                  ],
                  type: 'any',
                },
                {
                  key: 'authRequestParams',
                  value: [{ key: 'prompt', value: 'login', enabled: true }],
                  type: 'any',
                },
                { key: 'challengeAlgorithm', value: 'S256', type: 'string' },
                { key: 'useBrowser', value: true, type: 'boolean' },
                { key: 'redirect_uri', value: 'https://oauth.pstmn.io/v1/browser-callback', type: 'string' },
                { key: 'scope', value: 'api', type: 'string' },
                { key: 'clientSecret', value: 's3cr3t-orders', type: 'string' },
                { key: 'clientId', value: 'id-orders', type: 'string' },
                { key: 'authUrl', value: 'https://orders.example/authorize', type: 'string' },
                { key: 'accessTokenUrl', value: 'https://orders.example/token', type: 'string' },
                { key: 'grant_type', value: 'authorization_code_with_pkce', type: 'string' },
                { key: 'client_authentication', value: 'body', type: 'string' },
                { key: 'addTokenTo', value: 'header', type: 'string' },
                { key: 'accessToken', value: 'LEAK', type: 'string' },
                { key: 'password', value: 'LEAK', type: 'string' },
              ],
            },
          },
        },
      ],
    }),
    gives: ['ready id-orders authorization_code orders.example secret'],
  },
  {
    name: 'Insomnia 5: folders with their own authentication and a disabled one',
    fileName: 'insomnia.yaml',
    text: `type: collection.insomnia.rest/5.0
name: Shop
meta: { id: wrk_1 }
collection:
  - name: Folder
    meta: { id: fld_1 }
    authentication:
      type: oauth2
      grantType: client_credentials
      accessTokenUrl: https://orders.example/token
      clientId: id-orders
      clientSecret: s3cr3t-orders
      credentialsInBody: true
      audience: https://api.orders.example
    children:
      - url: https://api
        name: Inherits
        meta: { id: req_1 }
        method: GET
      - url: https://api
        name: Off
        meta: { id: req_2 }
        method: GET
        authentication: { type: oauth2, disabled: true, clientId: id-off, clientSecret: s3cr3t-off, accessTokenUrl: "https://off.example/token", grantType: client_credentials }
      - url: https://api
        name: Web
        meta: { id: req_3 }
        method: GET
        authentication: { type: oauth2, grantType: authorization_code, usePkce: true, pkceMethod: S256, clientId: id-web, authorizationUrl: "https://web.example/authorize", accessTokenUrl: "https://web.example/token", redirectUrl: "http://localhost:7777/cb", tokenPrefix: Token }
environments:
  name: Base
  data: {}
`,
    gives: [
      'ready id-orders client_credentials orders.example secret',
      'ready id-web authorization_code web.example',
    ],
  },
  {
    name: 'Bruno: OpenCollection with credentials, PKCE and parameters',
    fileName: 'opencollection.yml',
    text: `opencollection: 1.0.0
info: { name: Shop }
request:
  auth:
    type: oauth2
    flow: client_credentials
    accessTokenUrl: https://orders.example/token
    credentials: { clientId: id-orders, clientSecret: s3cr3t-orders, placement: body }
    scope: api
    additionalParameters:
      accessTokenRequest:
        - { name: audience, value: "https://api.orders.example", placement: body }
items:
  - info: { name: Web, type: http }
    http:
      method: GET
      url: https://api
      auth:
        type: oauth2
        flow: authorization_code
        authorizationUrl: https://web.example/authorize
        accessTokenUrl: https://web.example/token
        callbackUrl: http://localhost:7777/cb
        credentials: { clientId: id-web }
        pkce: { method: S256 }
`,
    gives: [
      'ready id-orders client_credentials orders.example secret',
      'ready id-web authorization_code web.example',
    ],
  },
  {
    name: 'Insomnia 4: __export_format 4 with a private environment',
    fileName: 'insomnia.json',
    text: JSON.stringify({
      _type: 'export',
      __export_format: 4,
      __export_source: 'insomnia.desktop.app:v2023.5.8',
      resources: [
        { _id: 'wrk_1', _type: 'workspace', name: 'Shop', parentId: null },
        {
          _id: 'env_1',
          _type: 'environment',
          parentId: 'wrk_1',
          name: 'Base',
          data: { host: 'orders.example' },
        },
        {
          _id: 'req_1',
          _type: 'request',
          parentId: 'wrk_1',
          name: 'Orders',
          url: 'https://api',
          authentication: {
            type: 'oauth2',
            grantType: 'authorization_code',
            authorizationUrl: 'https://{{ _.host }}/authorize',
            accessTokenUrl: 'https://{{ _.host }}/token',
            clientId: 'id-orders',
            clientSecret: 's3cr3t-orders',
            usePkce: true,
            redirectUrl: 'http://localhost:1/',
            responseType: 'code',
            state: 'x',
            tokenPrefix: '',
            origin: '',
            password: 'LEAK',
          },
        },
      ],
    }),
    gives: ['ready id-orders authorization_code orders.example secret'],
  },
];
