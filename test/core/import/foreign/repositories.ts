import type { ForeignFile } from './foreignFile.ts';

/** Files of public repositories, with names of clients and servers put in. */
export const repositories: readonly ForeignFile[] = [
  {
    name: 'a profile of an extension of Burp’s, with a header of its own',
    fileName: 'profile.json',
    text: `{
  "name": "My API",
  "grantType": "CLIENT_CREDENTIALS",
  "clientAuthMethod": "HTTP_BASIC",
  "tokenUrl": "https://orders.dev/token",
  "clientId": "id-orders",
  "clientSecret": "s3cr3t-orders",
  "scopes": "openid profile",
  "headerName": "X-Auth",
  "tokenPrefix": "Token",
  "injectProxy": true,
  "refreshMode": "AUTO_SILENT",
  "scanCodes": "401, 403"
}
`,
    gives: ['ready id-orders client_credentials orders.dev secret'],
  },
  {
    name: 'a client of Spring’s with variables and what stands behind them',
    fileName: 'application.yml',
    text: `vas-payment-api:
    oauth2:
        client:
            grantType: client_credentials
            clientId: "\${CLIENT_ID}:XXX"
            clientSecret: "\${CLIENT_SECRET}:XXX"
            accessTokenUri: "\${VAS_AUTH_SERVER_URL}:XXX"
            scope: publicapi 
`,
    gives: ['open - client_credentials -'],
  },
  {
    name: 'a resource of Kubernetes’, its secret by reference',
    fileName: 'datasource.yaml',
    text: `apiVersion: example.io/v1
kind: HttpSource
metadata:
  name: orders
spec:
  auth:
    oauth2:
      grantType: client_credentials
      endpoints:
        tokenURL: https://orders.dev/token
      scope: null
      clientId: id-orders
      clientSecret:
        secretRef:
          name: static-token
`,
    gives: ['open id-orders client_credentials orders.dev'],
    says: [/client secret holds the placeholder \$\{from static-token\}/],
  },
  {
    name: 'Istio: a secret that is to be changed',
    fileName: 'proxy-config.yaml',
    text: `apiVersion: networking.istio.io/v1beta1
kind: ProxyConfig
metadata:
  name: employees-proxy-config
spec:
  environmentVariables:
    manifestName: "Employee"
    apiKey: ChangeMe
    clientId: id-orders
    grantType: client_credentials
    clientSecret: ChangeMe
`,
    gives: ['open id-orders client_credentials -'],
  },
  {
    name: 'a list of web clients, one with a user’s password',
    fileName: 'application.yml',
    text: `spring.webflux:
  webclients:
    - name: TestWebClient
      baseUrl: http://localhost:8080/
      connectionTimeout: 1000
      oauth:
        clientId: id-orders
        clientSecret: s3cr3t-orders
        grantType: client_credentials
        scope: test1
        tokenUrl: https://orders.dev/oauth/token
    - name: Other
      oauth:
        clientId: id-billing
        grantType: password
        username: u
        password: LEAK
        tokenUrl: https://billing.dev/oauth/token
`,
    gives: ['ready id-orders client_credentials orders.dev secret'],
    says: [/must not be used/],
  },
  {
    name: 'NiFi: a provider’s properties',
    fileName: 'flow.json',
    text: `{"componentType":"CONTROLLER_SERVICE","name":"oauth2_orders","type":"org.apache.nifi.oauth2.StandardOauth2AccessTokenProvider","properties":{"Authorization Server URL":"https://orders.dev/token","Client ID":"id-orders","Client Secret":"s3cr3t-orders","Grant Type":"Client Credentials","client-authentication-strategy":"REQUEST_BODY","scope":"a b","refresh-window":"0 s"}}
`,
    gives: ['ready id-orders client_credentials orders.dev secret'],
  },
  {
    name: 'a client that stands in headers',
    fileName: 'main.js',
    text: `const url = "https://api.example.dev/v2/astrology/birth-details";
fetch(url, {
  method: "GET",
  body: JSON.stringify(data),
  headers: {
    "Content-Type": "application/json",
    "Access Token URL": "https://orders.dev/token",
    "Client ID": "id-orders",
    "Client Secret": "s3cr3t-orders",
    "Client Authentication": "Send client credentials in body",
  },
})
`,
    gives: ['ready id-orders client_credentials orders.dev secret'],
  },
  {
    name: 'JetBrains: the same configuration in two environments, one without a secret',
    fileName: 'http-client.env.json',
    text: `{
  "staging": {
    "apiBaseUrl": "https://dinosaurs.info/staging-api",
    "tokenUrl": "https://orders.dev/oauth2/token",
    "clientId": "id-orders", "clientSecret": "s3cr3t-orders",
    "Security": { "Auth": { "oauth-staging": {
          "Type": "OAuth2", "Grant Type": "Client Credentials",
          "Client ID": "{{clientId}}", "Client Secret": "{{clientSecret}}",
          "Token URL": "{{tokenUrl}}", "Scope": "dinosaurs", "Revoke URL": "https://orders.dev/revoke", "Acquire Automatically": true } } }
  },
  "production": {
    "tokenUrl": "https://billing.dev/oauth2/token",
    "clientId": "id-billing",
    "Security": { "Auth": { "oauth-staging": {
          "Type": "OAuth2", "Grant Type": "Client Credentials",
          "Client ID": "{{clientId}}", "Client Secret": "{{clientSecret}}",
          "Token URL": "{{tokenUrl}}", "Scope": "dinosaurs" } } }
  }
}
`,
    gives: [
      'ready id-orders client_credentials orders.dev secret',
      'open id-billing client_credentials billing.dev',
    ],
    says: [/Not taken over: “Revoke URL”/],
  },
  {
    name: 'Bruno: a collection whose client is all variables',
    fileName: 'collection.bru',
    text: `meta {
  name: orders API
}

headers {
  X-Iaas-Token: {{$oauth2.credentials.id_token}}
  X-TENANT-ID: {{active_tenant_id}}
}

auth {
  mode: oauth2
}

auth:oauth2 {
  grant_type: authorization_code
  callback_url: {{cognito_redirect_url}}
  authorization_url: {{cognito_url}}/authorize
  access_token_url: {{cognito_url}}/token
  client_id: {{cognito_client_id}}
  client_secret: {{cognito_client_secret}}
  scope: openid profile email
  authentication_method: basic
  pkce: true
  token_header_prefix: Bearer
  token_id: credentials
}
`,
    gives: ['open - authorization_code -'],
    says: [/Not taken over: “authentication_method”/],
  },
  {
    name: 'Bruno: parameters by request, one switched off',
    fileName: 'req.bru',
    text: `meta {
  name: App B reports as app-a-m2m (domain A)
  type: http
  seq: 1
}

get {
  url: {{appB}}/api/reports
  body: none
  auth: oauth2
}

auth:oauth2 {
  grant_type: client_credentials
  access_token_url: https://orders.dev/token
  refresh_token_url: 
  client_id: id-orders
  client_secret: s3cr3t-orders
  scope: 
  credentials_placement: body
  credentials_id: domainA-machine
  token_placement: header
  token_header_prefix: Bearer
  auto_fetch_token: true
  auto_refresh_token: true
}

auth:oauth2:additional_params:auth_req:headers {
  x-a: b
}

auth:oauth2:additional_params:access_token_req:body {
  audience: https://api.orders.dev
  ~off: 1
  client_hint: z
}

assert {
  $res.status: 200
}

tests {
  test("the caller is an application, not a person", function() {
    const caller = res.getBody().caller;
  });
}
`,
    gives: ['ready id-orders client_credentials orders.dev secret'],
    says: [/“x-a” is sent as a header/, /“off” is switched off/],
  },
  {
    name: 'Kulala: a device’s, a key’s and an implicit configuration, tokens beside them',
    fileName: 'http-client.env.json',
    text: `{
  "$schema": "https://getkulala.net/http-client.env.schema.json",
  "$shared": { "$default_headers": { "Authorization": "Bearer {{token}}" }, "X": "1" },
  "dev": { "Security": { "Auth": { "gapi": {
    "Type": "OAuth2", "Grant Type": "Device Authorization", "Client ID": "id-orders", "Client Secret": "s3cr3t-orders",
    "Device Auth URL": "https://orders.dev/device/code", "Token URL": "https://orders.dev/token", "Scope": "openid email",
    "auth_data": { "access_token": "LEAK", "refresh_token": "LEAK", "acquired_at": 1 }, "Custom Request Parameters": { "audience": { "Value": "https://my-audience.com/", "Use": "In Token Request" }, "resource": ["https://r1.dev", "https://r2.dev"], "my": "v", "one": {"Value": "z", "Use": "In Auth Request"} } } ,
    "jwt": { "Type": "OAuth2", "Grant Type": "Client Credentials", "Client ID": "id-billing", "Client Credentials": "jwt", "Assertion": "LEAK", "JWT": {"header": {"alg":"RS256"}, "payload": {"iss":"x"}}, "Private Key": "LEAK", "Token URL": "https://billing.dev/token", "PKCE": {"Code Challenge Method": "Plain"} },
    "impl": { "Type": "OAuth2", "Grant Type": "Implicit", "Auth URL": "https://web.dev/authorize", "Client ID": "id-web", "Response Type": "id_token token" },
    "mock": { "Type": "Mock", "Token": "LEAK" } } } }
}
`,
    gives: [
      'ready id-orders device_code orders.dev secret',
      'ready id-billing client_credentials billing.dev',
    ],
    says: [
      /Not taken over: “auth_data”/,
      /no authorization request is made: “one”/,
      /“impl \(dev\)” uses the grant/,
    ],
  },
  {
    name: 'a bridge’s configuration in one line',
    fileName: 'svc.yaml',
    text: `spec:
  source:
    oauth: {grantType: client_credentials, tokenUrl: https://orders.dev/realms/acme/protocol/openid-connect/token, clientId: id-orders}
`,
    gives: ['ready id-orders client_credentials orders.dev'],
  },
];
