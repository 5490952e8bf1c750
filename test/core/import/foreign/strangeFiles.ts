import type { ForeignFile } from './foreignFile.ts';

/** Files as more tools write them. */
export const strangeFiles: readonly ForeignFile[] = [
  {
    name: 'Micronaut yaml',
    fileName: 'application.yml',
    text: `micronaut:
  security:
    oauth2:
      clients:
        orders:
          client-id: id-orders
          client-secret: s3cr3t-orders
          openid:
            issuer: https://orders.example/oauth2
        billing:
          client-id: id-billing
          client-secret: s3cr3t-billing
          token:
            url: https://billing.example/token
            auth-method: client_secret_post
`,
    gives: [
      'ready id-orders client_credentials orders.example secret',
      'ready id-billing client_credentials billing.example secret',
    ],
  },
  {
    name: 'Spring yaml profile docs',
    fileName: 'application.yml',
    text: `spring:
  config:
    activate:
      on-profile: dev
  security:
    oauth2:
      client:
        registration:
          api:
            client-id: id-dev
            client-secret: s3cr3t-dev
            authorization-grant-type: client_credentials
        provider:
          api:
            token-uri: https://dev.example/token
---
spring:
  config:
    activate:
      on-profile: prod
  security:
    oauth2:
      client:
        registration:
          api:
            client-id: id-prod
            client-secret: \${API_SECRET}
            authorization-grant-type: client_credentials
        provider:
          api:
            token-uri: https://prod.example/token
`,
    gives: [
      'ready id-dev client_credentials dev.example secret',
      'open id-prod client_credentials prod.example',
    ],
  },
  {
    name: 'Spring resource server',
    fileName: 'application.yml',
    text: `spring:
  security:
    oauth2:
      resourceserver:
        jwt:
          issuer-uri: https://orders.example/realms/x
`,
    gives: [],
    says: [/No OAuth settings were found/],
  },
  {
    name: 'appsettings AzureAd',
    fileName: 'appsettings.json',
    text: JSON.stringify({
      AzureAd: {
        Instance: 'https://login.microsoftonline.com/',
        TenantId: '11111111-2222-3333-4444-555555555555',
        ClientId: 'id-login',
        ClientSecret: 's3cr3t-login',
        CallbackPath: '/signin-oidc',
      },
      Logging: {},
    }),
    gives: ['ready id-login authorization_code login.microsoftonline.com secret'],
  },
  {
    name: 'appsettings certificates',
    fileName: 'appsettings.json',
    text: JSON.stringify({
      AzureAd: {
        Instance: 'https://login.microsoftonline.com/',
        TenantId: '11111111-2222-3333-4444-555555555555',
        ClientId: 'id-login',
        ClientCredentials: [{ SourceType: 'ClientSecret', ClientSecret: 's3cr3t-login' }],
      },
    }),
    gives: ['ready id-login client_credentials login.microsoftonline.com secret'],
  },
  {
    name: 'appsettings OIDC generic',
    fileName: 'appsettings.json',
    text: JSON.stringify({
      Authentication: {
        Schemes: {
          OpenIdConnect: {
            Authority: 'https://orders.example',
            ClientId: 'id-orders',
            ClientSecret: 's3cr3t-orders',
          },
          Other: { Authority: 'https://billing.example', ClientId: 'id-billing' },
        },
      },
    }),
    gives: [
      'ready id-orders authorization_code orders.example secret',
      'ready id-billing client_credentials billing.example',
    ],
  },
  {
    name: 'azureauth.json',
    fileName: 'azureauth.json',
    text: JSON.stringify({
      clientId: 'id-login',
      clientSecret: 's3cr3t-login',
      subscriptionId: 'x',
      tenantId: '11111111-2222-3333-4444-555555555555',
      activeDirectoryEndpointUrl: 'https://login.microsoftonline.com',
      resourceManagerEndpointUrl: 'https://management.azure.com/',
    }),
    gives: ['ready id-login client_credentials login.microsoftonline.com secret'],
  },
  {
    name: 'az sp create',
    text: JSON.stringify({
      appId: 'id-login',
      displayName: 'x',
      password: 's3cr3t-login',
      tenant: '11111111-2222-3333-4444-555555555555',
    }),
    gives: ['ready id-login client_credentials login.microsoftonline.com secret'],
  },
  {
    name: 'k8s secret',
    fileName: 'secret.yaml',
    text: `apiVersion: v1
kind: Secret
metadata:
  name: orders
type: Opaque
data:
  client-id: aWQtb3JkZXJz
  client-secret: czNjcjN0LW9yZGVycw==
stringData:
  token-url: https://orders.example/token
`,
    gives: ['ready id-orders client_credentials orders.example secret'],
  },
  {
    name: 'compose list',
    fileName: 'compose.yaml',
    text: `services:
  api:
    image: x
    environment:
      - OIDC_ISSUER=https://orders.example
      - OIDC_CLIENT_ID=id-orders
      - OIDC_CLIENT_SECRET=s3cr3t-orders
  worker:
    environment:
      - OIDC_ISSUER=https://billing.example
      - OIDC_CLIENT_ID=id-billing
      - OIDC_CLIENT_SECRET
`,
    gives: [
      'ready id-orders authorization_code orders.example secret',
      'open id-billing authorization_code billing.example',
    ],
  },
  {
    name: 'helm values',
    fileName: 'values.yaml',
    text: `oidc:
  clientId: id-orders
  clientSecret: s3cr3t-orders
  issuerUrl: https://orders.example
ingress:
  host: x
`,
    gives: ['ready id-orders authorization_code orders.example secret'],
  },
  {
    name: 'oauth2-proxy cfg',
    fileName: 'oauth2-proxy.cfg',
    text: `provider = "oidc"
oidc_issuer_url = "https://orders.example"
client_id = "id-orders"
client_secret = "s3cr3t-orders"
cookie_secret = "LEAK"
redirect_url = "https://app.orders.example/oauth2/callback"
`,
    gives: ['ready id-orders authorization_code orders.example secret'],
  },
  {
    name: 'grafana ini',
    fileName: 'grafana.ini',
    text: `[auth.generic_oauth]
enabled = true
client_id = id-orders
client_secret = s3cr3t-orders
scopes = openid email
auth_url = https://orders.example/auth
token_url = https://orders.example/token
[auth.github]
enabled = false
client_id = id-github
client_secret = s3cr3t-github
auth_url = https://github.com/login/oauth/authorize
token_url = https://github.com/login/oauth/access_token
`,
    gives: ['ready id-orders authorization_code orders.example secret'],
    says: [/switched off/],
  },
  {
    name: 'gitlab omniauth env',
    fileName: 'oauth.json',
    text: JSON.stringify({
      providers: [
        {
          name: 'openid_connect',
          args: {
            name: 'oidc',
            scope: ['openid'],
            issuer: 'https://orders.example',
            client_options: {
              identifier: 'id-orders',
              secret: 's3cr3t-orders',
              redirect_uri: 'https://gl.orders.example/cb',
            },
          },
        },
      ],
    }),
    gives: [],
    says: [/No OAuth settings were found/],
  },
  {
    name: 'argocd',
    fileName: 'argocd-cm.yaml',
    text: `apiVersion: v1
kind: ConfigMap
metadata: { name: argocd-cm }
data:
  url: https://argo.orders.example
  oidc.config: |
    name: Okta
    issuer: https://orders.example
    clientID: id-orders
    clientSecret: $oidc.okta.clientSecret
`,
    gives: ['open id-orders client_credentials orders.example'],
    says: [/\$oidc\.okta\.clientSecret/],
  },
  {
    name: 'SAP xsuaa',
    fileName: 'key.json',
    text: JSON.stringify({
      clientid: 'id-orders',
      clientsecret: 's3cr3t-orders',
      url: 'https://orders.authentication.eu10.hana.ondemand.com',
      xsappname: 'x',
      tenantmode: 'dedicated',
      uaadomain: 'authentication.eu10.hana.ondemand.com',
      verificationkey: '-----BEGIN PUBLIC KEY-----',
    }),
    gives: ['ready id-orders client_credentials orders.authentication.eu10.hana.ondemand.com secret'],
  },
  {
    name: 'SAP nested uaa',
    fileName: 'default-env.json',
    text: JSON.stringify({
      VCAP_SERVICES: {
        xsuaa: [
          {
            name: 'x',
            credentials: {
              clientid: 'id-orders',
              clientsecret: 's3cr3t-orders',
              url: 'https://orders.authentication.eu10.hana.ondemand.com',
            },
          },
        ],
        destination: [
          {
            name: 'd',
            credentials: {
              clientid: 'id-billing',
              clientsecret: 's3cr3t-billing',
              url: 'https://billing.authentication.eu10.hana.ondemand.com',
              uri: 'https://destination.example',
            },
          },
        ],
      },
    }),
    gives: [
      'ready id-orders client_credentials orders.authentication.eu10.hana.ondemand.com secret',
      'ready id-billing client_credentials billing.authentication.eu10.hana.ondemand.com secret',
    ],
  },
  {
    name: 'SAP integration suite',
    text: JSON.stringify({
      oauth: {
        createdate: 'x',
        clientid: 'id-orders',
        clientsecret: 's3cr3t-orders',
        tokenurl: 'https://orders.example/oauth/token',
        url: 'https://rt.orders.example',
      },
    }),
    gives: ['ready id-orders client_credentials orders.example secret'],
  },
  {
    name: 'swagger2 app',
    fileName: 'swagger.yaml',
    text: `swagger: "2.0"
info: { title: Orders, version: "1" }
securityDefinitions:
  app:
    type: oauth2
    flow: application
    tokenUrl: https://orders.example/token
    scopes: { read: r }
  code:
    type: oauth2
    flow: accessCode
    authorizationUrl: https://orders.example/auth
    tokenUrl: https://orders.example/token
    scopes: { read: r, write: w }
  imp:
    type: oauth2
    flow: implicit
    authorizationUrl: https://orders.example/auth
    scopes: {}
`,
    gives: ['open - client_credentials orders.example', 'open - authorization_code orders.example'],
    says: [/implicit/],
  },
  {
    name: 'openapi3 relative',
    fileName: 'openapi.json',
    text: JSON.stringify({
      openapi: '3.0.3',
      info: { title: 'Orders', version: '1' },
      servers: [{ url: 'https://orders.example/api' }],
      components: {
        securitySchemes: {
          o: {
            type: 'oauth2',
            flows: {
              clientCredentials: { tokenUrl: '/oauth/token', scopes: {} },
              authorizationCode: {
                authorizationUrl: '/oauth/authorize',
                tokenUrl: '/oauth/token',
                scopes: { a: '' },
              },
            },
          },
          oidc: {
            type: 'openIdConnect',
            openIdConnectUrl: 'https://orders.example/.well-known/openid-configuration',
          },
        },
      },
    }),
    gives: [
      'open - client_credentials orders.example',
      'open - authorization_code orders.example',
      'open - authorization_code orders.example',
    ],
  },
  {
    name: 'openapi3.2 device',
    fileName: 'openapi.yaml',
    text: `openapi: 3.2.0
info: { title: Orders, version: "1" }
components:
  securitySchemes:
    d:
      type: oauth2
      flows:
        deviceAuthorization:
          deviceAuthorizationUrl: https://orders.example/device
          tokenUrl: https://orders.example/token
          scopes: {}
`,
    gives: ['open - device_code orders.example'],
  },
  {
    name: 'VS http-client.env.json',
    fileName: 'http-client.env.json',
    text: JSON.stringify({
      $shared: { TokenUrl: 'https://orders.example/token' },
      dev: { ClientId: 'id-orders', ClientSecret: { provider: 'AspnetUserSecrets', secretName: 'x' } },
      prod: {
        ClientId: 'id-orders-prod',
        ClientSecret: { provider: 'AzureKeyVault', keyVaultName: 'kv', secretName: 'y', resourceId: 'z' },
      },
    }),
    gives: [
      'open id-orders client_credentials orders.example',
      'open id-orders-prod client_credentials orders.example',
    ],
    says: [/AspnetUserSecrets[\s\S]*AzureKeyVault/],
  },
  {
    name: 'VS provider encrypted',
    fileName: 'http-client.env.json',
    text: JSON.stringify({
      dev: {
        TokenUrl: 'https://orders.example/token',
        ClientId: 'id-orders',
        ClientSecret: { provider: 'Encrypted', value: 'AQAALEAK' },
      },
    }),
    gives: ['open id-orders client_credentials orders.example'],
    says: [/Encrypted/],
  },
  {
    name: 'JetBrains full',
    fileName: 'http-client.env.json',
    text: JSON.stringify({
      dev: {
        Security: {
          Auth: {
            orders: {
              Type: 'OAuth2',
              'Grant Type': 'Client Credentials',
              'Token URL': 'https://orders.example/token',
              'Client ID': 'id-orders',
              'Client Credentials': 'in body',
              Scope: 'a b',
              'Custom Request Parameters': {
                resource: ['https://api.orders.example'],
                audience: { Value: 'x', Use: 'In Token Request' },
              },
            },
            device: {
              Type: 'OAuth2',
              'Grant Type': 'Device Authorization',
              'Device Auth URL': 'https://orders.example/device',
              'Token URL': 'https://orders.example/token',
              'Client ID': 'id-orders',
            },
            pw: {
              Type: 'OAuth2',
              'Grant Type': 'Password',
              'Token URL': 'https://orders.example/token',
              'Client ID': 'id-orders',
              Username: 'u',
              Password: 'LEAK',
            },
            mock: { Type: 'Mock', Token: 'LEAK' },
          },
        },
      },
    }),
    companion: JSON.stringify({
      dev: { Security: { Auth: { orders: { 'Client Secret': 's3cr3t-orders' } } } },
    }),
    gives: [
      'ready id-orders client_credentials orders.example secret',
      'ready id-orders device_code orders.example',
    ],
    says: [/must not be used/],
  },
  {
    name: 'Kulala env',
    fileName: 'http-client.private.env.json',
    text: JSON.stringify({
      $schema:
        'https://raw.githubusercontent.com/mistweaverco/kulala.nvim/main/schemas/http-client.private.env.schema.json',
      dev: {
        Security: {
          Auth: {
            orders: {
              Type: 'OAuth2',
              'Grant Type': 'Authorization Code',
              'Auth URL': 'https://orders.example/auth',
              'Token URL': 'https://orders.example/token',
              'Client ID': 'id-orders',
              'Client Secret': 's3cr3t-orders',
              'Redirect URL': 'http://localhost:8080/cb',
              PKCE: true,
              auth_data: { access_token: 'LEAK', refresh_token: 'LEAK' },
            },
          },
        },
      },
    }),
    gives: ['ready id-orders authorization_code orders.example secret'],
  },
  {
    name: 'REST Client settings',
    fileName: 'settings.json',
    text: `{
  // shared
  "rest-client.environmentVariables": {
    "$shared": { "tokenUrl": "https://orders.example/token" },
    "dev": { "clientId": "id-orders", "clientSecret": "s3cr3t-orders", },
    "prod": { "clientId": "id-orders-prod", "clientSecret": "{{$shared secret}}" }
  }
}`,
    gives: [
      'ready id-orders client_credentials orders.example secret',
      'open id-orders-prod client_credentials orders.example',
    ],
  },
  {
    name: 'httpYac settings',
    fileName: 'settings.json',
    text: JSON.stringify({
      'httpyac.environmentVariables': {
        $shared: { orders_tokenEndpoint: 'https://orders.example/token' },
        dev: { orders_clientId: 'id-orders', orders_clientSecret: 's3cr3t-orders' },
      },
    }),
    gives: ['ready id-orders client_credentials orders.example secret'],
  },
  {
    name: '.httpyac.json',
    fileName: '.httpyac.json',
    text: JSON.stringify({
      environments: {
        $shared: { orders_tokenEndpoint: 'https://orders.example/token' },
        dev: { orders_clientId: 'id-orders', orders_clientSecret: 's3cr3t-orders' },
        prod: { orders_clientId: 'id-orders-prod' },
      },
      cookieJarEnabled: true,
    }),
    gives: [
      'ready id-orders client_credentials orders.example secret',
      'ready id-orders-prod client_credentials orders.example',
    ],
  },
  {
    name: 'package.json httpyac',
    fileName: 'package.json',
    text: JSON.stringify({
      name: 'x',
      httpyac: {
        environments: {
          dev: {
            orders_tokenEndpoint: 'https://orders.example/token',
            orders_clientId: 'id-orders',
            orders_clientSecret: 's3cr3t-orders',
          },
        },
      },
    }),
    gives: ['ready id-orders client_credentials orders.example secret'],
  },
  {
    name: '.http file with token request',
    fileName: 'a.http',
    text: `@id = id-orders
@secret = s3cr3t-orders
### 
POST https://orders.example/token
Content-Type: application/x-www-form-urlencoded

grant_type=client_credentials&client_id={{id}}&client_secret={{secret}}
`,
    gives: ['ready id-orders client_credentials orders.example secret'],
  },
  {
    name: 'Insomnia global env',
    fileName: 'env.yaml',
    text: `type: environment.insomnia.rest/5.0
name: Global
meta: { id: wrk_1 }
environments:
  name: Base Environment
  meta: { id: env_1 }
  data:
    oauth: { client_id: id-orders, client_secret: s3cr3t-orders, token_url: "https://orders.example/token" }
`,
    gives: ['ready id-orders client_credentials orders.example secret'],
  },
  {
    name: 'HAR',
    fileName: 'x.har',
    text: JSON.stringify({
      log: {
        version: '1.2',
        entries: [
          {
            request: {
              method: 'POST',
              url: 'https://orders.example/token',
              headers: [],
              postData: {
                mimeType: 'application/x-www-form-urlencoded',
                text: 'grant_type=client_credentials&client_id=id-orders&client_secret=s3cr3t-orders',
              },
            },
          },
        ],
      },
    }),
    gives: ['ready id-orders client_credentials orders.example secret'],
  },
  {
    name: 'Terraform tfvars',
    fileName: 'terraform.tfvars',
    text: `client_id     = "id-orders"
client_secret = "s3cr3t-orders"
issuer_url    = "https://orders.example"
`,
    gives: ['ready id-orders client_credentials orders.example secret'],
  },
  {
    name: 'TOML',
    fileName: 'config.toml',
    text: `[oauth.orders]
client_id = "id-orders"
client_secret = "s3cr3t-orders"
token_url = "https://orders.example/token"
[oauth.billing]
client_id = "id-billing"
token_url = "https://billing.example/token"
`,
    gives: [
      'ready id-orders client_credentials orders.example secret',
      'ready id-billing client_credentials billing.example',
    ],
  },
  {
    name: 'Zitadel key',
    fileName: 'key.json',
    text: JSON.stringify({
      type: 'serviceaccount',
      keyId: '1',
      key: '-----BEGIN RSA PRIVATE KEY-----\nLEAK',
      userId: '2',
    }),
    gives: [],
    says: [/No OAuth settings were found/],
  },
  {
    name: 'Auth0 spa json',
    fileName: 'auth_config.json',
    text: JSON.stringify({ domain: 'auth0.example', clientId: 'id-auth0', audience: 'https://api' }),
    gives: ['open id-auth0 client_credentials -'],
  },
  {
    name: 'Azure static web apps',
    fileName: 'staticwebapp.config.json',
    text: JSON.stringify({
      auth: {
        identityProviders: {
          azureActiveDirectory: {
            registration: {
              openIdIssuer: 'https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0',
              clientIdSettingName: 'AZURE_CLIENT_ID',
              clientSecretSettingName: 'AZURE_CLIENT_SECRET',
            },
          },
        },
      },
    }),
    gives: [],
    says: [/No OAuth settings were found/],
  },
  {
    name: 'Postman 2.0 object',
    text: JSON.stringify({
      info: { name: 'S', schema: 'https://schema.getpostman.com/json/collection/v2.0.0/collection.json' },
      item: [],
      auth: {
        type: 'oauth2',
        oauth2: {
          grant_type: 'client_credentials',
          accessTokenUrl: 'https://orders.example/token',
          clientId: 'id-orders',
          clientSecret: 's3cr3t-orders',
          client_authentication: 'body',
          tokenRequestParams: [{ key: 'audience', value: 'x', enabled: true, send_as: 'request_body' }],
        },
      },
    }),
    gives: ['ready id-orders client_credentials orders.example secret'],
  },
  {
    name: 'Postman vault',
    text: JSON.stringify({
      info: { name: 'S' },
      item: [],
      auth: {
        type: 'oauth2',
        oauth2: [
          { key: 'accessTokenUrl', value: 'https://orders.example/token' },
          { key: 'clientId', value: 'id-orders' },
          { key: 'clientSecret', value: '{{vault:secret}}' },
          { key: 'grant_type', value: 'authorization_code_with_pkce' },
          { key: 'authUrl', value: 'https://orders.example/auth' },
          { key: 'redirect_uri', value: 'https://oauth.pstmn.io/v1/callback' },
          { key: 'useBrowser', value: true },
        ],
      },
    }),
    gives: ['open id-orders authorization_code orders.example'],
  },
  {
    name: 'Postman dump (data.json)',
    text: JSON.stringify({
      version: 1,
      collections: [
        {
          id: '1',
          name: 'Shop',
          order: [],
          requests: [
            {
              id: 'r',
              name: 'R',
              auth: {
                type: 'oauth2',
                oauth2: [
                  { key: 'accessTokenUrl', value: 'https://orders.example/token' },
                  { key: 'clientId', value: 'id-orders' },
                  { key: 'grant_type', value: 'client_credentials' },
                  { key: 'clientSecret', value: 's3cr3t-orders' },
                ],
              },
            },
          ],
        },
      ],
      environments: [],
    }),
    gives: [],
    says: [/No OAuth settings were found/],
  },
  {
    name: 'keycloak spring adapter yaml',
    fileName: 'application.yml',
    text: `keycloak:
  auth-server-url: https://keycloak.example/auth
  realm: shop
  resource: id-keycloak
  credentials:
    secret: s3cr3t-keycloak
`,
    gives: ['ready id-keycloak client_credentials keycloak.example secret'],
  },
  {
    name: 'Hoppscotch env export',
    fileName: 'env.json',
    text: JSON.stringify([
      {
        v: 2,
        id: 'x',
        name: 'dev',
        variables: [
          { key: 'client_id', initialValue: 'id-dev', currentValue: '', secret: false },
          { key: 'client_secret', initialValue: '', currentValue: 's3cr3t-dev', secret: true },
          { key: 'token_url', initialValue: 'https://dev.example/token', currentValue: '', secret: false },
        ],
      },
    ]),
    gives: ['ready id-dev client_credentials dev.example secret'],
  },
  {
    name: 'Insomnia 5 request',
    fileName: 'c.yaml',
    text: `type: collection.insomnia.rest/5.0
name: Shop
meta: { id: wrk_1 }
collection:
  - url: "{{ _.base }}/x"
    name: R
    method: GET
    authentication:
      type: oauth2
      grantType: client_credentials
      accessTokenUrl: "{{ _.oauth.url }}"
      clientId: "{{ _.oauth.id }}"
      clientSecret: "{% prompt 'x' %}"
      credentialsInBody: true
      audience: "aud"
environments:
  name: Base
  data: { oauth: { url: "https://orders.example/token", id: id-orders } }
`,
    gives: ['open id-orders client_credentials orders.example'],
  },
  {
    name: 'Bruno bru oauth2 v2',
    fileName: 'R.bru',
    text: `meta {
  name: R
  type: http
}

get {
  url: https://api.orders.example
  auth: oauth2
}

auth:oauth2 {
  grant_type: authorization_code
  callback_url: http://localhost:8080/cb
  authorization_url: https://orders.example/auth
  access_token_url: https://orders.example/token
  refresh_token_url: 
  client_id: id-orders
  client_secret: s3cr3t-orders
  scope: a b
  state: xyz
  pkce: true
  credentials_placement: body
  credentials_id: credentials
  token_placement: header
  token_header_prefix: Bearer
  auto_fetch_token: true
  auto_refresh_token: false
}

auth:oauth2:additional_params:access_token_req:body {
  audience: https://api
  ~resource: off
}
`,
    gives: ['ready id-orders authorization_code orders.example secret'],
    says: [/switched off/],
  },
  {
    name: 'Thunder client export',
    text: JSON.stringify({
      client: 'Thunder Client',
      collectionName: 'Shop',
      version: '1.2',
      folders: [],
      requests: [
        {
          name: 'R',
          url: '',
          auth: {
            type: 'oauth2',
            oauth2: {
              authUrl: '',
              tokenUrl: 'https://orders.example/token',
              clientId: 'id-orders',
              clientSecret: 's3cr3t-orders',
              grantType: 'client_credentials',
              clientAuth: 'in-body',
              scope: 'x',
              tokenPrefix: 'Bearer',
            },
          },
        },
      ],
    }),
    gives: ['ready id-orders client_credentials orders.example secret'],
  },
  {
    name: 'registration answer',
    text: JSON.stringify({
      client_id: 'id-orders',
      client_secret: 's3cr3t-orders',
      client_secret_expires_at: 0,
      client_id_issued_at: 1,
      registration_access_token: 'LEAK',
      registration_client_uri: 'https://orders.example/register/1',
      token_endpoint_auth_method: 'client_secret_basic',
      grant_types: ['authorization_code', 'refresh_token'],
      redirect_uris: ['http://127.0.0.1/callback'],
    }),
    gives: ['open id-orders authorization_code - secret'],
    says: [/registration access token was left out/],
  },
  {
    name: 'RFC 9728',
    text: JSON.stringify({
      resource: 'https://api.orders.example',
      authorization_servers: ['https://orders.example'],
      scopes_supported: ['a'],
      bearer_methods_supported: ['header'],
    }),
    gives: ['open - authorization_code orders.example'],
  },
  {
    name: 'chrome bash',
    secrets: ['s3cr3t-orders!'],
    text: `curl 'https://orders.example/token' \\
  -H 'content-type: application/x-www-form-urlencoded' \\
  --data-raw $'grant_type=client_credentials&client_id=id-orders&client_secret=s3cr3t-orders\\u0021'`,
    gives: ['ready id-orders client_credentials orders.example secret'],
  },
  {
    name: 'compose env map and secrets file',
    fileName: 'docker-compose.yml',
    text: `services:
  api:
    environment:
      CLIENT_ID: id-orders
      CLIENT_SECRET_FILE: /run/secrets/x
      TOKEN_URL: https://orders.example/token
`,
    gives: ['open id-orders client_credentials orders.example'],
    says: [/CLIENT_SECRET_FILE/],
  },
  {
    name: 'Kubernetes sealed',
    fileName: 's.yaml',
    text: `apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata: { name: orders }
spec:
  encryptedData:
    client-id: AgB2x9
    client-secret: AgB2x9
`,
    gives: [],
    says: [/No OAuth settings were found/],
  },
  {
    name: 'External secret',
    fileName: 's.yaml',
    text: `apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: orders }
spec:
  target:
    template:
      data:
        CLIENT_ID: id-orders
        CLIENT_SECRET: "{{ .secret }}"
        TOKEN_URL: https://orders.example/token
`,
    gives: ['open id-orders client_credentials orders.example'],
    says: [/\{\{ \.secret \}\}/],
  },
  {
    name: 'Traefik/Gitea ini',
    fileName: 'app.ini',
    text: `[oauth2_client]
ENABLE_AUTO_REGISTRATION = true
[oauth]
CLIENT_ID = id-orders
CLIENT_SECRET = s3cr3t-orders
ISSUER = https://orders.example
`,
    gives: ['ready id-orders client_credentials orders.example secret'],
  },
  {
    name: 'Airflow / Superset python',
    text: `OAUTH_PROVIDERS = [{
  'name': 'x',
  'remote_app': { 'client_id': 'id-orders', 'client_secret': 's3cr3t-orders', 'access_token_url': 'https://orders.example/token' }
}]`,
    gives: [],
    says: [/No OAuth settings were found/],
  },
  {
    name: 'mcp.json',
    fileName: 'mcp.json',
    text: JSON.stringify({
      servers: {
        x: { type: 'http', url: 'https://mcp.orders.example/mcp' },
        y: { command: 'npx', args: ['-y', 'z'], env: { TOKEN: 'LEAK' } },
      },
    }),
    gives: ['open - authorization_code -'],
  },
  {
    name: 'OIDC discovery doc',
    text: JSON.stringify({
      issuer: 'https://orders.example',
      authorization_endpoint: 'https://orders.example/a',
      token_endpoint: 'https://orders.example/t',
      jwks_uri: 'https://orders.example/j',
    }),
    gives: ['open - client_credentials orders.example'],
  },
  {
    name: 'AWS SAM env',
    fileName: 'env.json',
    text: JSON.stringify({
      FnA: {
        CLIENT_ID: 'id-orders',
        CLIENT_SECRET: 's3cr3t-orders',
        TOKEN_URL: 'https://orders.example/token',
      },
      FnB: { CLIENT_ID: 'id-billing', TOKEN_URL: 'https://billing.example/token' },
    }),
    gives: [
      'ready id-orders client_credentials orders.example secret',
      'ready id-billing client_credentials billing.example',
    ],
  },
  {
    name: 'GitHub Actions',
    fileName: 'ci.yml',
    text: `jobs:
  a:
    env:
      CLIENT_ID: id-orders
      CLIENT_SECRET: \${{ secrets.ORDERS_SECRET }}
      TOKEN_URL: https://orders.example/token
`,
    gives: ['open id-orders client_credentials orders.example'],
  },
  {
    name: 'Spring YAML multi + default placeholder',
    fileName: 'application.yaml',
    text: `spring.security.oauth2.client:
  registration:
    orders:
      provider: kc
      client-id: \${ORDERS_ID:id-orders}
      client-secret: \${ORDERS_SECRET:}
      authorization-grant-type: client_credentials
      scope: a,b
  provider:
    kc:
      issuer-uri: https://orders.example/realms/x
`,
    gives: ['open id-orders client_credentials orders.example'],
  },
  {
    name: 'JetBrains placeholders',
    fileName: 'http-client.env.json',
    text: JSON.stringify({
      dev: {
        host: 'https://dev.example',
        Security: {
          Auth: {
            a: {
              Type: 'OAuth2',
              'Grant Type': 'Client Credentials',
              'Token URL': '{{host}}/token',
              'Client ID': 'id-dev',
              'Client Secret': '{{secret}}',
            },
          },
        },
      },
    }),
    companion: JSON.stringify({ dev: { secret: 's3cr3t-dev' } }),
    gives: ['ready id-dev client_credentials dev.example secret'],
  },
  {
    name: 'settings both tools',
    fileName: 'settings.json',
    text: JSON.stringify({
      'rest-client.environmentVariables': { dev: { a: 'b' } },
      'httpyac.environmentVariables': { dev: { clientId: 'id-dev', tokenUrl: 'https://dev.example/token' } },
    }),
    gives: ['ready id-dev client_credentials dev.example'],
  },
  {
    name: 'wso2 / generic JSON list',
    text: JSON.stringify([
      {
        consumerKey: 'id-orders',
        consumerSecret: 's3cr3t-orders',
        tokenEndpoint: 'https://orders.example/token',
      },
      {
        consumerKey: 'id-billing',
        consumerSecret: 's3cr3t-billing',
        tokenEndpoint: 'https://billing.example/token',
      },
    ]),
    gives: [
      'ready id-orders client_credentials orders.example secret',
      'ready id-billing client_credentials billing.example secret',
    ],
  },
];
