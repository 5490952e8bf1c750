import type { ForeignFile } from './foreignFile.ts';

const json = (value: unknown) => JSON.stringify(value, undefined, 2);

/** What each request of Insomnia's own smoke tests has. */
const insomnia = (name: string, grantType: string, client: string, more = '') => `
      - url: http://127.0.0.1:4010/oidc/me
        name: ${name}
        method: GET
        authentication:
          type: oauth2
          disabled: false
          grantType: ${grantType}
          accessTokenUrl: https://orders.dev/oidc/token
          authorizationUrl: https://orders.dev/oidc/auth
          clientId: ${client}
          clientSecret: s3cr3t-orders
          scope: openid offline_access
          redirectUrl: http://127.0.0.1:4010/callback
          responseType: id_token${more}`;

const google = (more: Readonly<Record<string, unknown>>) =>
  json({
    web: {
      ...{ client_id: 'id-orders', project_id: 'orders', client_secret: 's3cr3t-orders' },
      ...{
        auth_uri: 'https://accounts.orders.dev/o/oauth2/auth',
        token_uri: 'https://oauth2.orders.dev/token',
      },
      ...more,
    },
  });

/**
 * Files of public repositories, cut to what matters, with names and hosts of our own; `origin` says which. What is right was taken
 * from what their tools do with them: Insomnia's `network/o-auth-2/get-token.ts`, Hoppscotch's `oauth` flows, Google's and the RFCs' words.
 */
export const realFiles: readonly ForeignFile[] = [
  {
    name: 'Insomnia: its own collection of every grant',
    secrets: ['s3cr3t-orders', 's3cr3t-orders', 's3cr3t-orders'],
    origin: 'Kong/insomnia@10fb469 packages/insomnia-smoke-test/fixtures/oauth.yaml',
    fileName: 'oauth.yaml',
    text: `type: collection.insomnia.rest/5.0
name: OAuth Testing
collection:
  - name: Authorization Code
    children:${insomnia('PKCE SHA256', 'authorization_code', 'id-orders', '\n          usePkce: true')}${insomnia(
      'PKCE Plain',
      'authorization_code',
      'id-orders-plain',
      '\n          credentialsInBody: true\n          usePkce: true\n          pkceMethod: plain',
    )}
  - name: Others
    children:${insomnia('ID Token', 'implicit', 'implicit')}${insomnia('By password', 'password', 'owner', '\n          username: foo\n          password: LEAK')}${insomnia(
      'Client Credentials',
      'client_credentials',
      'id-orders-cc',
      '\n          username: foo\n          password: LEAK',
    )}
environments:
  name: Base Environment
`,
    gives: [
      'ready id-orders authorization_code orders.dev secret',
      'ready id-orders-plain authorization_code orders.dev secret',
      'ready id-orders-cc client_credentials orders.dev secret',
    ],
    fields: [
      // Insomnia shows the client in a header unless it is told otherwise, and asks for a code whatever the response type.
      { clientAuthentication: 'client_secret_basic', redirectUri: 'http://127.0.0.1:4010/callback' },
      { clientAuthentication: 'client_secret_post' },
      { redirectUri: undefined, scopes: ['openid', 'offline_access'] },
    ],
    says: [/“ID Token” uses the grant “implicit”/, /“By password” uses the grant “password”/],
  },
  {
    name: 'Insomnia: a folder’s authentication, which its requests inherit',
    origin: 'Kong/insomnia@10fb469 packages/insomnia-smoke-test/fixtures/oauth.yaml',
    text: `type: collection.insomnia.rest/5.0
name: OAuth Testing
collection:
  - name: Folder Level Auth Code
    children:
      - name: Inherit Auth Folder
        children:
          - url: http://127.0.0.1:4010/oidc/me
            name: Request with Inherited Auth
            method: GET
    authentication:
      type: oauth2
      disabled: false
      grantType: authorization_code
      accessTokenUrl: https://orders.dev/oidc/token
      authorizationUrl: https://orders.dev/oidc/auth
      clientId: id-orders
      clientSecret: s3cr3t-orders
      credentialsInBody: false
      usePkce: false
`,
    gives: ['ready id-orders authorization_code orders.dev secret'],
  },
  {
    name: 'Insomnia: OAuth 1 and HTTP Basic are no clients',
    origin: 'Kong/insomnia@7fb7abe packages/insomnia-smoke-test/fixtures/auth-types.yaml',
    fileName: 'auth-types.yaml',
    text: `type: collection.insomnia.rest/5.0
schema_version: "5.1"
name: Auth tests
collection:
  - url: http://127.0.0.1:4010/auth/basic
    name: sends request with basic authentication
    authentication: { type: basic, useISO88591: false, username: user, password: LEAK, disabled: false }
  - url: http://127.0.0.1:4010/auth/oauth1
    name: sends request with oauth1
    authentication:
      type: oauth1
      signatureMethod: HMAC-SHA1
      consumerKey: key
      tokenKey: key
      tokenSecret: LEAK
environments:
  name: Base Environment
  data: { customValue: fromEnvManager }
`,
    gives: [],
    says: [/No OAuth client stands in this Insomnia collection/],
  },
  {
    name: 'Insomnia 4, in YAML: environments without a client',
    origin: 'Kong/insomnia@704d2b1 packages/insomnia-smoke-test/fixtures/insomnia4.yaml',
    fileName: 'insomnia4.yaml',
    text: `_type: export
__export_format: 4
__export_date: 2021-10-22T15:04:47.537Z
__export_source: insomnia.desktop.app:v2021.5.3
resources:
  - { _id: req_1, parentId: wrk_1, url: "{{ _.base_url }}/sleep", name: Get Sleep, method: GET, body: {}, authentication: {}, _type: request }
  - { _id: wrk_1, parentId: null, name: Insomnia, _type: workspace }
  - { _id: env_1, parentId: wrk_1, name: Base Environment, data: { base_url: "{{ scheme }}://{{ host }}{{ base_path }}" }, _type: environment }
  - { _id: env_2, parentId: env_1, name: Insomnia Environment, data: { base_path: "", scheme: http, host: "127.0.0.1:4010" }, _type: environment }
`,
    gives: [],
    says: [/No OAuth client stands in this Insomnia export/],
  },
  {
    name: 'Hoppscotch: endpoints that are no addresses',
    origin: 'hoppscotch/hoppscotch@6fa66d8 packages/hoppscotch-cli/…/collections/oauth2-auth-code-coll.json',
    text: json({
      ...{ v: 3, name: 'OAuth2 Authorization Code Grant Type - Collection', folders: [], headers: [] },
      requests: [
        {
          ...{
            v: '7',
            endpoint: 'https://echo.orders.dev',
            name: 'pass-by-headers',
            method: 'GET',
            params: [],
          },
          auth: {
            ...{ authType: 'oauth-2', authActive: true, addTo: 'HEADERS' },
            grantTypeInfo: {
              ...{ authEndpoint: 'test-authorization-endpoint', tokenEndpoint: 'test-token-endpont' },
              ...{
                clientID: 'id-orders',
                clientSecret: 's3cr3t-orders',
                isPKCE: true,
                codeVerifierMethod: 'S256',
              },
              ...{ grantType: 'AUTHORIZATION_CODE', token: 'LEAK' },
            },
          },
        },
      ],
      auth: { authType: 'none', authActive: true },
    }),
    gives: ['open id-orders authorization_code - secret'],
    says: [/tokenEndpoint must be a complete URL/],
  },
  {
    name: 'Hoppscotch: what another authentication left behind is not in force',
    origin: 'hoppscotch/hoppscotch, test data of the team’s collections (find_string 92996777)',
    text: json([
      {
        ...{
          v: 2,
          name: 'folder-13',
          folders: [],
          headers: [],
          auth: { authType: 'inherit', authActive: true },
        },
        requests: [
          {
            ...{
              v: '4',
              name: 'folder-13-request',
              endpoint: 'https://x.dev/get',
              method: 'GET',
              params: [],
            },
            auth: {
              ...{ key: 'api-key', addTo: 'HEADERS', value: 'LEAK', authType: 'basic', authActive: true },
              ...{ username: 'testuser', password: 'LEAK' },
              grantTypeInfo: {
                ...{ clientID: 'id-orders', clientSecret: 's3cr3t-orders', grantType: 'AUTHORIZATION_CODE' },
                ...{ authEndpoint: 'https://orders.dev/a', tokenEndpoint: 'https://orders.dev/t' },
              },
            },
          },
        ],
      },
    ]),
    gives: [],
    says: [/No OAuth client stands in this Hoppscotch collection/],
  },
  {
    name: 'Hoppscotch: a collection that only says which authentication it has',
    origin: 'test data of an importer (find_string 29016243472)',
    text: json([
      {
        ...{ v: 6, name: 'OAuth2 Auth', folders: [], headers: [] },
        requests: [
          {
            ...{ v: '11', name: 'OAuth2 Auth', endpoint: 'https://api.orders.dev/oauth2', method: 'GET' },
            auth: {
              ...{ authType: 'oauth-2', authActive: true },
              grantTypeInfo: {
                ...{ grantType: 'AUTHORIZATION_CODE', authUrl: 'https://orders.dev/authorize' },
                ...{ tokenUrl: 'https://orders.dev/token', scopes: 'read:profile write:profile' },
              },
            },
          },
        ],
        auth: { authType: 'oauth-2', authActive: true },
      },
    ]),
    gives: ['open - authorization_code orders.dev'],
    fields: [{ scopes: ['read:profile', 'write:profile'] }],
  },
  {
    name: 'Hoppscotch: version 1 with its members in one row has a bearer token',
    origin: 'hoppscotch/hoppscotch@de498b3 packages/hoppscotch-cli/…/collections/coll-v1-req-v1.json',
    text: json({
      ...{ v: 1, name: 'coll-v1', 'folders[0].v': 1, 'folders[0].name': 'coll-v1-child' },
      ...{ 'requests[0].auth.authType': 'bearer', 'requests[0].auth.authActive': true },
      'requests[0].auth.token': 'LEAK',
    }),
    gives: [],
  },
  {
    name: 'Thunder Client: the requests of its first git sync, one with a token request’s address alone',
    origin: 'Douda/PSSymantecCloud@b385711 thunder-tests/thunderclient.json',
    fileName: 'thunderclient.json',
    text: json([
      {
        ...{ _id: 'b4', colId: '81', containerId: '', name: 'GetToken', method: 'POST', sortNum: 50000 },
        url: 'https://api.orders.dev/v1/oauth2/tokens',
        headers: [{ name: 'Authorization', value: '{{OAuth_Credentials}}' }],
      },
    ]),
    gives: [],
    says: [/No OAuth client stands in this Thunder Client collection/],
  },
  {
    name: 'Thunder Client: a collection with a bearer token',
    origin: 'AzBuilder/terrakube@0cfd622 thunder-tests/thunderCollection.json',
    fileName: 'thunderCollection.json',
    text: json([
      {
        ...{ _id: '59', colName: 'getting-started', sortNum: 90000 },
        folders: [{ _id: '6e', name: 'Step 1 - Organization', containerId: '', sortNum: 10000 }],
        settings: { auth: { type: 'bearer', bearer: '{{device_access_token}}' } },
      },
    ]),
    gives: [],
    says: [/No OAuth client stands in this Thunder Client collection/],
  },
  {
    name: 'Thunder Client: a client that a request creates is none of the collection’s',
    origin: 'AzBuilder/terrakube@077e50a thunder-tests/thunderclient.json',
    fileName: 'thunderclient.json',
    text: json([
      {
        ...{ _id: '15', colId: '59', containerId: 'f8', name: 'create vcs GitHub', method: 'POST' },
        url: '{{server}}/api/v1/organization/{{organizationId}}/vcs',
        body: {
          type: 'json',
          raw: '{\n  "data": {\n    "attributes": {\n      "clientId": "{{githubClientId}}",\n      "clientSecret": "{{githubClientSecret}}"\n    }\n  }\n}',
        },
      },
    ]),
    gives: [],
  },
  {
    name: 'Thunder Client: HTTP Basic is no client',
    origin: 'Cumulocity-IoT/cumulocity-pki-integration@07d8c36 thunder-tests/thunderclient.json',
    fileName: 'thunderclient.json',
    text: json([
      {
        ...{
          _id: 'cd',
          colId: '04',
          containerId: '93',
          name: 'Platform',
          url: '{{baseUrl}}/platform',
          method: 'GET',
        },
        ...{
          headers: [],
          params: [],
          auth: { type: 'basic', basic: { username: '{{username}}', password: 'LEAK' } },
        },
      },
    ]),
    gives: [],
    says: [/No OAuth client stands in this Thunder Client collection/],
  },
  {
    name: 'OpenAPI 3: the petstore has the implicit grant alone',
    origin: 'swagger-api/swagger-petstore@00fc868 src/main/resources/openapi.yaml',
    fileName: 'openapi.yaml',
    text: `openapi: 3.0.4
info: { title: Swagger Petstore - OpenAPI 3.0, version: 1.0.27 }
servers:
  - url: /api/v3
paths: {}
components:
  securitySchemes:
    petstore_auth:
      type: oauth2
      flows:
        implicit:
          authorizationUrl: 'https://petstore.orders.dev/oauth/authorize'
          scopes:
            'write:pets': modify pets in your account
            'read:pets': read your pets
    api_key: { type: apiKey, name: api_key, in: header }
`,
    gives: [],
    says: [/“Swagger Petstore - OpenAPI 3.0: petstore_auth” uses the grant “implicit”/],
  },
  {
    name: 'Swagger 2: two flows of one server, in YAML that is called JSON',
    origin: 'APIs-guru/openapi-directory@15c4d7b APIs/spotify.com/v1/swagger.json',
    fileName: 'swagger.json',
    text: `basePath: /v1
produces:
  - application/json
schemes:
  - https
securityDefinitions:
  oauth_2_0_accessCode:
    authorizationUrl: 'https://accounts.orders.dev/authorize'
    description: |
      Spotify supports OAuth 2.0 for authenticating all API requests.
    flow: accessCode
    scopes:
      playlist-modify-private: ''
      user-read-email: ''
    tokenUrl: 'https://accounts.orders.dev/api/token'
    type: oauth2
  oauth_2_0_implicit:
    authorizationUrl: 'https://accounts.orders.dev/authorize'
    flow: implicit
    scopes:
      user-read-email: ''
    type: oauth2
swagger: '2.0'
`,
    gives: ['open - authorization_code accounts.orders.dev'],
    fields: [
      {
        tokenEndpoint: 'https://accounts.orders.dev/api/token',
        scopes: ['playlist-modify-private', 'user-read-email'],
      },
    ],
    says: [/oauth_2_0_implicit” uses the grant “implicit”/],
  },
  {
    name: 'OpenAPI 3: schemas of token requests are no clients',
    origin: 'XeroAPI/Xero-OpenAPI@004fb15 xero-identity.yaml',
    fileName: 'xero-identity.yaml',
    text: `openapi: 3.0.0
info: { version: "3.0.0", title: Identity Service API }
servers:
  - url: 'https://api.orders.dev'
paths: {}
components:
  schemas:
    RefreshToken:
      type: object
      properties:
        grant_type: { description: grant type, type: string }
        client_id: { description: client id for Xero app, type: string }
        client_secret: { description: client secret for Xero app 2, type: string }
  securitySchemes:
    BasicAuth: { type: http, scheme: basic }
    OAuth2:
      type: oauth2
      flows:
        authorizationCode:
          authorizationUrl: 'https://login.orders.dev/identity/connect/authorize'
          tokenUrl: 'https://identity.orders.dev/connect/token'
          scopes:
            email: Grant read-only access to your email
            openid: Grant read-only access to your open id
`,
    gives: ['open - authorization_code identity.orders.dev'],
    fields: [{ authorizationEndpoint: 'https://login.orders.dev/identity/connect/authorize' }],
  },
  {
    name: 'Google: a web client of a program on this machine',
    origin: '2190031/c-cloud@451e6ae client_secret.json',
    fileName: 'client_secret.json',
    text: google({ redirect_uris: ['http://127.0.0.1:5000/callback'] }),
    gives: ['ready id-orders authorization_code oauth2.orders.dev secret'],
    fields: [{ redirectUri: 'http://127.0.0.1:5000/callback', clientAuthentication: 'client_secret_post' }],
  },
  {
    name: 'Google: a web client with two redirect URIs, one of this machine',
    origin: '0mss/DeHateApp@bf4f8af client_secret.json',
    fileName: 'client_secret.json',
    text: google({
      redirect_uris: ['https://orders.up.railway.app/auth/callback', 'http://localhost:8000/auth/callback'],
    }),
    gives: ['ready id-orders authorization_code oauth2.orders.dev secret'],
    fields: [{ redirectUri: 'http://localhost:8000/auth/callback' }],
    says: [/Of 2 redirect URIs/],
  },
  {
    name: 'Google: a web client of a page’s script',
    origin: 'AByteCoder/item-catalog@bacb6bf client_secret.json',
    fileName: 'client_secret.json',
    text: google({ redirect_uris: ['postmessage'], javascript_origins: ['http://localhost:5000'] }),
    gives: ['open id-orders authorization_code oauth2.orders.dev secret'],
    says: [/redirectUri must be a complete URL/],
  },
  {
    name: 'Google: a client whose values were taken out',
    origin: '15bryanl/youtubePlaylistCreate@c84c186 client_secret.json',
    fileName: 'client_secret.json',
    text: json({
      web: {
        ...{ client_id: '-redacted-', client_secret: '-redacted-', redirect_uris: [''] },
        ...{ auth_uri: '', token_uri: '', YOUR_API_KEY: '-redacted-' },
      },
    }),
    gives: ['open - authorization_code -'],
    says: [/clientId holds the placeholder -redacted-/],
  },
  {
    name: 'a registration’s answer of node-oidc-provider',
    origin: 'notes on PortSwigger’s lab (find_string 51971568001)',
    text: json({
      ...{ application_type: 'web', grant_types: ['authorization_code'], response_types: ['code'] },
      ...{
        token_endpoint_auth_method: 'client_secret_basic',
        introspection_endpoint_auth_method: 'client_secret_basic',
      },
      ...{ client_id_issued_at: 1762912946, client_id: 'id-orders', client_name: 'My Application' },
      ...{ client_secret_expires_at: 0, client_secret: 's3cr3t-orders' },
      redirect_uris: ['https://foo.com/callback', 'https://bar.com/callback2'],
      registration_client_uri: 'https://orders.dev/reg/id-orders',
      registration_access_token: 'LEAK',
    }),
    gives: ['open id-orders authorization_code - secret'],
    fields: [{ redirectUri: 'https://foo.com/callback', clientAuthentication: 'client_secret_basic' }],
    says: [/registered at orders\.dev, whose issuer the answer does not name/],
  },
  {
    name: 'a registration’s answer for a client with keys, and a secret for its id_tokens',
    origin: 'notes on OpenID Connect (find_string 216157201)',
    text: json({
      ...{ client_id: 'id-orders', client_secret: 's3cr3t-orders', client_id_issued_at: 1704067200 },
      ...{ client_secret_expires_at: 0, registration_access_token: 'LEAK' },
      ...{ redirect_uris: ['http://127.0.0.1/callback'], token_endpoint_auth_method: 'private_key_jwt' },
      ...{ jwks_uri: 'https://client.orders.dev/jwks.json', client_name: 'My OIDC Application' },
    }),
    gives: ['open id-orders authorization_code -'],
    fields: [{ clientAuthentication: 'private_key_jwt' }],
    says: [/proves itself with a key/],
  },
  {
    name: 'a registration’s answer without a secret is that of a public client',
    origin: 'a course on MCP (find_string 55313156355)',
    text: json({
      ...{ client_id: 'id-orders', client_id_issued_at: 1769472000 },
      ...{
        redirect_uris: ['http://127.0.0.1:7333/callback'],
        grant_types: ['authorization_code', 'refresh_token'],
      },
      ...{
        registration_access_token: 'LEAK',
        registration_client_uri: 'https://orders.dev/register/id-orders',
      },
    }),
    gives: ['open id-orders authorization_code -'],
    fields: [{ clientAuthentication: 'none', redirectUri: 'http://127.0.0.1:7333/callback' }],
  },
  {
    name: 'a registration’s answer that a command line keeps, with a secret that ends',
    origin: 'tests of hitl-cli (find_string 41454045467)',
    fileName: 'oauth_client.json',
    text: json({
      ...{ client_id: 'id-orders', client_secret: 's3cr3t-orders', client_id_issued_at: 1234567890 },
      ...{ client_secret_expires_at: 1234571490, registration_access_token: 'LEAK' },
      redirect_uris: ['http://localhost:8080/callback'],
    }),
    gives: ['open id-orders authorization_code - secret'],
    says: [/client secret ends at 2009-02-14T00:31:30/],
  },
  ...(
    [
      [
        'Aarekaz/raindrop-mcp@efc4c79',
        { authorization_servers: ['https://orders.dev'] },
        'https://orders.dev',
      ],
      // An address of metadata in the place of the issuer.
      [
        'Eveoy/eveoy-mcp@5220807',
        {
          authorization_servers: ['https://orders.dev/.well-known/oauth-authorization-server'],
          scopes_supported: ['openid', 'profile'],
        },
        'https://orders.dev',
      ],
      [
        'TCUnion/taiwan-cycling-wall@3756519',
        {
          authorization_servers: ['https://orders.dev/auth/v1'],
          resource_signing_alg_values_supported: ['RS256', 'ES256', 'HS256'],
        },
        'https://orders.dev/auth/v1',
      ],
      [
        'Pack-DevOrg/PackWebsite@dc0a73c',
        {
          authorization_servers: ['https://orders.dev'],
          jwks_uri: 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Qu/.well-known/jwks.json',
          scopes_supported: ['api.orders.dev/prod/travel.plan', 'api.orders.dev/prod/jobs.read'],
        },
        'https://orders.dev',
      ],
    ] as const
  ).map(([origin, more, issuer]) => ({
    name: `RFC 9728: ${origin}`,
    origin: `${origin} public/.well-known/oauth-protected-resource`,
    text: json({ resource: 'https://mcp.orders.dev/mcp', bearer_methods_supported: ['header'], ...more }),
    gives: ['open - authorization_code orders.dev'],
    fields: [{ issuer, resource: ['https://mcp.orders.dev/mcp'], clientAuthentication: 'none' }],
  })),
  {
    name: 'Markdown: a curl command in a fence that names no language',
    origin: 'Adobe’s documentation (find_string 8940364787)',
    fileName: 'page.md',
    text: `1. Copy the command.

\`\`\`
curl -X POST 'https://ims.orders.dev/ims/token/v3' -H 'Content-Type: application/x-www-form-urlencoded' -d 'grant_type=client_credentials&client_id=id-orders&client_secret=s3cr3t-orders&scope=openid'
\`\`\`
`,
    gives: ['ready id-orders client_credentials ims.orders.dev secret'],
  },
  {
    name: 'Markdown: a client in JSON, between lines that look like variables',
    origin: 'Reqon’s documentation (code search)',
    fileName: 'auth.md',
    text: `\`\`\`json
{
  "Orders": {
    "type": "oauth2",
    "clientId": "id-orders",
    "clientSecret": "s3cr3t-orders",
    "accessToken": "LEAK",
    "tokenUrl": "https://orders.dev/connect/token",
    "scopes": ["accounting.read", "contacts.read"]
  }
}
\`\`\`
`,
    gives: ['ready id-orders client_credentials orders.dev secret'],
    fields: [{ name: 'Orders', scopes: ['accounting.read', 'contacts.read'] }],
  },
  {
    name: 'JavaScript: a .env file that a script writes, with empty values',
    origin: 'a script that mends a .env (find_string 27808815467)',
    fileName: 'fix.js',
    text: 'const content = `# Database\nDATABASE_URL="${cleanDbUrl}"\n\nNEXTAUTH_URL="http://localhost:3000"\nNEXTAUTH_SECRET="${nextAuthSecret}"\n\nGOOGLE_CLIENT_ID=""\nGOOGLE_CLIENT_SECRET=""\n`\n',
    gives: [],
  },
  {
    name: 'JSP: a comment behind each value',
    origin: 'a sign-in with Naver (find_string 499187)',
    fileName: 'index.jsp',
    text: `<%
String clientId = "id-orders";//the application's id";
String clientSecret = "s3cr3t-orders";//and its secret";
String tokenUrl = "https://orders.dev/oauth2.0/token"; // as of 2020
`,
    gives: ['ready id-orders client_credentials orders.dev secret'],
  },
  {
    name: 'Spring: a registration whose values are those of properties',
    origin: 'a demo of MaxKey (find_string 65816735393)',
    fileName: 'Security.java',
    text: `ClientRegistration registration = ClientRegistration.withRegistrationId(ID)
    // Client 身份
    .clientId(maxKey.getClientId())
    .clientSecret(maxKey.getClientSecret())
    .clientAuthenticationMethod(new ClientAuthenticationMethod(maxKey.getClientAuthenticationMethod()))
    .authorizationGrantType(new AuthorizationGrantType(maxKey.getAuthorizationGrantType()))
    .authorizationUri("https://orders.dev/a")
    .tokenUri("https://orders.dev/t")
    .build();
`,
    gives: ['open - authorization_code orders.dev'],
    says: [/clientId holds the placeholder \$\{maxKey\.getClientId\}/],
  },
  {
    name: 'Spring: a builder that a variable holds, and one of a known provider',
    origin: 'sign-ins with Kakao and GitHub (find_string 9480417293, 5391893)',
    fileName: 'Kakao.java',
    text: `ClientRegistration.Builder builder = ClientRegistration.withRegistrationId("kakao");
builder
    .clientName("Kakao")
    .clientId("id-kakao")
    .clientSecret("s3cr3t-kakao")
    .scope(new String[]{"profile", "account_email"})
    .redirectUriTemplate("{baseUrl}/oauth2/code/{registrationId}")
    .clientAuthenticationMethod(ClientAuthenticationMethod.POST)
    .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
//  .issuerUri("https://other.dev")
    .authorizationUri("https://kauth.kakao.dev/oauth/authorize")
    .tokenUri("https://kauth.kakao.dev/oauth/token");
return CommonOAuth2Provider.GITHUB.getBuilder("github")
    .clientId("id-github")
    .clientSecret("s3cr3t-github")
    .scope("read:user,repo")
    .build();
`,
    gives: [
      'ready id-kakao authorization_code kauth.kakao.dev secret',
      'ready id-github authorization_code github.com secret',
    ],
    fields: [{ clientAuthentication: 'client_secret_post', scopes: ['profile', 'account_email'] }],
  },
  {
    name: 'Ruby: options in brackets of their own, and addresses without a site',
    origin: 'a sign-in for statistics (find_string 43837015617)',
    fileName: 'statistics.rb',
    text: `client = OAuth2::Client.new(ENV["CLIENT"], ENV["SECRET"], {
  :authorize_url => 'https://accounts.orders.dev/o/oauth2/auth',
  :token_url => 'https://accounts.orders.dev/o/oauth2/token'}
)
`,
    gives: ['open - authorization_code accounts.orders.dev'],
    fields: [{ tokenEndpoint: 'https://accounts.orders.dev/o/oauth2/token' }],
    says: [/client secret holds the placeholder \$\{SECRET\}/],
  },
  {
    name: 'Python: a class of settings without values, pasted',
    origin: 'settings of two programs (find_string 55154157506, 24277274846)',
    text: `class Settings(BaseModel):
    oidc_provider_url: str | None = None
    oidc_client_id: str | None = None
    oidc_client_secret: str | None = None
    OIDC_CLIENT_SECRET: MaskedNoneString = None
`,
    gives: [],
  },
  {
    name: 'PHP league: a client that is looked up',
    origin: 'Drupal’s Entity Share (find_string 4091677599)',
    fileName: 'Oauth.php',
    text: `<?php
    $orders = new GenericProvider(
      [
        'clientId' => $credentials['client_id'],
        'clientSecret' => $credentials['client_secret'],
        'urlAuthorize' => $url . $credentials['authorization_path'],
        'urlAccessToken' => $url . $credentials['token_path'],
      ],
      [
        'httpClient' => $this->httpClientFactory->fromOptions(),
      ]
    );
`,
    gives: ['open - authorization_code -'],
    says: [/tokenEndpoint holds the placeholder \$\{token_path\}/],
  },
  {
    name: 'Spring: a section of Keycloak with the server’s address and a realm',
    origin: 'a document on Q-Sign (find_string 69469339159)',
    fileName: 'application.yml',
    text: `qsign:
  keycloak:
    base-url: https://orders.dev
    realm: onepass
    client-id: id-orders
    client-secret: s3cr3t-orders
    redirect-uri: http://localhost:8081/api/v1/oidc/keycloak/callback
`,
    gives: ['ready id-orders authorization_code orders.dev secret'],
    fields: [{ issuer: 'https://orders.dev/realms/onepass' }],
  },
  {
    name: 'IdentityModel: the endpoint of a discovery document, and commented requests',
    origin: 'programs with IdentityModel (find_string 22253697059, 31263234449, 37080381569)',
    fileName: 'Program.cs',
    text: `//var response = await client.RequestClientCredentialsTokenAsync(new ClientCredentialsTokenRequest
//{
//    Address = "https://other.dev/connect/token",
//    ClientId = "movieClient",
//    ClientSecret = "of-nobody",
//});
var doc = await client.GetDiscoveryDocumentAsync(configuration.GetSection("Server").GetValue<string>("URI"));
var token = await client.RequestClientCredentialsTokenAsync(new()
{
    Address = doc.TokenEndpoint,
    ClientId = "id-orders",
    ClientSecret = configuration.GetSection("Server").GetValue<string>("of-nobody"),
    Scope = "orders"
});
`,
    gives: ['open id-orders client_credentials -'],
    says: [/client secret holds the placeholder \$\{of-nobody\}/],
  },
];
