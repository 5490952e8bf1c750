import type { ForeignFile } from './foreignFile.ts';

/** More files of public repositories and manuals. */
export const moreRepositories: readonly ForeignFile[] = [
  {
    name: 'a library of Spring’s, all to be filled in',
    fileName: 'application.yml',
    text: `prx:
  auth:
    authorizationGrantType: authorization_code
    scope: read write
    clientSecret: your-client-secret
    clientId: your-client-id
    redirectUri: http://localhost
    username: your-username
    password: your-password
`,
    gives: ['open - authorization_code -'],
  },
  {
    name: 'a gateway’s providers: a JWT’s issuer and an API key are no clients',
    fileName: 'security.yaml',
    text: `apiVersion: tigateway.cn/v1
kind: TiGatewaySecurity
metadata:
  name: authentication-config
spec:
  authentication:
    providers:
      - name: jwt
        type: JWT
        enabled: true
        config:
          secretKey: \${JWT_SECRET}
          issuer: tigateway
          audience: api-users
          headerName: Authorization
          tokenPrefix: Bearer
      - name: oauth2
        type: OAuth2
        enabled: true
        config:
          issuerUri: https://orders.dev
          clientId: id-orders
          clientSecret: \${OAUTH2_CLIENT_SECRET}
          scope: openid,profile,email
          authorizationGrantType: authorization_code
          redirectUri: "{baseUrl}/login/oauth2/code/{registrationId}"
      - name: api-key
        type: APIKey
        enabled: false
        config:
          headerName: X-API-Key
          secretKey: LEAK
`,
    gives: ['open id-orders authorization_code orders.dev'],
  },
  {
    name: 'Spring: names in camelCase, comments in Korean',
    fileName: 'application.yml',
    text: `spring.application.name: spring-security-oauth2
spring:
  security:
    oauth2:
      client:
        # 클라이언트 설정
        registration:
          keycloak:
            clientId: id-orders
            clientSecret: s3cr3t-orders
            clientName: oauth2-client-app
            authorizationGrantType: authorization_code
            redirectUri: http://localhost:3000/auth/login/oauth2/code
            clientAuthenticationMethod: client_secret_basic
            scope: openid,profile,email
        provider:
          keycloak:
            issuerUri: https://orders.dev/realms/oauth2
            authorizationUri: https://orders.dev/realms/oauth2/protocol/openid-connect/auth
            tokenUri: https://orders.dev/realms/oauth2/protocol/openid-connect/token
            userNameAttribute: preferred_username
`,
    gives: ['ready id-orders authorization_code orders.dev secret'],
  },
  {
    name: 'Spring: braces that are no YAML text',
    fileName: 'application.yml',
    text: `spring:
  security:
    oauth2:
      client:
        registration:
          gitHubs:
            clientId: {{client-id-here}}
            clientSecret: {{client-secret-here}}
            authorizationGrantType: authorization_code
            redirectUri: "http://localhost:8080/login/oauth2/code/gitHubs"
            scope: read:user, user:email
            clientAuthenticationScheme: form
        provider:
          gitHubs:
            authorizationUri: https://github.com/login/oauth/authorize
            tokenUri: https://github.com/login/oauth/access_token
`,
    gives: ['open - authorization_code github.com'],
    says: [/“clientId” is written in a way that is not known/],
  },
  {
    name: 'Spring: YAML with a tab',
    fileName: 'application.yml',
    text: `spring:
	security:
    oauth2.client:
      registration:
        google:
          clientId: id-google
          clientSecret: s3cr3t-google
        naver:
          clientId: id-naver
          clientSecret: s3cr3t-naver
          clientAuthenticationMethod: post
      provider:
        naver:
          tokenUri: https://naver.dev/token
`,
    gives: [],
    says: [/broken or cut off at line 2/],
  },
  {
    name: 'Spring Cloud Azure: an application’s URI is no client',
    fileName: 'application.yml',
    text: `spring:
  cloud:
    azure:
      active-directory:
        tenant-id: <Tenant-id-registered-by-application>
        client-id: <Web-API-C-client-id>
        client-secret: <Web-API-C-client-secret>
        app-id-uri: <Web-API-C-app-id-url>
        application-type: web_application_and_resource_server
        authorization-clients:
          graph:
            authorizationGrantType: authorization_code
            scopes:
              - https://graph.microsoft.com/User.Read
`,
    gives: ['open - client_credentials -'],
  },
  {
    name: 'a request’s auth in YAML',
    fileName: 'req.yml',
    text: `auth:
  type: oauth2
  grantType: authorization_code
  authorizationUrl: "https://orders.dev/authorize"
  tokenUrl: "https://orders.dev/token"
  clientId: "id-orders"
  scope: openid profile
  redirectUri: http://127.0.0.1:8765/callback
`,
    gives: ['ready id-orders authorization_code orders.dev'],
  },
  {
    name: 'Postman: an object, a token alone, and PKCE',
    fileName: 'odoo.postman_collection.json',
    text: `{"info":{"name":"Odoo","schema":"https://schema.getpostman.com/json/collection/v2.0.0/collection.json"},"item":[{"name":"a","request":{"url":"https://api.orders.dev","method":"GET","auth":{"type":"oauth2","oauth2":{"clientSecret":"s3cr3t-orders","clientId":"id-orders","accessTokenUrl":"https://orders.dev/token","grant_type":"client_credentials","addTokenTo":"header"}}}},
{"name":"b","request":{"url":"https://api.orders.dev","auth":{"type":"oauth2","oauth2":[{"key":"accessToken","value":"LEAK","type":"string"},{"key":"tokenType","value":"","type":"string"},{"key":"addTokenTo","value":"header","type":"string"}]}}},
{"name":"c","request":{"url":"https://api.orders.dev","auth":{"type":"oauth2","oauth2":[{"key":"grantType","value":"authorization_code_with_pkce","type":"string"},{"key":"headerPrefix","value":"Bearer"},{"key":"tokenName","value":"x"},{"key":"accessTokenUrl","value":"https://web.dev/token"},{"key":"authUrl","value":"https://web.dev/authorize"},{"key":"clientId","value":"id-web"},{"key":"useBrowser","value":true},{"key":"redirect_uri","value":"https://oauth.pstmn.io/v1/callback"},{"key":"refreshTokenUrl","value":"https://web.dev/refresh"},{"key":"scope","value":"a b"},{"key":"state","value":"1"}]}}}]}
`,
    gives: [
      'ready id-orders client_credentials orders.dev secret',
      'open - client_credentials -',
      'ready id-web authorization_code web.dev',
    ],
    says: [/refreshTokenUrl/, /oauth.pstmn.io/],
  },
  {
    name: 'REST Client: settings without their braces',
    fileName: 'settings.txt',
    text: `"rest-client.environmentVariables": {
    "$shared": { "tokenUrl": "https://orders.dev/token" },
    "dev": { "clientId": "id-orders-dev", "clientSecret": "s3cr3t-orders-dev" },
    "prod": { "clientId": "id-orders-prod", "clientSecret": "s3cr3t-orders-prod" }
}
`,
    gives: [
      'ready id-orders-dev client_credentials orders.dev secret',
      'ready id-orders-prod client_credentials orders.dev secret',
    ],
  },
  {
    name: 'ASP.NET: ClientCredentials in a list, Keycloak beside it',
    fileName: 'appsettings.Development.json',
    text: `{
  // comment
  "Logging": { "LogLevel": { "Default": "Information" } },
  "ConnectionStrings": { "Db": "Server=.;Password=LEAK" },
  "AzureAd": {
    "Instance": "https://login.microsoftonline.com/",
    "Domain": "qualified.domain.name",
    "TenantId": "22222222-2222-2222-2222-222222222222",
    "ClientId": "id-login",
    "Scopes": "access_as_user",
    "CallbackPath": "/signin-oidc",
    "ClientCredentials": [ { "SourceType": "ClientSecret", "ClientSecret": "s3cr3t-login" } ]
  },
  "DownstreamApi": { "BaseUrl": "https://graph.microsoft.com/v1.0", "Scopes": [ "user.read" ] },
  "Keycloak": { "Authority": "https://orders.dev/realms/x", "Audience": "account", "ClientId": "id-orders", "ClientSecret": "s3cr3t-orders", "RequireHttpsMetadata": false },
  "IdentityServer": { "Clients": { "App": { "Profile": "SPA" } } },
}
`,
    gives: [
      'ready id-login authorization_code login.microsoftonline.com secret',
      'ready id-orders client_credentials orders.dev secret',
    ],
  },
  {
    name: 'Terraform: a client that is made, and two that make',
    fileName: 'main.tf',
    text: `resource "keycloak_openid_client" "orders" {
  realm_id  = keycloak_realm.realm.id
  client_id = "id-orders"
  client_secret = "s3cr3t-orders"
  access_type = "CONFIDENTIAL"
  service_accounts_enabled = true
  valid_redirect_uris = ["http://localhost:8080/openid-callback"]
}
provider "keycloak" {
  client_id     = "id-web"
  client_secret = "s3cr3t-web"
  url           = "https://web.dev"
}
provider "auth0" {
  domain        = "billing.auth0.com"
  client_id     = "id-billing"
  client_secret = "s3cr3t-billing"
}
resource "auth0_client" "mail" {
  name = "mail"
  app_type = "non_interactive"
  grant_types = ["client_credentials"]
}
`,
    gives: [
      'open id-web client_credentials - secret',
      'ready id-billing client_credentials billing.auth0.com secret',
    ],
    says: [/“orders” has a client and a secret, but no server/],
  },
  {
    name: 'Helm: values of three charts, one with another’s file in it',
    fileName: 'values.yaml',
    text: `grafana:
  grafana.ini:
    auth.generic_oauth:
      enabled: true
      name: Keycloak-OAuth
      allow_sign_up: true
      client_id: id-orders
      client_secret: s3cr3t-orders
      scopes: openid email profile offline_access roles
      auth_url: https://orders.dev/realms/x/protocol/openid-connect/auth
      token_url: https://orders.dev/realms/x/protocol/openid-connect/token
      api_url: https://orders.dev/realms/x/protocol/openid-connect/userinfo
    auth.github:
      enabled: false
      client_id: id-github
      client_secret: s3cr3t-github
oauth2-proxy:
  config:
    clientID: id-billing
    clientSecret: s3cr3t-billing
    cookieSecret: LEAK
    configFile: |-
      provider = "oidc"
      oidc_issuer_url = "https://billing.dev"
      email_domains = [ "*" ]
argocd:
  configs:
    cm:
      oidc.config: |
        name: Okta
        issuer: https://web.dev
        clientID: id-web
        clientSecret: $oidc.okta.clientSecret
        requestedScopes: ["openid", "profile"]
`,
    gives: ['ready id-orders authorization_code orders.dev secret', 'open id-web client_credentials web.dev'],
    says: [/“auth.github” is switched off/, /“oauth2-proxy” has a client and a secret/],
  },
  {
    name: 'Insomnia 5: what is asked for and kept elsewhere, by environment',
    fileName: 'insomnia.yaml',
    text: `type: collection.insomnia.rest/5.0
schema_version: "5.1"
name: Shop
meta:
  id: wrk_1
collection:
  - url: "{{ _.base_url }}/orders"
    name: Orders
    meta: { id: req_1 }
    method: GET
    authentication:
      type: oauth2
      grantType: client_credentials
      accessTokenUrl: "{{ _.token_url }}"
      clientId: "{{ _.client_id }}"
      clientSecret: "{{ _.client_secret }}"
      credentialsInBody: true
      scope: orders
      audience: ""
      resource: ""
      tokenPrefix: ""
      disabled: false
      usePkce: false
      code: ""
      origin: ""
      username: ""
      password: ""
      redirectUrl: ""
      state: ""
    settings: { renderRequestBody: true }
  - name: Web
    children:
      - url: https://api.web.dev
        name: Web
        method: GET
        authentication: { type: oauth2, grantType: authorization_code, usePkce: true, pkceMethod: S256, authorizationUrl: "https://web.dev/authorize", accessTokenUrl: "https://web.dev/token", clientId: id-web, clientSecret: "{% prompt 'Secret', '', '', '', false, true %}", redirectUrl: "http://localhost:1234/cb", scope: "openid", useDefaultBrowser: true, responseType: code }
environments:
  name: Base Environment
  data:
    base_url: https://api.orders.dev
  subEnvironments:
    - name: Dev
      data: { token_url: "https://orders-dev.dev/token", client_id: id-orders-dev, client_secret: s3cr3t-orders-dev }
    - name: Prod
      data: { token_url: "https://orders-prod.dev/token", client_id: id-orders-prod, client_secret: "{% external 'aws', 'x' %}" }
`,
    gives: [
      'ready id-orders-dev client_credentials orders-dev.dev secret',
      'open id-orders-prod client_credentials orders-prod.dev',
      'open id-web authorization_code web.dev',
    ],
    says: [/external/, /prompt/],
  },
  {
    name: 'Thunder Client: settings of the collection and of a request',
    fileName: 'thunder-collection_orders.json',
    text: `{"clientName":"Thunder Client","collectionName":"Orders","collectionId":"c1","dateExported":"2024-01-01T00:00:00.000Z","version":"1.2","folders":[],"requests":[{"_id":"r1","colId":"c1","containerId":"","name":"list","url":"https://api.orders.dev","method":"GET","sortNum":1,"headers":[],"auth":{"type":"oauth2","oauth2":{"grantType":"client_credentials","accessTokenUrl":"https://orders.dev/token","clientId":"id-orders","clientSecret":"s3cr3t-orders","scope":"a","clientAuth":"in-body","tokenPrefix":"Bearer","audience":"","resource":"","options":{"name":"x"}}}}],"settings":{"headers":[],"auth":{"type":"oauth2","oauth2":{"grantType":"authorization_code","authUrl":"https://web.dev/authorize","tokenUrl":"https://web.dev/token","clientId":"id-web","callbackUrl":"https://www.thunderclient.com/oauth/callback","pkce":true,"codeChallengeMethod":"S256","clientAuth":"in-header","scope":""}},"options":{"baseUrl":""}}}
`,
    gives: [
      'ready id-web authorization_code web.dev',
      'ready id-orders client_credentials orders.dev secret',
    ],
    says: [/Not taken over: “options”/],
  },
  {
    name: 'names with two underscores; the profile is called by its own host',
    fileName: '.env',
    text: `# App A
APP_A_AUTH_SERVER=https://orders.dev
APP_A_OAUTH_CLIENT=id-orders
APP_A_OAUTH_SECRET=s3cr3t-orders
# App B
OAUTH__CLIENT__ID=id-billing
OAUTH__CLIENT__SECRET=s3cr3t-billing
OAUTH__TOKEN__URL=https://billing.dev/token
`,
    gives: ['ready id-billing client_credentials billing.dev secret'],
  },
];
