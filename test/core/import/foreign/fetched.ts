import type { ForeignFile } from './foreignFile.ts';

/**
 * Clients as they stand in public repositories: the shape is theirs; ids, secrets and servers are made up. `origin` is the number of the
 * file in a stored index of GitHub, which names no repository, or the documentation that shows it.
 */
export const fetched: readonly ForeignFile[] = [
  {
    name: 'Postman: a sign-in with a code and a verifier in it',
    origin: '60814283071',
    fileName: 'c.postman_collection.json',
    text: `{"info":{"name":"C","schema":"https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},"item":[{"name":"PKCE request","request":{"method":"GET","url":"https://api.example","auth":{"type":"oauth2","oauth2":[{"key":"grant_type","value":"authorization_code"},{"key":"authUrl","value":"https://orders.dev/authorize"},{"key":"accessTokenUrl","value":"https://orders.dev/token"},{"key":"clientId","value":"id-orders"},{"key":"redirectUri","value":"http://127.0.0.1:8787/callback"},{"key":"code","value":"returned-code"},{"key":"codeVerifier","value":"aaaa"},{"key":"scope","value":"read:users"}]}}}]}
`,
    gives: ['ready id-orders authorization_code orders.dev'],
    fields: [{ redirectUri: 'http://127.0.0.1:8787/callback', clientAuthentication: 'none' }],
  },
  {
    name: 'Postman: OAuth 1 beside a password',
    origin: '57374557548',
    fileName: 'c.postman_collection.json',
    text: `{"info":{"name":"C","schema":"https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},"item":[
{"name":"Legacy","request":{"method":"GET","url":"x","auth":{"type":"oauth1","oauth1":[{"key":"consumerKey","value":"LEAKck","type":"string"},{"key":"consumerSecret","value":"LEAKcs","type":"string"},{"key":"token","value":"at"},{"key":"tokenSecret","value":"ats"},{"key":"signatureMethod","value":"HMAC-SHA256"},{"key":"addParamsToHeader","value":false,"type":"boolean"}]}}},
{"name":"Modern","request":{"method":"GET","url":{"raw":"{{baseUrl}}/modern"},"auth":{"type":"oauth2","oauth2":[{"key":"grant_type","value":"password_credentials"},{"key":"accessTokenUrl","value":"https://orders.dev/token"},{"key":"clientId","value":"id-orders"},{"key":"clientSecret","value":"s3cr3t-orders"},{"key":"username","value":"someone"},{"key":"password","value":"LEAKsomepass"},{"key":"scope","value":"read write"},{"key":"addTokenTo","value":"queryParams"},{"key":"client_authentication","value":"body"}]}}}]}
`,
    gives: [],
    says: [/“Modern” uses the grant/],
  },
  {
    name: 'Postman: all in variables of a shell',
    origin: '18055136550',
    fileName: 'c.postman_collection.json',
    text: `{"info":{"name":"C","schema":"https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},"item":[],"auth":{"type":"oauth2","oauth2":[{"key":"grant_type","value":"authorization_code"},{"key":"redirect_uri","value":"https://oauth.pstmn.io/v1/browser-callback"},{"key":"authUrl","value":"\${DOMAIN}/oauth2/authorize"},{"key":"accessTokenUrl","value":"\${DOMAIN}/oauth2/token"},{"key":"clientId","value":"\${CLIENT_ID}"},{"key":"usePkce","value":true,"type":"boolean"},{"key":"client_authentication","value":"body"}]}}
`,
    gives: ['open - authorization_code -'],
  },
  {
    name: 'Postman: an environment in Pascal case',
    origin: '3958358750',
    fileName: 'e.postman_environment.json',
    text: `{"id":"f14c3d9f","name":"WonderlandWeather","values":[{"key":"ClientId","value":"id-login","enabled":true},{"key":"Scopes","value":"api://id-login/Forecasts.Read","enabled":true},{"key":"AuthUrl","value":"https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/oauth2/v2.0/authorize","enabled":true},{"key":"AccessTokenUrl","value":"https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/oauth2/v2.0/token","enabled":true}],"_postman_variable_scope":"environment"}
`,
    gives: ['ready id-login authorization_code login.microsoftonline.com'],
  },
  {
    name: 'Postman: a grant as the window calls it',
    origin: '70653665091',
    fileName: 'c.json',
    text: `{"info":{"name":"C","schema":"https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},"item":[{"name":"OAuth Req","request":{"method":"GET","url":"https://api.test/oauth","auth":{"type":"oauth2","oauth2":[{"key":"grant_type","value":"Client Credentials"},{"key":"accessTokenUrl","value":"https://orders.dev/token"},{"key":"authUrl","value":"https://orders.dev/authorize"},{"key":"clientId","value":"id-orders"},{"key":"clientSecret","value":"s3cr3t-orders"},{"key":"scope","value":"read write"}]}}}]}
`,
    gives: ['ready id-orders client_credentials orders.dev secret'],
  },
  {
    name: 'Postman: a trailing comma, and what is to be filled in',
    origin: '28178530948',
    fileName: 'c.json',
    text: `{
  "info": { "name": "FoxIDs API", "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json", },
  "item": [{"name":"GET users","request":{"auth":{"type":"oauth2","oauth2":[{"key":"accessTokenUrl","value":"https://orders.dev/{tenant_name}/master/{client_id}/(*)/oauth/token"},{"key":"clientSecret","value":"{client_secret}"},{"key":"clientId","value":"{client_id}"},{"key":"tokenName","value":"api_access_token"},{"key":"client_authentication","value":"body"},{"key":"grant_type","value":"client_credentials"}]}}}]
}
`,
    gives: ['open - client_credentials -'],
  },
  {
    name: 'Bruno: several blocks in one line, names in single braces',
    origin: '67257522254',
    fileName: 'r.bru',
    text: `meta { name: 2 - Get Token (Auth Code) + Test Card; type: http; seq: 2 }
get {
  url: {{base_url}}/api/sn_aia/a2a/v2/agent_card/id/{{agent_id}}
  body: none
  auth: oauth2
}
auth:oauth2 {
  grant_type: authorization_code
  callback_url: http://localhost:8080/callback
  authorization_url: https://{instance}.service-now.com/oauth_auth.do
  access_token_url: https://{instance}.service-now.com/oauth_token.do
  client_id: {oauth_entity.client_id}
  client_secret: {{client_secret}}
  scope: a2aauthscope
  state: bruno-test-1
  pkce: false
  credentials_placement: body
  token_placement: header
  token_header_prefix: Bearer
  auto_fetch_token: true
  auto_refresh_token: false
}
`,
    gives: ['open - authorization_code -'],
  },
  {
    name: 'Bruno: parameters by request, a token in the address',
    origin: '57519365831',
    fileName: 'r.bru',
    text: `meta {
  name: Orders
  type: http
  seq: 1
}

get {
  url: https://api.orders.dev
  body: none
  auth: oauth2
}

auth:oauth2 {
  grant_type: authorization_code
  callback_url: 
  authorization_url: https://orders.dev/authorize
  access_token_url: https://orders.dev/token
  refresh_token_url: 
  username: 
  password: 
  client_id: id-orders
  client_secret: s3cr3t-orders
  scope: a b
  state: 
  pkce: true
  credentials_placement: basic_auth_header
  credentials_id: credentials
  token_source: access_token
  token_placement: url
  token_query_key: access_token
  auto_fetch_token: true
  auto_refresh_token: false
}

auth:oauth2:additional_params:auth_req:queryparams {
  resource: urn:x
  ~off: 1
}

auth:oauth2:additional_params:access_token_req:body {
  aud2: y
}
`,
    gives: ['ready id-orders authorization_code orders.dev secret'],
    fields: [{ resource: ['urn:x'], tokenParameters: { aud2: 'y' } }],
  },
  {
    name: 'Bruno: only an id',
    origin: '60817531345',
    fileName: 'r.bru',
    text: `meta {
  name: OAuth
  type: http
}

get {
  url: https://api.example.com/o
  body: none
  auth: oauth2
}

auth:oauth2 {
  grant_type: client_credentials
  client_id: id-orders
}
`,
    gives: ['open id-orders client_credentials -'],
  },
  {
    name: 'JetBrains: what is good for all environments, over http',
    origin: '60299152954',
    fileName: 'http-client.env.json',
    text: `{"default":{"Security":{"Auth":{"my-oauth":{"Type":"OAuth2","Grant Type":"Client Credentials","Token URL":"http://orders.dev/token","Client ID":"id-orders","Client Secret":"s3cr3t-orders","Client Credentials":"basic"}}}}}
`,
    gives: ['open id-orders client_credentials orders.dev secret'],
  },
  {
    name: 'JetBrains: a realm to be filled in',
    origin: '46476823133',
    fileName: 'http-client.env.json',
    text: `{"dev":{"Security":{"Auth":{"MOJA_NAZWA":{"Type":"OAuth2","Auth URL":"https://orders.dev/auth/realms/<moj-realm>/protocol/openid-connect/auth","Token URL":"https://orders.dev/auth/realms/<moj-realm>/protocol/openid-connect/token","Grant Type":"Authorization Code","Client ID":"id-orders","Scope":"openid","Redirect URL":"http://localhost:8888","PKCE":true}}}}}
`,
    gives: ['open id-orders authorization_code -'],
  },
  {
    name: 'JetBrains: a password',
    origin: '20325616366',
    fileName: 'http-client.env.json',
    text: `{"dev":{"URL":"http://localhost:8080","Security":{"Auth":{"auth-id":{"Type":"OAuth2","Token URL":"http://orders.dev/realms/t/protocol/openid-connect/token","Grant Type":"Password","Client ID":"id-orders","Client Secret":"s3cr3t-orders","Username":"u","Password":"LEAK","Scope":"read write"}}}}}
`,
    gives: [],
    says: [/Password/],
  },
  {
    name: 'JetBrains: the method of PKCE',
    origin: '37071088594',
    fileName: 'http-client.env.json',
    text: `{"dev":{"Security":{"Auth":{"a":{"Type":"OAuth2","Grant Type":"Authorization Code","Auth URL":"https://orders.dev/authorize","Token URL":"https://orders.dev/token","Client ID":"id-orders","PKCE":{"Code Challenge Method":"S256"}}}}}}
`,
    gives: ['ready id-orders authorization_code orders.dev'],
  },
  {
    name: 'a tester’s fields',
    origin: '71133102670',
    fileName: 'x.json',
    text: `{ "id": "oauth2-auth", "name": "OAuth 2.0 + PKCE", "baseUrl": "https://api.example.com", "path": "/v1/profile", "type": "OAuth 2.0", "fields": { "Grant Type": "Authorization Code", "Discovery URL": "https://orders.dev", "Client ID": "$oauth2_client_id", "Client Secret": "$oauth2_client_secret", "Scope": "openid profile", "Redirect URI": "http://127.0.0.1:8765/oauth/callback", "PKCE": "S256" } }
`,
    gives: ['open - authorization_code orders.dev'],
  },
  {
    name: 'a client among the headers of a call',
    origin: '44063799474',
    fileName: 'paste.js',
    text: `var url = 'https://api.prokerala.com/v2/astrology/birth-details';
fetch(url, {
  method: 'GET',
  headers:{
    'Content-Type': 'application/json',
    "Grant Type": "Client Credentials",
    "Access Token URL": "https://orders.dev/token",
    "Client ID": process.env.Prokerala_client_id,
    "Client Secret": process.env.Prokerala_client_secret,
    "Client Authentication": "Send client credentials in body"
  }
}).then(res => res.json())
`,
    gives: ['open - client_credentials orders.dev'],
  },
  {
    name: 'NiFi: a flow',
    origin: '60870873908',
    fileName: 'flow.json',
    text: `{"controllerServices":[{"name":"oauth2_a","type":"org.apache.nifi.oauth2.StandardOauth2AccessTokenProvider","properties":{"Authorization Server URL":"https://orders.dev/token","Client ID":"id-orders","Client Secret":"s3cr3t-orders","Grant Type":"Client Credentials"}}]}
`,
    gives: ['ready id-orders client_credentials orders.dev secret'],
  },
  {
    name: 'Grafana: variables to be filled in',
    origin: '52903909190',
    fileName: '.env',
    text: `GF_AUTH_GENERIC_OAUTH_ENABLED=true
GF_AUTH_GENERIC_OAUTH_NAME=Authentik
GF_AUTH_GENERIC_OAUTH_CLIENT_ID=<从 .env 获取>
GF_AUTH_GENERIC_OAUTH_CLIENT_SECRET=<从 .env 获取>
GF_AUTH_GENERIC_OAUTH_SCOPES=openid profile email
GF_AUTH_GENERIC_OAUTH_AUTH_URL=https://auth.\${DOMAIN}/application/o/authorize/
GF_AUTH_GENERIC_OAUTH_TOKEN_URL=https://auth.\${DOMAIN}/application/o/token/
GF_AUTH_GENERIC_OAUTH_API_URL=https://auth.\${DOMAIN}/application/o/userinfo/
`,
    gives: ['open - authorization_code -'],
  },
  {
    name: 'Grafana: its ini, over http',
    origin: '2153640035',
    fileName: 'generic_oauth.ini',
    text: `# grafana/provisioning/auth/generic_oauth.ini
[auth.generic_oauth]
name = CMS
enabled = true
client_id = id-cms
client_secret = \${GF_AUTH_GENERIC_OAUTH_CLIENT_SECRET}
auth_url = http://cms/oauth/authorize
token_url = http://cms/oauth/token
api_url = http://cms/api/user
role_attribute_path = "contains(roles[*], 'admin') && 'Admin' || contains(roles[*], 'editor') && 'Editor' || 'Viewer'"
`,
    gives: ['open id-cms authorization_code cms'],
  },
  {
    name: 'Grafana: variables of a container, without the list’s brackets',
    origin: '36502594175',
    text: `{
  "name": "GF_AUTH_GENERIC_OAUTH_ENABLED",
  "value": "false"
},
{
  "name": "GF_AUTH_GENERIC_OAUTH_CLIENT_ID",
  "value": "id-orders"
},
{
  "name": "GF_AUTH_GENERIC_OAUTH_CLIENT_SECRET",
  "value": "s3cr3t-orders"
},
{
  "name": "GF_AUTH_GENERIC_OAUTH_SCOPES",
  "value": "openid profile email"
},
{
  "name": "GF_AUTH_GENERIC_OAUTH_AUTH_URL",
  "value": "https://orders.dev/auth/realms/hello/protocol/openid-connect/auth"
},
{
  "name": "GF_AUTH_GENERIC_OAUTH_TOKEN_URL",
  "value": "https://orders.dev/auth/realms/hello/protocol/openid-connect/token"
}
`,
    gives: ['ready id-orders authorization_code orders.dev secret'],
  },
  {
    name: 'Grafana: Compose, two hosts over http',
    origin: '62345710595',
    fileName: 'docker-compose.yml',
    text: `services:
  grafana:
    image: grafana/grafana
    environment:
      GF_SECURITY_ADMIN_USER: admin
      GF_SECURITY_ADMIN_PASSWORD: LEAKadmin-change-me
      GF_SERVER_ROOT_URL: http://orders.dev:3000
      GF_AUTH_GENERIC_OAUTH_ENABLED: "true"
      GF_AUTH_GENERIC_OAUTH_NAME: Keycloak
      GF_AUTH_GENERIC_OAUTH_CLIENT_ID: id-orders
      GF_AUTH_GENERIC_OAUTH_CLIENT_SECRET: s3cr3t-orders
      GF_AUTH_GENERIC_OAUTH_SCOPES: openid email profile
      GF_AUTH_GENERIC_OAUTH_AUTH_URL: http://public.orders.dev:8080/realms/boa/protocol/openid-connect/auth
      GF_AUTH_GENERIC_OAUTH_TOKEN_URL: http://keycloak.orders:8080/realms/boa/protocol/openid-connect/token
`,
    gives: ['open id-orders authorization_code keycloak.orders:8080 secret'],
  },
  {
    name: 'Grafana: Helm, its client in a secret',
    origin: '61954549670',
    fileName: 'values.yaml',
    text: `grafana:
  grafana.ini:
    auth.generic_oauth:
      enabled: true
      client_id: $__env{GF_AUTH_GENERIC_OAUTH_CLIENT_ID}
      auth_url: https://orders.dev/authorize
      token_url: https://orders.dev/token
  envValueFrom:
    GF_AUTH_GENERIC_OAUTH_CLIENT_ID:
      secretKeyRef:
        name: grafana-oidc
        key: client-id
    GF_AUTH_GENERIC_OAUTH_CLIENT_SECRET:
      secretKeyRef:
        name: grafana-oidc
        key: client-secret
`,
    gives: ['open - authorization_code orders.dev'],
  },
  {
    name: 'Grafana: Compose, its secret in a file',
    origin: '51821669360',
    fileName: 'docker-compose.yml',
    text: `services:
  grafana:
    image: grafana/grafana-enterprise
    environment:
      - GF_SECURITY_ADMIN_PASSWORD__FILE=/run/secrets/admin_password
      - GF_AUTH_GENERIC_OAUTH_CLIENT_ID=id-orders
      - GF_AUTH_GENERIC_OAUTH_TOKEN_URL=https://orders.dev/token
      - GF_AUTH_GENERIC_OAUTH_CLIENT_SECRET__FILE=/run/secrets/oauth_secret
secrets:
  oauth_secret:
    external: true
`,
    gives: ['open id-orders authorization_code orders.dev'],
  },
  {
    name: 'oauth2-proxy: Google, to be filled in',
    origin: '62125340561',
    fileName: '.env',
    text: `# Required
OAUTH2_PROXY_PROVIDER=google
OAUTH2_PROXY_CLIENT_ID=<GOOGLE_CLIENT_ID>
OAUTH2_PROXY_CLIENT_SECRET=<GOOGLE_CLIENT_SECRET>
OAUTH2_PROXY_OIDC_ISSUER_URL=https://accounts.google.com
OAUTH2_PROXY_REDIRECT_URL=https://<YOUR_FQDN>/oauth2/callback
OAUTH2_PROXY_SCOPE=openid email profile
OAUTH2_PROXY_COOKIE_SECRET=<GENERATED_COOKIE_SECRET>
`,
    gives: ['open - authorization_code accounts.google.com'],
    says: [/<GOOGLE_CLIENT_ID>/],
  },
  {
    name: 'oauth2-proxy: no provider named',
    origin: '32766776036',
    fileName: '.env',
    text: `# Google OAuth2 Client Credentials
OAUTH2_PROXY_CLIENT_ID=id-google
OAUTH2_PROXY_CLIENT_SECRET=s3cr3t-google

# Cookie Secret (32 random bytes, URL-safe base64)
OAUTH2_PROXY_COOKIE_SECRET=LEAKcookie

# Tailscale Funnel Configuration
FUNNEL_HOST=https://your-hostname.your-tailnet.ts.net
FUNNEL_HOSTNAME=your-host.your-tailnet.ts.net
`,
    gives: ['open id-google authorization_code - secret'],
  },
  {
    name: 'oauth2-proxy: an environment in Python',
    origin: '67178531456',
    fileName: 'conf.py',
    text: `def _base_env():
    return {
        "OAUTH2_PROXY_INTERNAL_PORT": "4180",
        "OAUTH2_PROXY_COOKIE_NAME": "_catena",
        "OAUTH2_PROXY_CLIENT_ID": "id-orders",
        "OAUTH2_PROXY_CLIENT_SECRET": "s3cr3t-orders",
        "OAUTH2_PROXY_COOKIE_SECRET": "LEAKPRIMARY",
        "OAUTH2_PROXY_OIDC_ISSUER": "https://orders.dev/realms/vps",
        "OAUTH2_PROXY_LOGIN_URL": "https://orders.dev/realms/vps/protocol/openid-connect/auth",
        "OAUTH2_PROXY_REDEEM_URL": "http://keycloak-orders:8080/realms/vps/protocol/openid-connect/token",
    }
`,
    gives: ['ready id-orders authorization_code orders.dev secret'],
  },
  {
    name: 'oauth2-proxy: NixOS',
    origin: '71438983856',
    fileName: 'gate.nix',
    text: `{
    services.oauth2-proxy = {
      enable = true;
      provider = "oidc";
      oidcIssuerUrl = "https://orders.dev/dex";
      clientID = "id-orders";
      clientSecret = "s3cr3t-orders";
      keyFile = config.sops.templates."oauth2-proxy.env".path;
      redirectURL = callbackURL;
      upstream = ["static://202"];
      scope = "openid profile email groups";
      email.domains = ["*"];
    };
}
`,
    gives: ['ready id-orders authorization_code orders.dev secret'],
  },
  {
    name: 'kubectl: a JSON of Azure’s as a literal over several lines',
    origin: '57937932467',
    fileName: 'setup.sh',
    text: `kubectl create secret generic azure-credentials \\
  -n crossplane-system \\
  --from-literal=credentials='{"clientId": "id-login",
  "clientSecret": "s3cr3t-login",
  "subscriptionId": "your-subscription-id",
  "tenantId": "11111111-2222-3333-4444-555555555555"}'
`,
    gives: ['ready id-login client_credentials login.microsoftonline.com secret'],
    fields: [{ scopes: [] }],
  },
  {
    name: 'keys of a browser’s store',
    origin: '62952748172',
    fileName: 'keys.json',
    text: `{"chrome": {"extensionId": "abc", "clientId": "id-google", "clientSecret": "s3cr3t-google", "refreshToken": "LEAKrt"}}
`,
    gives: ['open id-google authorization_code - secret'],
    says: [/refresh token was left out/],
  },
  {
    name: 'ADFS among providers',
    origin: '54176361092',
    fileName: 'platform.json',
    text: `{"auth":{"mode":"oidc"},"anonymousAuth":{"enabled":false,"defaultGroups":["anonymous"]},"oidcAuth":{"enabled":true,"allowSelfSignup":true,"providers":[{"name":"adfs","displayName":"Corporate Login (ADFS)","clientId":"\${ADFS_CLIENT_ID}","clientSecret":"\${ADFS_CLIENT_SECRET}","authorizationURL":"https://orders.dev/adfs/oauth2/authorize","tokenURL":"https://orders.dev/adfs/oauth2/token","userInfoURL":"https://orders.dev/adfs/oauth2/userinfo","scope":["openid","profile","email"],"callbackURL":"https://yourdomain.com/api/auth/oidc/adfs/callback"}]}}
`,
    gives: ['open - authorization_code orders.dev'],
    says: [/\$\{ADFS_CLIENT_ID\}/],
  },
  {
    name: 'a login that is not a token request',
    origin: '17994258647',
    fileName: 'get.sh',
    text: `#!/bin/bash

# Dependencies to install:
# $ sudo apt-get install jq

access_token=$(curl --location --request POST 'https://orders.dev/v1/auth/access_token' \\
--header 'Content-Type: application/json' \\
--data-raw '{
    "clientId": "id-orders",
    "clientSecret": "s3cr3t-orders"
}' | jq '.accessToken' | sed 's/"//g')

curl --location --request POST 'https://orders.dev/v1/entities/search' \\
	--header "Authorization: Bearer $access_token"
`,
    gives: [],
    says: [/is not a token request/],
  },
  {
    name: 'a page on which Basic is made in the shell',
    origin: '29210421482',
    fileName: 'readme.md',
    text: `### Step 1: Register an OAuth2 Client

\`\`\`bash
curl -X POST http://localhost:9000/client-registration \\
  -H "Content-Type: application/json" \\
  -d '{
    "clientName": "KMS Test Client",
    "scopes": ["signing"],
    "grantTypes": ["client_credentials"]
  }'
\`\`\`

**Save the response:**
\`\`\`json
{
  "clientId": "abc123...",
  "clientSecret": "secret456...",
  "clientName": "KMS Test Client"
}
\`\`\`

### Step 2: Get an Access Token

\`\`\`bash
# Replace abc123:secret456 with your actual client_id:client_secret
CLIENT_CREDS=$(echo -n "id-orders:s3cr3t-orders" | base64)

curl -X POST http://orders.dev:9000/oauth2/token \\
  -H "Content-Type: application/x-www-form-urlencoded" \\
  -H "Authorization: Basic $CLIENT_CREDS" \\
  -d "grant_type=client_credentials&scope=signing"
\`\`\`
`,
    gives: ['open id-orders client_credentials orders.dev:9000 secret'],
  },
  {
    name: 'REST Client: one server for two environments',
    origin: '19135972852',
    fileName: 'settings.json',
    text: `{
  "rest-client.environmentVariables": {
    "$shared": { "contentType": "application/json", "tokenUrl": "https://orders.dev/token" },
    "dev": { "baseUrl": "http://localhost:10016/api/v1", "clientId": "id-orders-dev", "clientSecret": "s3cr3t-orders-dev", "token": "" },
    "homolog": { "baseUrl": "https://h.dev", "clientId": "id-orders-h", "clientSecret": "s3cr3t-orders-h", "token": "" }
  }
}
`,
    gives: [
      'ready id-orders-dev client_credentials orders.dev secret',
      'ready id-orders-h client_credentials orders.dev secret',
    ],
  },
  {
    name: 'Django’s and Next’s variables',
    origin: '9333727886',
    fileName: '.env',
    text: `JWT_SECRET=LEAKjwt
SOCIAL_AUTH_GITHUB_KEY=id-github
SOCIAL_AUTH_GITHUB_SECRET=s3cr3t-github
SOCIAL_AUTH_GOOGLE_OAUTH2_KEY=id-google
SOCIAL_AUTH_GOOGLE_OAUTH2_SECRET=s3cr3t-google
NEXT_PUBLIC_API_URL=http://localhost:8000/api
NEXTAUTH_SECRET=LEAKnextauth
`,
    gives: [
      'ready id-github authorization_code github.com secret',
      'ready id-google authorization_code accounts.google.com secret',
    ],
  },
  {
    name: 'Next: an optional client of Google’s',
    origin: '18627817106',
    fileName: '.env',
    text: `DATABASE_URL="postgresql://USER:PASSWORD@HOST:PORT/DB?schema=public"
NEXTAUTH_URL="http://localhost:3000"
NEXTAUTH_SECRET="openssl rand -base64 32"

# OAuth (optional)
GOOGLE_CLIENT_ID="id-google"
GOOGLE_CLIENT_SECRET="s3cr3t-google"

# Payments (optional, for deposits/invoices)
STRIPE_SECRET_KEY="sk_test_LEAK"
`,
    gives: ['ready id-google authorization_code accounts.google.com secret'],
  },
  {
    name: 'Yaak: a workspace',
    origin: '71442369505',
    fileName: 'yaak.json',
    text: `{"yaakVersion":"2025.1","yaakSchema":4,"resources":{"workspaces":[{"model":"workspace","id":"wk_1","name":"W","authenticationType":"oauth2","authentication":{"grantType":"client_credentials","accessTokenUrl":"https://orders.dev/token","clientId":"id-orders"}}],"httpRequests":[{"model":"http_request","id":"rq_1","workspaceId":"wk_1","name":"R","url":"https://x","authenticationType":null,"authentication":{}}]}}
`,
    gives: ['ready id-orders client_credentials orders.dev'],
  },
  {
    name: 'a provider in a program',
    origin: '2361028467',
    fileName: 'providers.js',
    text: `define({
  "google": {
    "providerType": "Caldav",
    "group": "remote",
    "authenticationType": "oauth2",
    "apiCredentials": {
      "tokenUrl": "https://accounts.google.com/o/oauth2/token",
      "authorizationUrl": "https://accounts.google.com/o/oauth2/auth",
      "user_info": {
        "url": "https://www.googleapis.com/oauth2/v3/userinfo",
        "field": "email"
      },
      "client_secret": "s3cr3t-google",
      "client_id": "id-google",
      "scope": "https://www.googleapis.com/auth/calendar"
    }
  }
});
`,
    gives: ['ready id-google authorization_code accounts.google.com secret'],
  },
  {
    name: 'a token request as an object',
    origin: '6794738287',
    fileName: 'auth.json',
    text: `{
  "name": "crm",
  "url": "https://orders.dev/token",
  "authenticationType": "OAUTH2",
  "contentType": "APPLICATION_FORM_URLENCODED",
  "requestBody": {
    "grant_type": "client_credentials",
    "client_id": "id-orders",
    "client_secret": "s3cr3t-orders"
  }
}
`,
    gives: ['ready id-orders client_credentials orders.dev secret'],
  },
  {
    name: 'cf env as it prints it',
    origin: '107505199',
    text: `System-Provided:
{
 "VCAP_SERVICES": {
  "maki-uaa": [
   {
    "credentials": {
     "auth_domain": "https://orders.dev/uaa",
     "client_id": "id-orders",
     "client_secret": "s3cr3t-orders"
    },
    "label": "maki-uaa",
    "name": "my-sso",
    "plan": "standard",
    "tags": [ "sso", "oauth2" ]
   }
  ]
 }
}

{
 "VCAP_APPLICATION": { "application_id": "abc", "name": "my-app" }
}
`,
    gives: ['ready id-orders authorization_code orders.dev secret'],
    fields: [{ tokenEndpoint: 'https://orders.dev/uaa/oauth/token' }],
  },
  {
    name: 'SAP: one to be filled in, one whole, and a destination’s',
    origin: '71407240939',
    fileName: 'default-env.json',
    text: `{
  "VCAP_SERVICES": {
    "xsuaa": [
      { "name": "mcp-xsuaa", "label": "xsuaa",
        "credentials": { "xsappname": "mcp-proxy", "url": "https://<xsuaa-domain>", "clientid": "<id>", "clientsecret": "<secret>" } },
      { "name": "second", "label": "xsuaa",
        "credentials": { "xsappname": "orders", "url": "https://orders.dev", "clientid": "id-orders", "clientsecret": "s3cr3t-orders" } }
    ],
    "destination": [{ "name": "dest", "credentials": { "clientid": "id-billing", "clientsecret": "s3cr3t-billing", "url": "https://billing.dev", "uri": "https://destination-configuration.cfapps.eu10.hana.ondemand.com" } }]
  }
}
`,
    gives: [
      'open - client_credentials -',
      'ready id-orders client_credentials orders.dev secret',
      'ready id-billing client_credentials billing.dev secret',
    ],
  },
  {
    name: 'cf service-key as it prints it',
    origin: 'doc',
    text: `Getting key mykey for service instance my-uaa as a@b.c...

{
  "credentials": {
    "clientid": "id-orders",
    "clientsecret": "s3cr3t-orders",
    "url": "https://orders.dev",
    "xsappname": "orders"
  }
}
`,
    gives: ['ready id-orders client_credentials orders.dev secret'],
  },
  {
    name: 'az as it prints a principal',
    origin: 'doc',
    text: `Creating 'Contributor' role assignment under scope '/subscriptions/x'
The output includes credentials that you must protect. Be sure that you do not include these credentials in your code or check the credentials into your source control. For more information, see https://aka.ms/azadsp-cli
{
  "appId": "id-login",
  "displayName": "ci",
  "password": "s3cr3t-login",
  "tenant": "11111111-2222-3333-4444-555555555555"
}
`,
    gives: ['ready id-login client_credentials login.microsoftonline.com secret'],
  },
  {
    name: 'an MCP server with a client',
    origin: '55652287705',
    fileName: 'server.yaml',
    text: `name: svc
transport: http
url: https://mcp.orders.dev
auth:
  type: oauth2
  client_id: id-orders
  auth_url: https://orders.dev/authorize
  token_url: https://orders.dev/token
`,
    gives: ['ready id-orders authorization_code orders.dev'],
  },
  {
    name: 'Spring: defaults that are to be filled in',
    origin: '39462101660',
    fileName: 'application-dev.properties',
    text: `# Google OAuth2 Configuration
spring.security.oauth2.client.registration.google.client-id=\${GOOGLE_CLIENT_ID:your-client-id-here}
spring.security.oauth2.client.registration.google.client-secret=\${GOOGLE_CLIENT_SECRET:your-client-secret-here}
spring.security.oauth2.client.registration.google.scope=openid,profile,email
spring.security.oauth2.client.registration.google.redirect-uri={baseUrl}/login/oauth2/code/{registrationId}

# OAuth2 Provider Configuration
spring.security.oauth2.client.provider.google.authorization-uri=https://accounts.google.com/o/oauth2/v2/auth
spring.security.oauth2.client.provider.google.token-uri=https://oauth2.googleapis.com/token
spring.security.oauth2.client.provider.google.user-info-uri=https://www.googleapis.com/oauth2/v2/userinfo
spring.security.oauth2.client.provider.google.user-name-attribute=email

# JWT Configuration (if using JWT tokens)
app.jwt.secret=\${JWT_SECRET:your-jwt-secret-key-minimum-256-bits}
`,
    gives: ['open - authorization_code oauth2.googleapis.com'],
  },
  {
    name: 'Python: address and form in constants',
    origin: '22660876640',
    fileName: 'sample.py',
    text: `import requests
import json

# Authentication
auth_url = "https://orders.dev/connect/token"
auth_data = {
    "grant_type": "client_credentials",
    "client_id": "id-orders",
    "client_secret": "s3cr3t-orders"
}
auth_headers = {
    "Content-Type": "application/x-www-form-urlencoded",
    "Accept": "application/json"
}

auth_response = requests.post(auth_url, data=auth_data, headers=auth_headers)
access_token = auth_response.json().get("access_token")
`,
    gives: ['ready id-orders client_credentials orders.dev secret'],
    fields: [
      { tokenEndpoint: 'https://orders.dev/connect/token', clientAuthentication: 'client_secret_post' },
    ],
  },
  {
    name: 'Python: constants, and a call in a function',
    origin: '15193865',
    fileName: 'legifrance.py',
    text: `import requests
OAUTH_URL = "https://orders.dev/api/oauth/token"
API_BASE_URL = "https://api.orders.dev/dila"
CLIENT_ID = "id-orders"
CLIENT_SECRET = "s3cr3t-orders"

def get_token():
    resp = requests.post(
        OAUTH_URL,
        data={
            "grant_type": "client_credentials",
            "client_id": CLIENT_ID,
            "client_secret": CLIENT_SECRET,
            "scope": "openid",
        },
        timeout=10,
    )
`,
    gives: ['ready id-orders client_credentials orders.dev secret'],
  },
  {
    name: 'Python: constants of a class',
    origin: '10870638185',
    fileName: 'amadeus.py',
    text: `class Flights:
    AMADEUS_BASE = "https://orders.dev"
    AMADEUS_KEY = "id-orders"
    AMADEUS_SECRET = "s3cr3t-orders"

    async def token(self):
        async with httpx.AsyncClient() as client:
            resp = await client.post(
                f"{self.AMADEUS_BASE}/v1/security/oauth2/token",
                headers={"Content-Type": "application/x-www-form-urlencoded"},
                data={
                    "grant_type": "client_credentials",
                    "client_id": self.AMADEUS_KEY,
                    "client_secret": self.AMADEUS_SECRET,
                },
            )
`,
    gives: ['ready id-orders client_credentials orders.dev secret'],
    fields: [{ tokenEndpoint: 'https://orders.dev/v1/security/oauth2/token' }],
  },
  {
    name: 'Python: what a function is given',
    origin: '53655173390',
    fileName: 'kick.py',
    text: `resp = httpx.post(
    "https://orders.dev/oauth/token",
    data={
        "client_id": client_id.strip(),
        "client_secret": client_secret.strip(),
        "grant_type": "client_credentials",
    },
    timeout=10,
)
`,
    gives: ['open - client_credentials orders.dev'],
  },
  {
    name: 'Python: Basic made of constants',
    origin: '65824879835',
    fileName: 'ebay.py',
    text: `EBAY_CLIENT_ID = "id-orders"
EBAY_CLIENT_SECRET = "s3cr3t-orders"
auth = base64.b64encode(f"{EBAY_CLIENT_ID}:{EBAY_CLIENT_SECRET}".encode()).decode()
r = requests.post(
        "https://orders.dev/identity/v1/oauth2/token",
        headers={"Authorization": f"Basic {auth}",
                 "Content-Type": "application/x-www-form-urlencoded"},
        data={"grant_type": "client_credentials",
              "scope": "https://api.ebay.com/oauth/api_scope"},
        timeout=30,
    )
`,
    gives: ['open - client_credentials orders.dev', 'open id-orders client_credentials - secret'],
  },
  {
    name: 'GitLab: OpenID Connect of Keycloak',
    origin: '53762721080',
    fileName: 'gitlab.rb',
    text: `gitlab_rails['omniauth_enabled'] = true
gitlab_rails['omniauth_allow_single_sign_on'] = ['openid_connect']

gitlab_rails['omniauth_providers'] = [
  {
    name: "openid_connect",
    label: "Keycloak",
    args: {
      name: "openid_connect",
      scope: ["openid","profile","email"],
      response_type: "code",
      issuer: "https://orders.dev/realms/semtl",
      discovery: true,
      client_auth_method: "basic",
      uid_field: "sub",
      send_scope_to_token_endpoint: true,
      pkce: true,
      client_options: {
        identifier: "id-orders",
        secret: "s3cr3t-orders",
        redirect_uri: "https://gitlab.orders.dev/users/auth/openid_connect/callback"
      }
    }
  }
]
`,
    gives: ['ready id-orders authorization_code orders.dev secret'],
  },
  {
    name: 'GitLab: OAuth with paths below a site',
    origin: '12524899371',
    fileName: 'gitlab.rb',
    text: `gitlab_rails['smtp_authentication'] = "login"
gitlab_rails['omniauth_providers'] = [
  {
    "name" => "oauth2_generic",
    "app_id" => "id-orders",
    "app_secret" => "s3cr3t-orders",
    "args" => {
      client_options: {
        "site" => "https://orders.dev",
        "authorize_url" => "/authorize",
        "token_url" => "/token",
        "user_info_url" => "https://login.orders.dev/info",
      },
      user_response_structure: {
        attributes: {
          name: 'login',
          email: 'default_email'
        }
      }
    }
  }
]
`,
    gives: ['ready id-orders authorization_code orders.dev secret'],
    fields: [
      { authorizationEndpoint: 'https://orders.dev/authorize', tokenEndpoint: 'https://orders.dev/token' },
    ],
  },
  {
    name: 'GitLab: Bitbucket in YAML',
    origin: '481191575',
    fileName: 'gitlab.yml',
    text: `   omniauth:
     enabled: true
     providers:
       - { name: 'bitbucket',
           app_id: 'id-bitbucket',
           app_secret: 's3cr3t-bitbucket',
           url: 'https://bitbucket.org/' }
`,
    gives: ['open id-bitbucket authorization_code - secret'],
  },
  {
    name: 'GitLab: OAuth with paths, without a secret',
    origin: '8949589610',
    fileName: 'gitlab.rb',
    text: `gitlab_rails['gitlab_root_email'] = 'admin@orders.dev'
gitlab_rails['omniauth_providers'] = [
  {
    "name" => "oauth2_generic",
    "app_id" => "id-orders",
    "app_secret" => "",
    'args' => {
      client_options: {
        'site' => 'https://orders.dev',
        'user_info_url' => '/realms/main/protocol/openid-connect/userinfo',
        'authorize_url' => '/realms/main/protocol/openid-connect/auth',
        'token_url' => '/realms/main/protocol/openid-connect/token'
      },
      user_response_structure: { id_path: 'sub' }
    }
  }
]
`,
    gives: ['ready id-orders authorization_code orders.dev'],
  },
  {
    name: 'GitLab: Google',
    origin: '28200852321',
    fileName: 'gitlab.rb',
    text: `gitlab_rails['omniauth_enabled'] = true
gitlab_rails['omniauth_allow_single_sign_on'] = ['google_oauth2']
gitlab_rails['omniauth_providers'] = [
  {
   "name" => "google_oauth2",
   "app_id" => "id-google",
   "app_secret" => "s3cr3t-google",
   "args" => { "access_type" => "offline", "approval_prompt" => "" }
  }
]
`,
    gives: ['ready id-google authorization_code accounts.google.com secret'],
  },
  {
    name: 'GitLab: OpenID Connect without discovery',
    origin: '6747316341',
    fileName: 'gitlab.rb',
    text: `nginx['ssl_certificate_key'] = "/mnt/ddev_config/traefik/certs/gitlab.key"
gitlab_rails['omniauth_providers'] = [
  {
    name: "openid_connect",
    label: "OIC",
    args: {
      name: 'openid_connect',
      scope: ['oauth2_access_to_profile_information'],
      response_type: 'code',
      issuer: 'https://orders.dev',
      discovery: false,
      client_auth_method: 'basic',
      client_options: {
        identifier: 'id-orders',
        secret: 's3cr3t-orders',
        redirect_uri: 'https://gitlab.orders.dev/users/auth/openid_connect/callback',
        authorization_endpoint: 'https://orders.dev/oauth/authorize',
        token_endpoint: 'https://orders.dev/oauth/token'
      }
    }
  }
]
`,
    gives: ['ready id-orders authorization_code orders.dev secret'],
  },
  {
    name: 'GitLab: an issuer made of the environment',
    origin: '71099763395',
    fileName: 'gitlab.rb',
    text: `gitlab_rails['omniauth_providers'] = [{
  name: 'openid_connect',
  label: 'Casdoor',
  args: {
    name: 'openid_connect',
    scope: ['openid','profile','email'],
    response_type: 'code',
    issuer: 'https://casdoor.' + ENV['DOMAIN'],
    discovery: true,
    client_auth_method: 'query',
    client_options: { identifier: 'id-orders', secret: 's3cr3t-orders', redirect_uri: 'https://gitlab.' + ENV['DOMAIN'] + '/users/auth/openid_connect/callback' }
  }
}]
`,
    gives: ['open id-orders authorization_code - secret'],
  },
  {
    name: 'Keycloak: a client made with curl, after a password',
    origin: '31421146216',
    fileName: 'setup.sh',
    text: `#!/bin/bash
ADMIN_TOKEN=$(curl -s -X POST "http://localhost:8087/realms/master/protocol/openid-connect/token" \\
  -d "username=admin" -d "password=LEAKadmin" -d "grant_type=password" -d "client_id=admin-cli" | jq -r .access_token)
# Create auth-service client
curl -s -X POST "http://localhost:8087/admin/realms/microservice/clients" \\
  -H "Authorization: Bearer $ADMIN_TOKEN" \\
  -H "Content-Type: application/json" \\
  -d '{
    "clientId": "id-localhost",
    "enabled": true,
    "clientAuthenticatorType": "client-secret",
    "secret": "s3cr3t-localhost",
    "redirectUris": ["http://localhost:8092/*"],
    "publicClient": false,
    "protocol": "openid-connect",
    "standardFlowEnabled": true
  }'
`,
    gives: [],
    says: [/password/, /is not a token request/],
  },
  {
    name: 'Keycloak: a client in a here-document',
    origin: '56764942411',
    fileName: 'make.sh',
    text: `cat >"$client_json" <<EOF
{
  "clientId": "$client_id",
  "name": "$client_name",
  "enabled": true,
  "protocol": "openid-connect",
  "publicClient": false,
  "standardFlowEnabled": true,
  "clientAuthenticatorType": "client-secret",
  "secret": "$client_secret",
  "redirectUris": [
    "$redirect_uri"
  ]
}
EOF
`,
    gives: ['open - authorization_code -'],
  },
  {
    name: 'Keycloak: proofs by key and certificate, and a device',
    origin: '6974976631',
    fileName: 'realm.json',
    text: `{"realm":"r","attributes":{"frontendUrl":"https://orders.dev"},"clients":[{"clientId":"id-orders","directAccessGrantsEnabled":true,"clientAuthenticatorType":"client-secret","secret":"s3cr3t-orders","serviceAccountsEnabled":true,"standardFlowEnabled":false,"publicClient":false,"redirectUris":["https://orders.dev/admin/x/console"],"attributes":{"pkce.code.challenge.method":"S256"}},{"clientId":"id-orders-jwt","enabled":true,"publicClient":false,"serviceAccountsEnabled":true,"standardFlowEnabled":false,"clientAuthenticatorType":"client-jwt","attributes":{"jwt.credential.certificate":"MIIC"}},{"clientId":"id-orders-mtls","enabled":true,"serviceAccountsEnabled":true,"standardFlowEnabled":false,"clientAuthenticatorType":"client-x509"},{"clientId":"id-orders-device","enabled":true,"publicClient":true,"standardFlowEnabled":false,"attributes":{"oauth2.device.authorization.grant.enabled":"true"}}]}
`,
    gives: [
      'ready id-orders client_credentials orders.dev secret',
      'ready id-orders-jwt client_credentials orders.dev',
      'ready id-orders-mtls client_credentials orders.dev',
      'ready id-orders-device device_code orders.dev',
    ],
    fields: [
      {},
      { clientAuthentication: 'private_key_jwt' },
      { clientAuthentication: 'tls_client_auth' },
      { clientAuthentication: 'none' },
    ],
  },
  {
    name: 'an older Spring, to be filled in',
    origin: '19320913035',
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
    name: 'web clients of Spring, each with its own',
    origin: '32248232911',
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
        clientSecret: s3cr3t-billing
        grantType: client_credentials
        tokenUrl: https://billing.dev/oauth/token
`,
    gives: [
      'ready id-orders client_credentials orders.dev secret',
      'ready id-billing client_credentials billing.dev secret',
    ],
  },
  {
    name: 'AWS: a gateway whose secret has an ARN',
    origin: '55839465700',
    fileName: 'gateway.yaml',
    text: `gatewayTarget:
  credentialProvider:
    type: oauth2ClientCredentials
    clientId: id-orders
    clientSecretArn: arn:aws:secretsmanager:us-east-1:1:bgw-oauth-secret
    tokenUrl: https://orders.dev/oauth/token
    scopes: [hr:read, hr:list]
`,
    gives: ['open id-orders client_credentials orders.dev'],
    says: [/arn:aws:secretsmanager/],
  },
  {
    name: 'OpenAPI: two flows at two hosts',
    origin: '71508809185',
    fileName: 'openapi.yaml',
    text: `openapi: 3.0.0
info: { title: Identity Security, version: "1" }
servers:
  - url: https://{tenant}.api.orders.dev/v3
paths: {}
components:
  securitySchemes:
    oauth2:
      type: oauth2
      flows:
        clientCredentials:
          tokenUrl: https://example-tenant.api.orders.dev/oauth/token
          scopes:
            sp:scopes:default: default scope
            sp:scopes:all: access to all scopes
        authorizationCode:
          authorizationUrl: https://example-tenant.login.orders.dev/oauth/authorize
          tokenUrl: https://example-tenant.api.orders.dev/oauth/token
          scopes: {}
`,
    gives: [
      'open - client_credentials example-tenant.api.orders.dev',
      'open - authorization_code example-tenant.api.orders.dev',
    ],
  },
  {
    name: 'OpenAPI: a piece',
    origin: '57993366895',
    fileName: 'openapi.yaml',
    text: `components:
  securitySchemes:
    ApiKeyAuth:
      type: apiKey
      in: header
      name: Authorization
      scheme: bearer
    OAuth2:
      type: oauth2
      flows:
        authorizationCode:
          authorizationUrl: https://orders.dev/oauth/authorize
          tokenUrl: https://orders.dev/oauth/token
          scopes:
            embeddings:read: 读取embedding
            chat:write: 发送聊天请求

security:
  - ApiKeyAuth: []
  - OAuth2: []
`,
    gives: ['open - authorization_code orders.dev'],
  },
  {
    name: 'Kubernetes: a secret by the name of a variable',
    origin: '1714993338',
    fileName: 'bridge.yaml',
    text: `apiVersion: x/v1
kind: Bridge
spec:
  source:
    type: rest_pull
    headers: {X-Tenant: internal}
    oauth: {grantType: client_credentials, tokenUrl: "https://orders.dev/realms/acme/protocol/openid-connect/token", clientId: id-orders, clientSecretEnv: BRIDGE_SECRET}
`,
    gives: ['open id-orders client_credentials orders.dev'],
    says: [/from BRIDGE_SECRET/],
  },
  {
    name: 'a client under the name of its authentication',
    origin: '9031832145',
    fileName: 'http.yaml',
    text: `auth:
  oauth2:
    grantType: client_credentials
    endpoints:
      tokenURL: https://orders.dev/token
    scope: null
    clientAuthentication:
      type: client_secret_basic
      clientId: id-orders
      clientSecret: s3cr3t-orders
`,
    gives: ['ready id-orders client_credentials orders.dev secret'],
  },
  {
    name: 'Hoppscotch: only addresses',
    origin: '29016243472',
    fileName: 'c.json',
    text: `[{"v":9,"name":"C","folders":[],"requests":[{"v":"11","endpoint":"https://api.orders.dev/oauth2","name":"OAuth2 Auth","method":"GET","params":[],"headers":[],"auth":{"authType":"oauth-2","authActive":true,"grantTypeInfo":{"grantType":"AUTHORIZATION_CODE","authUrl":"https://orders.dev/authorize","tokenUrl":"https://orders.dev/token","scopes":"read:profile write:profile"}},"body":{"contentType":"","body":""}}]}]
`,
    gives: ['open - authorization_code orders.dev'],
  },
  {
    name: 'Hoppscotch: names of a page',
    origin: '29197830043',
    fileName: 'c.json',
    text: `{"v":9,"name":"C","folders":[],"requests":[],"auth":{
  "authType": "oauth-2",
  "authActive": true,
  "addTo": "HEADERS",
  "grantTypeInfo": {
    "grantType": "AUTHORIZATION_CODE",
    "authEndpoint": "https://orders.dev/oauth2/authorize",
    "tokenEndpoint": "https://orders.dev/oauth2/token",
    "clientID": "id-orders",
    "clientSecret": "s3cr3t-orders",
    "redirectURI": "https://yourapp.com/callback",
    "scopes": "read write",
    "isPKCE": true,
    "state": "random_state_value"
  }
}}
`,
    gives: ['ready id-orders authorization_code orders.dev secret'],
  },
  {
    name: 'B2C: an instance and a flow',
    origin: '10006138668',
    fileName: 'appsettings.json',
    text: `{
  "AzureAdB2C": {
    "Instance": "https://login.b2clogin.com/",
    "ClientId": "id-login",
    "Domain": "login.onmicrosoft.com",
    "SignUpSignInPolicyId": "B2C_1_signup"
  }
}
`,
    gives: ['ready id-login authorization_code login.b2clogin.com'],
  },
  {
    name: 'B2C: an authority',
    origin: '2381682244',
    fileName: 'appsettings.json',
    text: `{
  "AzureAdB2C": {
    "Authority": "https://login.b2clogin.com/tfp/login.onmicrosoft.com/B2C_1_x",
    "ClientId": "id-login",
    "ValidateAuthority": true
  }
}
`,
    gives: ['ready id-login authorization_code login.b2clogin.com'],
    fields: [{ tokenEndpoint: 'https://login.b2clogin.com/login.onmicrosoft.com/B2C_1_x/oauth2/v2.0/token' }],
  },
  {
    name: 'B2C: all to be filled in',
    origin: '66467092819',
    fileName: 'appsettings.json',
    text: `{
  "AzureAdB2C": {
    "Instance": "https://{tenant}.b2clogin.com",
    "Domain": "{tenant}.onmicrosoft.com",
    "TenantId": "{tenantId}",
    "ClientId": "{clientId}",
    "SignUpSignInPolicyId": "B2C_1_SignUpSignIn",
    "ApiScope": "https://{tenant}.onmicrosoft.com/{api-app-id}/access_as_user"
  }
}
`,
    gives: ['open - authorization_code -'],
  },
  {
    name: 'Terraform: Keycloak’s own client',
    origin: '6821713564',
    fileName: 'main.tf',
    text: `terraform {
  required_providers {
    keycloak = {
      source  = "mrparkers/keycloak"
      version = "4.4.0"
    }
  }
}

provider "keycloak" {
  client_id = "admin-cli"
  username  = var.values.username
  password  = var.values.password
  url       = "\${var.values.scheme}\${var.values.url}"
}
`,
    gives: ['open admin-cli client_credentials -'],
  },
  {
    name: 'Terraform: Keycloak without a realm',
    origin: '35791512919',
    fileName: 'main.tf',
    text: `provider "keycloak" {
  client_id     = "id-orders"
  client_secret = "s3cr3t-orders"
  url           = "https://orders.dev"
}
`,
    gives: ['open id-orders client_credentials - secret'],
    says: [/https:\/\/orders\.dev\/realms\//],
  },
  {
    name: 'Terraform: Keycloak’s clients, secrets in locals',
    origin: '52500662539',
    fileName: 'main.tf',
    text: `locals {
  keycloak_url                 = "https://orders.dev"
  realm_name                   = "ZeroTrust-Realm"
  harbor_client_secret         = "s3cr3t-orders-harbor"
  tekton_client_secret         = "s3cr3t-orders-tekton"
  harbor_redirect_uri          = "https://harbor.orders.dev/c/oidc/callback"
}

provider "keycloak" {
  client_id = "admin-cli"
  username  = local.keycloak_admin_username
  password  = local.keycloak_admin_password
  url       = local.keycloak_url
}

resource "keycloak_openid_client" "harbor" {
  realm_id                        = data.keycloak_realm.zt.id
  client_id                       = "id-orders-harbor"
  client_secret                   = local.harbor_client_secret
  access_type                     = "CONFIDENTIAL"
  standard_flow_enabled           = true
  valid_redirect_uris             = [local.harbor_redirect_uri]
}
resource "keycloak_openid_client" "tekton" {
  realm_id                        = data.keycloak_realm.zt.id
  client_id                       = "id-orders-tekton"
  client_secret                   = "s3cr3t-orders-direct"
  access_type                     = "CONFIDENTIAL"
}
`,
    gives: ['open admin-cli client_credentials -', 'open id-orders-harbor client_credentials -'],
    says: [/harbor_client_secret/, /“tekton” has a client and a secret, but no server/],
  },
  {
    name: 'Insomnia 5: a folder’s client, in two environments',
    origin: '66116550838',
    fileName: 'insomnia.yaml',
    text: `type: collection.insomnia.rest/5.0
schema_version: "5.1"
name: Test Collection
meta:
  id: wrk_test
  created: 1717508275743
collection:
  - name: Test Folder
    meta:
      id: fld_test123
      sortKey: -1717508294832
    authentication:
      type: oauth2
      grantType: client_credentials
      accessTokenUrl: "{{ _.base }}/token"
      clientId: "{{ _.id }}"
      clientSecret: "{{ _.secret }}"
      scope: a b
      credentialsInBody: true
    children:
      - url: http://example.com/api/test
        name: Test Request
        meta:
          id: req_test123
        method: GET
        authentication:
          type: oauth2
          grantType: authorization_code
          disabled: true
          accessTokenUrl: https://billing.dev/token
          authorizationUrl: https://billing.dev/authorize
          clientId: id-billing
environments:
  name: Base Environment
  meta: { id: env_1 }
  data:
    base: https://orders.dev
  subEnvironments:
    - name: dev
      meta: { id: env_2 }
      data:
        id: id-orders-dev
        secret: s3cr3t-orders-dev
    - name: prod
      meta: { id: env_3 }
      data:
        id: id-orders-prod
        secret: s3cr3t-orders-prod
`,
    gives: [
      'ready id-orders-dev client_credentials orders.dev secret',
      'ready id-orders-prod client_credentials orders.dev secret',
    ],
    says: [/switched off/],
  },
  {
    name: 'MCP: a server in a variable of a script',
    origin: '53129726612',
    fileName: 'setup.sh',
    text: `# not secrets. OAuth tokens themselves are managed by Claude Code, not dotfiles.
SLACK_CLAUDE_ENTRY='{"type":"http","url":"https://mcp.slack.com/mcp","oauth":{"clientId":"id-slack","callbackPort":3118}}'
VISION_CLAUDE_ENTRY='{"type":"stdio","command":"npx","args":["-y","@x/vision-mcp-server"]}'
`,
    gives: ['open id-slack authorization_code -'],
  },
  {
    name: 'MCP: a client, and three servers without one',
    origin: '69412258997',
    fileName: 'mcp.json',
    text: `{
  "mcpServers": {
    "slack": {
      "url": "https://mcp.slack.com/mcp",
      "oauth": {
        "authorizeUrl": "https://slack.com/oauth/v2_user/authorize",
        "tokenUrl": "https://slack.com/api/oauth.v2.user.access",
        "clientId": "id-slack",
        "clientSecret": "s3cr3t-slack",
        "scopes": ["chat:write", "channels:history"],
        "callbackPort": 7777,
        "callbackScheme": "https",
        "clientAuthMethod": "post"
      }
    },
    "discovered": { "url": "https://mcp.example.com/v1/mcp", "oauth": {} },
    "plain": { "url": "https://mcp.example.com/mcp" },
    "static": { "url": "https://mcp.example.com/mcp", "headers": { "Authorization": "Bearer LEAK" } }
  }
}
`,
    gives: [
      'ready id-slack authorization_code slack.com secret',
      'open - authorization_code -',
      'open - authorization_code -',
      'open - authorization_code -',
    ],
    fields: [{ redirectUri: 'https://localhost:7777/callback', clientAuthentication: 'client_secret_post' }],
  },
  {
    name: 'MCP: a command for Claude',
    origin: '55766136077',
    text: `claude mcp add-json Craft '{
  "type": "http",
  "url": "https://mcp.orders.dev/mcp",
  "headers": {
    "X-Project-ID": "<your project UUID>"
  },
  "oauth": {
    "clientId": "id-orders",
    "authServerMetadataUrl": "https://orders.dev/keycloak/realms/hub/.well-known/openid-configuration",
    "callbackPort": 9876,
    "scopes": "openid profile email organization"
  }
}'
`,
    gives: ['ready id-orders authorization_code orders.dev'],
    fields: [{ redirectUri: 'http://localhost:9876/callback', resource: ['https://mcp.orders.dev/mcp'] }],
  },
  {
    name: 'curl: an id that is encoded already',
    secrets: ['s3cr3t-orders'],
    origin: '65751016008',
    text: `curl -sS -X POST https://orders.dev/connect/token \\
  -H 'Content-Type: application/x-www-form-urlencoded' \\
  --data-urlencode "grant_type=client_credentials" \\
  --data-urlencode "scope=ais" \\
  --data-urlencode "client_secret=s3cr3t-orders" \\
  --data "client_id=id-orders%40mail.example%3Aapp"
`,
    gives: ['ready id-orders@mail.example:app client_credentials orders.dev secret'],
  },
  {
    name: 'curl: in a variable, to be filled in',
    origin: '4602361368',
    fileName: 'copy.sh',
    text: `#!/usr/bin/env bash
VORTEX_ACQUIA_KEY="\${VORTEX_ACQUIA_KEY:-}"
note "Retrieving authentication token."
token_json=$(curl -s -L https://orders.dev/api/auth/oauth/token --data-urlencode "client_id=\${VORTEX_ACQUIA_KEY}" --data-urlencode "client_secret=\${VORTEX_ACQUIA_SECRET}" --data-urlencode "grant_type=client_credentials")
token=$(echo "\${token_json}" | extract_json_value "access_token")
`,
    gives: ['open - client_credentials orders.dev'],
  },
  {
    name: 'curl: two of one script, of which one has a password',
    origin: '58592052318',
    fileName: 'cmis.sh',
    text: `#!/bin/bash
CMIS_TOKEN_URL=https://orders.dev
CMIS_CLIENT_ID=id-orders
CMIS_CLIENT_SECRET=s3cr3t-orders
if [[ -n "$SUBDOMAIN" ]]; then
  TOKEN_RESPONSE=$(curl -s -X POST "\${CMIS_TOKEN_URL}/oauth/token" \\
    --data-urlencode "grant_type=client_credentials" \\
    --data-urlencode "client_id=\${CMIS_CLIENT_ID}" \\
    --data-urlencode "client_secret=\${CMIS_CLIENT_SECRET}")
else
  TOKEN_RESPONSE=$(curl -s -X POST "\${CMIS_TOKEN_URL}/oauth/token" \\
    --data-urlencode "grant_type=password" \\
    --data-urlencode "client_id=\${CMIS_CLIENT_ID}" \\
    --data-urlencode "client_secret=\${CMIS_CLIENT_SECRET}" \\
    --data-urlencode "username=\${CMIS_USERNAME}")
fi
`,
    gives: ['ready id-orders client_credentials orders.dev secret'],
    says: [/password/],
  },
  {
    name: 'curl: in a function of a script',
    origin: '19573285368',
    fileName: 'jamf.sh',
    text: `#!/bin/zsh
# Jamf Pro API login
url="https://orders.dev"
client_id="id-orders"
client_secret="s3cr3t-orders"
verify="$6"

jamfAPI_auth() {
	response=$(curl --silent --location --request POST "\${url}/api/oauth/token" \\
		--header "Content-Type: application/x-www-form-urlencoded" \\
		--data-urlencode "client_id=\${client_id}" \\
		--data-urlencode "grant_type=client_credentials" \\
		--data-urlencode "client_secret=\${client_secret}")
	token=$(echo "$response" | plutil -extract access_token raw -)
}
jamfAPI_auth
`,
    gives: ['ready id-orders client_credentials orders.dev secret'],
  },
  {
    name: 'curl: Basic made of two variables',
    origin: '44738253003',
    text: `CONSUMER_KEY="id-orders"
CONSUMER_SECRET="s3cr3t-orders"
TOKEN_URL="https://orders.dev/token"

# Encode client credentials as Base64
CLIENT_CREDENTIALS=$(echo -n "$CONSUMER_KEY:$CONSUMER_SECRET" | base64)

curl -X POST $TOKEN_URL \\
  -H "Content-Type: application/x-www-form-urlencoded" \\
  -H "Authorization: Basic $CLIENT_CREDENTIALS" \\
  --data-urlencode "grant_type=client_credentials"
`,
    gives: ['ready id-orders client_credentials orders.dev secret'],
  },
  {
    name: 'curl: over many lines, in a function',
    origin: '60832061598',
    fileName: 'check.sh',
    text: `#!/bin/bash
TOKEN_URL="https://orders.dev/token"
CLIENT_ID="id-orders"
CLIENT_SECRET="s3cr3t-orders"
check_token()
{
    local RESPONSE
    local CURL_EXIT

    RESPONSE=$(curl \\
        --insecure \\
        --location \\
        --connect-timeout "$CONNECT_TIMEOUT" \\
        --max-time "$MAX_TIME" \\
        --user-agent "$USER_AGENT" \\
        --silent \\
        --request POST \\
        --data-urlencode "client_id=\${CLIENT_ID}" \\
        --data-urlencode "grant_type=client_credentials" \\
        --data-urlencode "client_secret=\${CLIENT_SECRET}" \\
        "$TOKEN_URL" \\
        2>/dev/null
    )
}
`,
    gives: ['ready id-orders client_credentials orders.dev secret'],
    fields: [{ clientAuthentication: 'client_secret_post' }],
  },
  {
    name: 'curl: a header of its own',
    origin: '55177866138',
    fileName: 'scim.sh',
    text: `API=https://orders.dev
_admin_resp=$(curl -sS -X POST "$API/connect/token" \\
    -H "X-Client-Cert: $_admin_cert_b64" \\
    -H "Content-Type: application/x-www-form-urlencoded" \\
    --data-urlencode "grant_type=client_credentials" \\
    --data-urlencode "client_id=id-orders")
`,
    gives: ['ready id-orders client_credentials orders.dev'],
    says: [/header X-Client-Cert was left out/],
  },
  {
    name: 'PowerShell: all in variables, twice',
    origin: '13300514199',
    text: `$tenantId = "11111111-2222-3333-4444-555555555555"
$clientId = "id-login"
$clientSecret = "s3cr3t-login"
$scope = "https://analysis.windows.net/powerbi/api/.default"
$tokenUrl = "https://login.microsoftonline.com/$tenantId/oauth2/v2.0/token"

$body = @{
    client_id     = $clientId
    client_secret = $clientSecret
    scope         = $scope
    grant_type    = "client_credentials"
}

$response = Invoke-RestMethod -Method POST -Uri $tokenUrl -ContentType "application/x-www-form-urlencoded" -Body $body
Write-Host "Access Token:" $response.access_token

# Acquire token as before
$tenantId = "11111111-2222-3333-4444-555555555555"
$clientId = "id-login"
$clientSecret = "s3cr3t-login"
`,
    gives: ['ready id-login client_credentials login.microsoftonline.com secret'],
  },
  {
    name: 'PowerShell: an address that is used again',
    secrets: ['s3cr3t-login*:='],
    origin: '57959289',
    fileName: 'teams.ps1',
    text: `$AppId = "id-login"
$TenantId = "11111111-2222-3333-4444-555555555555"
$AppSecret = 's3cr3t-login*:='
$uri = "https://login.microsoftonline.com/$tenantId/oauth2/v2.0/token"
$body = @{
    client_id     = $AppId
    scope         = "https://graph.microsoft.com/.default"
    client_secret = $AppSecret
    grant_type    = "client_credentials"
}
$tokenRequest = Invoke-WebRequest -Method Post -Uri $uri -ContentType "application/x-www-form-urlencoded" -Body $body -UseBasicParsing
$token = ($tokenRequest.Content | ConvertFrom-Json).access_token
$uri = "https://graph.microsoft.com/beta/"
$headers = @{Authorization = "Bearer $token"}
`,
    gives: ['ready id-login client_credentials login.microsoftonline.com secret'],
  },
  {
    name: 'PowerShell: parameters as a table',
    origin: '19362916224',
    fileName: 'auth.ps1',
    text: `$AuthParams = @{
    Method      = "POST"
    URI = "https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/oauth2/v2.0/token"
    Body = @{
        client_id     = "id-login"
        scope         = "https://graph.microsoft.com/.default"
        client_secret = Get-Content $Secret
        grant_type    = "client_credentials"
    }
    ContentType = "application/x-www-form-urlencoded"
    UseBasicParsing = $true
}
$Auth = Invoke-RestMethod @AuthParams
`,
    gives: ['open id-login client_credentials login.microsoftonline.com'],
    says: [/Get-Content/],
  },
  {
    name: 'PowerShell: a secret from elsewhere',
    origin: '25645677534',
    fileName: 'mail.ps1',
    text: `$clientSecret = Get-AutomationVariable -Name "app-ClientSecret"
$body = @{
    client_id     = "id-login"
    scope         = "https://graph.microsoft.com/.default"
    client_secret = $clientSecret
    grant_type    = "client_credentials"
}
$tokenResponse = Invoke-RestMethod -Method Post -Uri "https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/oauth2/v2.0/token" -Body $body
`,
    gives: ['open id-login client_credentials login.microsoftonline.com'],
    says: [/\$\{clientSecret\}/],
  },
  {
    name: 'PowerShell: names in other letters',
    origin: '39895409214',
    fileName: '9A~39895409214~todo.ps1',
    text: `$clientId = "id-login"
$clientSecret = "s3cr3t-login"
$tenantID = "11111111-2222-3333-4444-555555555555"
$token_Body = @{
    Grant_Type    = "client_credentials"
    Scope         = "https://graph.microsoft.com/.default"
    Client_Id     = $clientId
    Client_Secret = $clientSecret
  }
  $token_Response = Invoke-RestMethod -Uri "https://login.microsoftonline.com/$tenantID/oauth2/v2.0/token" -Method POST -Body $token_Body
`,
    gives: ['ready id-login client_credentials login.microsoftonline.com secret'],
  },
  {
    name: 'PowerShell: what the script is given',
    origin: '6769947024',
    fileName: '9B~6769947024~blob.ps1',
    text: `param(
    [string] $servicePrincipalClientId,
    [string] $servicePrincipalSecret,
    [string] $TenantId,
    [string] $StorageAccountName
)
$Resource="https://$StorageAccountName.blob.core.windows.net"
$Body = @{
    grant_type    = "client_credentials"
    client_id     = $servicePrincipalClientId
    client_secret = $servicePrincipalSecret
    resource      = $Resource
}
$TokenResponse = Invoke-RestMethod -Method Post -Uri "https://login.microsoftonline.com/$TenantId/oauth2/token" -ContentType "application/x-www-form-urlencoded" -Body $Body
`,
    gives: ['open - client_credentials -'],
  },
  {
    name: 'Go: names of a product’s own',
    origin: '52753543142',
    fileName: '9C~52753543142~mcp_test.go',
    text: `	created, err := client.CreateMCPServer(ctx, sdk.CreateMCPServerRequest{
		DisplayName:        "My MCP Server",
		Transport:          "streamable_http",
		URL:                "https://mcp.orders.dev/v1",
		AuthType:           "oauth2",
		OAuth2ClientID:     "id-orders",
		OAuth2ClientSecret: "s3cr3t-orders",
		OAuth2AuthURL:      "https://orders.dev/authorize",
		OAuth2TokenURL:     "https://orders.dev/token",
		OAuth2Scopes:       "read write",
		ToolAllowList:      []string{},
	})
`,
    gives: ['ready id-orders authorization_code orders.dev secret'],
  },
  {
    name: 'a test’s environment',
    origin: '65737644351',
    fileName: 'A1~65737644351~span.test.ts',
    text: `beforeAll(async () => {
	Object.assign(process.env, {
		DATABASE_URL: 'postgres://tc:tc@localhost:5432/tc',
		BASE_URL: 'https://trust.example.com',
		LOCALES: 'de,en',
		OIDC_ISSUER: 'https://orders.dev',
		OIDC_CLIENT_ID: 'id-orders',
		OIDC_CLIENT_SECRET: 's3cr3t-orders',
		OIDC_ADMIN_GROUP: 'trust-center-admins'
	});
});
`,
    gives: ['ready id-orders authorization_code orders.dev secret'],
  },
  {
    name: 'constants of a test, clients of four servers',
    origin: '38536746',
    fileName: 'A2~38536746~env.test.ts',
    text: `vi.mock("@/lib/constants", () => ({
  ENCRYPTION_KEY: "LEAKtest",
  GITHUB_ID: "id-github",
  GITHUB_SECRET: "s3cr3t-github",
  GOOGLE_CLIENT_ID: "id-google",
  GOOGLE_CLIENT_SECRET: "s3cr3t-google",
  AZUREAD_CLIENT_ID: "id-login",
  AZUREAD_CLIENT_SECRET: "s3cr3t-login",
  AZUREAD_TENANT_ID: "11111111-2222-3333-4444-555555555555",
  OIDC_CLIENT_ID: "id-orders",
  OIDC_CLIENT_SECRET: "s3cr3t-orders",
  OIDC_ISSUER: "https://orders.dev",
  WEBAPP_URL: "mock-webapp-url",
}));
`,
    gives: [
      'ready id-github authorization_code github.com secret',
      'ready id-google authorization_code accounts.google.com secret',
      'ready id-login client_credentials login.microsoftonline.com secret',
      'ready id-orders authorization_code orders.dev secret',
    ],
  },
  {
    name: 'Python: variables that a test sets',
    origin: '71651089840',
    fileName: 'A3~71651089840~test_oidc.py',
    text: `def test_unreachable(monkeypatch, isolated_data_dir):
    monkeypatch.setenv("OIDC_ISSUER", "https://orders.dev")
    monkeypatch.setenv("OIDC_CLIENT_ID", "id-orders")
    monkeypatch.setenv("OIDC_CLIENT_SECRET", "s3cr3t-orders")
    monkeypatch.setenv("AUTH_PUBLIC_URL", "http://testserver")
`,
    gives: ['ready id-orders authorization_code orders.dev secret'],
  },
  {
    name: 'kubectl exec with variables of its own',
    origin: '56664522940',
    fileName: 'A4~56664522940~setup.sh',
    text: `    kubectl exec -n "$NAMESPACE" "$authentik_pod" -- env \\
        OIDC_CLIENT_ID="$oidc_client_id" \\
        OIDC_CLIENT_SECRET="$oidc_secret" \\
        PUBLIC_APP_URL="$public_app_url" \\
        python /tmp/configure_authentik.py
`,
    gives: ['open - client_credentials -'],
  },
  {
    name: 'Flask: a client in a program',
    origin: '109240330',
    fileName: 'A5~109240330~app.py',
    text: `from flask import Flask
app = Flask(__name__)
app.secret_key = "LEAK"
oauth = OAuth(app)
keycloak = oauth.register(
    name="Flask App",
    client_id="id-orders",
    client_secret="s3cr3t-orders",
    server_metadata_url=f"https://orders.dev/.well-known/openid-configuration",
    client_kwargs={
        "scope": "openid email profile offline_access",
        "token_endpoint_auth_method": "client_secret_basic",
    },
)
`,
    gives: ['ready id-orders authorization_code orders.dev secret'],
  },
  {
    name: 'a secret without its client',
    origin: '53916168471',
    fileName: 'A7~53916168471~config.yaml',
    text: `oidc_client_secret: s3cr3t-orders
oidc_issuer_url: https://orders.dev
`,
    gives: [],
    says: [/secret without its client/],
  },
  {
    name: 'a client without a server',
    origin: '23265968755',
    fileName: 'A8~23265968755~.env',
    text: `HALOPSA_URL=https://orders.dev
HALOPSA_OIDC_CLIENT_ID=id-orders
HALOPSA_OIDC_CLIENT_SECRET=s3cr3t-orders
HALOPSA_OIDC_CLIENT_SCOPE=all
`,
    gives: ['open id-orders client_credentials - secret'],
  },
  {
    name: 'Python: an address made of a variable',
    origin: '58985125015',
    fileName: 'A9~58985125015~server.py',
    text: `    issuer = "https://orders.dev"
    proxy = OIDCProxy(
        config_url=f"{issuer}/.well-known/openid-configuration",
        client_id="id-orders",
        client_secret="s3cr3t-orders",
        base_url=settings.normalized_public_base_url(),
        require_authorization_consent=True,
    )
`,
    gives: ['open id-orders client_credentials - secret'],
  },
  {
    name: 'Authlib: options by a name',
    origin: '71604639186',
    fileName: 'B1~71604639186~auth.py',
    text: `def build_oauth(cfg: Settings):
    oauth = OAuth()
    kw = {"scope": "openid profile email", "code_challenge_method": "S256"}
    oauth.register("oidc", client_id="id-orders", client_secret="s3cr3t-orders",
                   server_metadata_url="https://orders.dev/.well-known/openid-configuration",
                   client_kwargs=kw)
    return oauth
`,
    gives: ['ready id-orders authorization_code orders.dev secret'],
    says: [/client_kwargs/],
  },
];
