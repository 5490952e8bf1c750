import type { ForeignFile } from './foreignFile.ts';

/** What is shared, and changed for one: the shared secret goes with no other client, and to no other server. */
export const sharedSecrets: readonly ForeignFile[] = [
  {
    name: 'REST Client: a secret in $shared, two environments with clients of their own',
    fileName: 'settings.json',
    text: `{"rest-client.environmentVariables": {
    "$shared": { "tokenUrl": "https://orders.dev/token", "clientId": "id-orders", "clientSecret": "s3cr3t-orders" },
    "dev": { "clientId": "id-billing", "tokenUrl": "https://billing.dev/token" },
    "prod": { "clientId": "id-orders-prod" }
}}
`,
    gives: [
      'open id-billing client_credentials billing.dev',
      'open id-orders-prod client_credentials orders.dev',
    ],
    says: [/the secret of what is shared/],
  },
  {
    name: 'JetBrains: a secret in $shared, another client in an environment',
    fileName: 'http-client.env.json',
    text: `{ "$shared": { "tokenUrl": "https://orders.dev/token", "clientId": "id-orders", "clientSecret": "s3cr3t-orders" },
    "dev": { "clientId": "id-billing", "tokenUrl": "https://billing.dev/token" } }
`,
    gives: ['open id-billing client_credentials billing.dev'],
    says: [/the secret of what is shared/],
  },
  {
    name: 'JetBrains: the same in a section',
    fileName: 'http-client.env.json',
    text: `{ "$shared": { "tokenUrl": "https://orders.dev/token", "clientId": "id-orders", "clientSecret": "s3cr3t-orders" },
    "dev": { "clientId": "id-billing", "tokenUrl": "https://billing.dev/token", "Security": { "Auth": { "x": { "Type": "OAuth2", "Grant Type": "Client Credentials", "Client ID": "{{clientId}}", "Client Secret": "{{clientSecret}}", "Token URL": "{{tokenUrl}}" } } } } }
`,
    gives: ['open id-billing client_credentials billing.dev'],
    says: [/the secret of what is shared/],
  },
  {
    name: 'REST Client: the secret of a client at the servers of two environments goes to neither unasked',
    fileName: 'settings.json',
    text: `{"rest-client.environmentVariables": {
    "$shared": { "clientId": "id-orders", "clientSecret": "s3cr3t-orders" },
    "dev": { "tokenUrl": "https://orders-dev.dev/token" },
    "prod": { "tokenUrl": "https://orders-prod.dev/token" }
}}
`,
    gives: [
      'ready id-orders client_credentials orders-dev.dev',
      'ready id-orders client_credentials orders-prod.dev',
    ],
    says: [/The secret stands there for orders-prod\.dev, too: it was not taken/],
  },
  {
    name: 'Yaak: a secret in the base environment',
    fileName: 'yaak.json',
    text: `{"yaakVersion":"2025.1","yaakSchema":4,"resources":{"workspaces":[{"id":"wk_1","model":"workspace","name":"W"}],"environments":[{"id":"ev_1","model":"environment","workspaceId":"wk_1","name":"Global","base":true,"variables":[{"name":"token_url","value":"https://orders.dev/token","enabled":true},{"name":"client_id","value":"id-orders","enabled":true},{"name":"client_secret","value":"s3cr3t-orders","enabled":true}]},{"id":"ev_2","model":"environment","workspaceId":"wk_1","name":"Dev","base":false,"variables":[{"name":"client_id","value":"id-billing","enabled":true},{"name":"token_url","value":"https://billing.dev/token","enabled":true}]}],"httpRequests":[]}}
`,
    gives: [
      'ready id-orders client_credentials orders.dev secret',
      'open id-billing client_credentials billing.dev',
    ],
    says: [/the secret of what is shared/],
  },
  {
    name: 'Bruno: a secret of the collection’s, another client in the only environment',
    fileName: 'bruno.json',
    text: `{"name":"C","version":"1","items":[{"type":"http","name":"R","request":{"url":"x","method":"GET","auth":{"mode":"oauth2","oauth2":{"grantType":"client_credentials","accessTokenUrl":"{{token_url}}","clientId":"{{client_id}}","clientSecret":"{{client_secret}}"}}}}],"root":{"request":{"vars":{"req":[{"name":"client_id","value":"id-orders","enabled":true},{"name":"client_secret","value":"s3cr3t-orders","enabled":true},{"name":"token_url","value":"https://orders.dev/token","enabled":true}]}}},"environments":[{"name":"dev","variables":[{"name":"client_id","value":"id-billing","enabled":true},{"name":"token_url","value":"https://billing.dev/token","enabled":true}]}]}
`,
    gives: ['open id-billing client_credentials billing.dev'],
    says: [/whose it is cannot be known/],
  },
  {
    name: 'Insomnia 4: a secret of the base’s, another client in the only environment',
    fileName: 'insomnia4.json',
    text: `{"_type":"export","__export_format":4,"resources":[{"_id":"wrk_1","_type":"workspace","name":"W"},{"_id":"env_1","_type":"environment","parentId":"wrk_1","name":"Base","data":{"client_id":"id-orders","client_secret":"s3cr3t-orders","token_url":"https://orders.dev/token"}},{"_id":"env_2","_type":"environment","parentId":"env_1","name":"Dev","data":{"client_id":"id-billing","token_url":"https://billing.dev/token"}},{"_id":"req_1","_type":"request","parentId":"wrk_1","name":"R","url":"https://x","authentication":{"type":"oauth2","grantType":"client_credentials","accessTokenUrl":"{{ _.token_url }}","clientId":"{{ _.client_id }}","clientSecret":"{{ _.client_secret }}"}}]}
`,
    gives: [
      'ready id-orders client_credentials orders.dev secret',
      'open id-billing client_credentials billing.dev',
    ],
    says: [/whose it is cannot be known/],
  },
  {
    name: 'Postman: a secret of the collection’s, another client in a folder',
    fileName: 'postman.json',
    text: `{"info":{"name":"Shop","schema":"https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},"variable":[{"key":"client_id","value":"id-orders"},{"key":"client_secret","value":"s3cr3t-orders"},{"key":"token_url","value":"https://orders.dev/token"}],"item":[{"name":"F","variable":[{"key":"client_id","value":"id-billing"},{"key":"token_url","value":"https://billing.dev/token"}],"item":[{"name":"R","request":{"url":"https://x","auth":{"type":"oauth2","oauth2":[{"key":"grant_type","value":"client_credentials"},{"key":"accessTokenUrl","value":"{{token_url}}"},{"key":"clientId","value":"{{client_id}}"},{"key":"clientSecret","value":"{{client_secret}}"}]}}}]}]}
`,
    gives: ['open id-billing client_credentials billing.dev'],
    says: [/client secret holds the placeholder/],
  },
  {
    name: 'Dockerfile: a secret of the stage it is made from',
    fileName: 'Dockerfile',
    text: `FROM node:20 AS base
ENV CLIENT_ID=id-orders CLIENT_SECRET=s3cr3t-orders TOKEN_URL=https://orders.dev/token
FROM base AS billing
ENV CLIENT_ID=id-billing TOKEN_URL=https://billing.dev/token
FROM base AS same
ENV SCOPE=a
`,
    gives: [
      'ready id-orders client_credentials orders.dev secret',
      'open id-billing client_credentials billing.dev',
      'ready id-orders client_credentials orders.dev secret',
    ],
    says: [/the secret of what is shared/],
  },
  {
    name: 'Insomnia 5: a secret of the base’s, another client in a folder',
    fileName: 'insomnia.yaml',
    text: `type: collection.insomnia.rest/5.0
name: Shop
collection:
  - name: F
    environment: { client_id: id-billing, token_url: "https://billing.dev/token" }
    children:
      - name: R
        url: https://x
        method: GET
        authentication: { type: oauth2, grantType: client_credentials, accessTokenUrl: "{{ _.token_url }}", clientId: "{{ _.client_id }}", clientSecret: "{{ _.client_secret }}" }
environments:
  name: Base
  data: { client_id: id-orders, client_secret: s3cr3t-orders, token_url: "https://orders.dev/token" }
`,
    gives: ['open id-billing client_credentials billing.dev'],
    says: [/client secret holds the placeholder/],
  },
  {
    name: 'JavaScript: a function with constants of its own',
    fileName: 'clients.js',
    text: `const CLIENT_ID = 'id-orders';
const CLIENT_SECRET = 's3cr3t-orders';
function billing() {
  const CLIENT_ID = 'id-billing';
  const CLIENT_SECRET = 's3cr3t-billing';
  return { clientId: CLIENT_ID, clientSecret: CLIENT_SECRET, tokenUrl: 'https://billing.dev/token' };
}
`,
    gives: ['open - client_credentials billing.dev'],
    says: [/“Imported” has a client and a secret, but no server/, /“billing” has a client and a secret/],
  },
  {
    name: 'JavaScript: a function that is given what constants are called, too',
    fileName: 'clients.js',
    text: `const clientId = 'id-orders';
const clientSecret = 's3cr3t-orders';
export const make = ({ clientId, clientSecret }) => ({
  clientId,
  clientSecret: clientSecret,
  clientID: clientId,
  tokenUrl: 'https://billing.dev/token',
});
`,
    gives: ['open - client_credentials billing.dev'],
  },
  {
    name: 'Go: a function that is given the id, and takes the secret from the environment',
    fileName: 'main.go',
    text: `const clientSecret = "s3cr3t-orders"
const clientID = "id-orders"
func billing(clientID string) *clientcredentials.Config {
  clientSecret := os.Getenv("X")
  return &clientcredentials.Config{ClientID: clientID, ClientSecret: clientSecret, TokenURL: "https://billing.dev/token"}
}
`,
    gives: ['open - client_credentials billing.dev'],
  },
  {
    name: 'Python: a function that is given both',
    fileName: 'clients.py',
    text: `client_id = "id-orders"
client_secret = "s3cr3t-orders"
def billing(client_id, client_secret):
    return requests.post("https://billing.dev/token", data={"grant_type": "client_credentials", "client_id": client_id, "client_secret": client_secret})
`,
    gives: ['open - client_credentials billing.dev'],
    says: [/“Imported” has a client and a secret, but no server/],
  },
  {
    name: 'YAML: a drawer of another server, with its secret',
    fileName: 'a.yaml',
    text: `clientId: id-orders
tokenUrl: https://orders.dev/token
oidc:
  issuer: https://billing.dev
  clientSecret: s3cr3t-billing
`,
    gives: ['ready id-orders client_credentials orders.dev'],
    says: [/“oidc: clientSecret” is a secret without its client/],
  },
  {
    name: 'YAML: a provider beside a client, at another server',
    fileName: 'values.yaml',
    text: `oauth:
  tokenUrl: https://orders.dev/token
  client:
    clientId: id-orders
    clientSecret: s3cr3t-orders
  provider:
    issuer: https://billing.dev
    clientSecret: s3cr3t-billing
`,
    gives: ['ready id-orders client_credentials orders.dev secret'],
  },
  {
    name: 'PowerShell: a function that is given both',
    fileName: 'c.ps1',
    text: `$clientId = 'id-orders'
$clientSecret = 's3cr3t-orders'
function Get-Billing($clientId, $clientSecret) {
  Invoke-RestMethod -Method Post -Uri 'https://billing.dev/token' -Body @{ grant_type = 'client_credentials'; client_id = $clientId; client_secret = $clientSecret }
}
`,
    gives: ['open - client_credentials billing.dev'],
  },
  {
    name: 'PowerShell: parameters with a default',
    fileName: 'f.ps1',
    text: `$ClientSecret = 's3cr3t-orders'
function Get-Billing {
  param(
    [Parameter(Mandatory = $true)] [string]$ClientId,
    [string]$ClientSecret = 'x'
  )
  Invoke-RestMethod -Method Post -Uri 'https://billing.dev/token' -Body @{ grant_type = 'client_credentials'; client_id = $ClientId; client_secret = $ClientSecret }
}
`,
    gives: ['open - client_credentials billing.dev'],
  },
  {
    name: 'bash: what a function reads',
    fileName: 'e.sh',
    text: `#!/bin/bash
CLIENT_SECRET=s3cr3t-orders
billing() {
  read -r CLIENT_ID CLIENT_SECRET
  curl -d grant_type=client_credentials -d client_id=id-billing -d client_secret=$CLIENT_SECRET https://billing.dev/token
}
`,
    gives: ['open id-billing client_credentials billing.dev'],
  },
  {
    name: 'TypeScript: what is taken apart',
    fileName: 'k.ts',
    text: `export const clientSecret = 's3cr3t-orders';
export const clientId = 'id-orders';
export function f(config: C) {
const { clientId, clientSecret } = config.billing;
return { clientId: clientId, clientSecret: clientSecret, tokenUrl: 'https://billing.dev/token' };
}
`,
    gives: ['open - client_credentials billing.dev'],
  },
  {
    name: 'Python: two names in one assignment',
    fileName: 'k.py',
    text: `client_id = "id-orders"
client_secret = "s3cr3t-orders"
def f():
    client_id, client_secret = load()
    return {"client_id": client_id, "client_secret": client_secret, "token_url": "https://billing.dev/token"}
`,
    gives: ['open id-orders client_credentials -', 'open - client_credentials billing.dev'],
  },
  {
    name: 'a script that uses one name for two secrets',
    fileName: 'k.sh',
    text: `SECRET=s3cr3t-orders
docker run -e CLIENT_ID=id-orders -e CLIENT_SECRET=$SECRET -e TOKEN_URL=https://orders.dev/token img
SECRET=s3cr3t-database
psql -p $SECRET
`,
    gives: ['open id-orders client_credentials orders.dev'],
  },
  {
    name: 'Python: constants of two classes, one without a secret',
    fileName: 'clients.py',
    text: `class Orders:
    KEY = "id-orders"
    SECRET = "s3cr3t-orders"
    def token(self):
        return requests.post("https://orders.dev/token", data={"grant_type": "client_credentials", "client_id": self.KEY, "client_secret": self.SECRET})
class Billing:
    KEY = "id-billing"
    def token(self):
        return requests.post("https://billing.dev/token", data={"grant_type": "client_credentials", "client_id": self.KEY, "client_secret": self.SECRET})
`,
    gives: ['open - client_credentials orders.dev', 'open - client_credentials billing.dev'],
  },
  {
    name: 'an array of a script, put into the commands of two clients',
    fileName: 'l.sh',
    text: `common=(-d grant_type=client_credentials -d client_secret=s3cr3t-orders)
curl "\${common[@]}" -d client_id=id-orders https://orders.dev/token
curl "\${common[@]}" -d client_id=id-billing https://billing.dev/token
`,
    gives: [
      'ready id-orders client_credentials orders.dev',
      'ready id-billing client_credentials billing.dev',
    ],
    says: [/The secret stands there for billing\.dev, too/],
  },
  {
    name: 'a secret that a script gives to one command only',
    fileName: 'm.sh',
    text: `CLIENT_SECRET=s3cr3t-orders ./orders.sh
curl -d grant_type=client_credentials -d client_id=id-billing -d client_secret=$CLIENT_SECRET https://billing.dev/token
`,
    gives: ['open id-billing client_credentials billing.dev'],
  },
  {
    name: 'a token endpoint on the host of one of two environments',
    fileName: '.env',
    text: `DEV_CLIENT_ID=id-orders
DEV_CLIENT_SECRET=s3cr3t-orders
DEV_BASE_URL=https://orders.dev
PROD_CLIENT_ID=id-billing
PROD_CLIENT_SECRET=s3cr3t-billing
PROD_BASE_URL=https://billing.dev
TOKEN_URL=https://orders.dev/token
`,
    gives: ['open id-orders client_credentials - secret', 'open id-billing client_credentials - secret'],
  },
  {
    name: 'two environments with hosts of their own to sign in at, and a token endpoint elsewhere',
    fileName: '.env',
    text: `CLIENT_ID_DEV=id-orders
CLIENT_SECRET_DEV=s3cr3t-orders
AUTH_DOMAIN_DEV=orders.dev
CLIENT_ID_PROD=id-billing
CLIENT_SECRET_PROD=s3cr3t-billing
AUTH_DOMAIN_PROD=billing.dev
TOKEN_URL=https://crm.dev/token
`,
    gives: ['open id-orders client_credentials - secret', 'open id-billing client_credentials - secret'],
  },
  {
    name: 'two environments with APIs of their own, at one server',
    fileName: '.env',
    text: `DEV_CLIENT_ID=id-orders
DEV_CLIENT_SECRET=s3cr3t-orders
DEV_API_URL=https://dev.api.example
PROD_CLIENT_ID=id-orders-eu
PROD_CLIENT_SECRET=s3cr3t-orders-eu
PROD_API_URL=https://api.example
TOKEN_URL=https://orders.dev/token
`,
    gives: [
      'ready id-orders client_credentials orders.dev secret',
      'ready id-orders-eu client_credentials orders.dev secret',
    ],
  },
  {
    name: 'JavaScript: one secret for two servers, which stands in a comment, too',
    fileName: 'clients.js',
    text: `// s3cr3t-orders is changed each month
const SECRET = 's3cr3t-orders';
await fetch('https://orders.dev/token', { method: 'POST', body: new URLSearchParams({ grant_type: 'client_credentials', client_id: 'id-orders', client_secret: SECRET }) });
await fetch('https://billing.dev/token', { method: 'POST', body: new URLSearchParams({ grant_type: 'client_credentials', client_id: 'id-billing', client_secret: SECRET }) });
`,
    gives: [
      'ready id-orders client_credentials orders.dev',
      'ready id-billing client_credentials billing.dev',
    ],
    says: [/The secret stands there for billing\.dev, too/],
  },
  {
    name: 'YAML: the secret of one client, written at each of two servers',
    fileName: 'clients.yaml',
    text: `orders: { client_id: id-orders, client_secret: s3cr3t-orders, token_url: "https://orders.dev/token" }
again: { client_id: id-orders, client_secret: s3cr3t-orders, token_url: "https://orders.dev/token", scope: a }
eu: { client_id: id-orders, client_secret: s3cr3t-orders, token_url: "https://orders-eu.dev/token" }
billing: { client_id: id-billing, client_secret: s3cr3t-billing, token_url: "https://billing.dev/token" }
`,
    gives: [
      'ready id-orders client_credentials orders.dev',
      'ready id-orders client_credentials orders.dev',
      'ready id-orders client_credentials orders-eu.dev',
      'ready id-billing client_credentials billing.dev secret',
    ],
    says: [/The secret stands there for orders-eu\.dev, too/],
  },
  {
    name: 'bash: an example in a here-document names variables of the script',
    text: `CLIENT_ID=id-orders
CLIENT_SECRET=s3cr3t-orders
cat <<'EOF'
curl -d grant_type=client_credentials -d client_id=$CLIENT_ID -d client_secret=$CLIENT_SECRET https://billing.dev/token
EOF
curl -d grant_type=client_credentials -d client_id=$CLIENT_ID -d client_secret=$CLIENT_SECRET https://orders.dev/token
`,
    gives: ['ready id-orders client_credentials orders.dev secret', 'open - client_credentials billing.dev'],
  },
  {
    name: 'bash: the same handed to the command that does nothing, and no other command',
    fileName: 'n.sh',
    text: `#!/bin/bash
CLIENT_ID=id-orders
CLIENT_SECRET=s3cr3t-orders
: '
curl -d grant_type=client_credentials -d client_id=$CLIENT_ID -d client_secret=$CLIENT_SECRET https://billing.dev/token
'
curl -d grant_type=client_credentials -d client_id=id-crm https://crm.dev/token
`,
    gives: ['ready id-crm client_credentials crm.dev', 'open - client_credentials billing.dev'],
  },
  {
    name: 'bash: a script that writes a file before its first command',
    text: `cat > .env <<EOF
CLIENT_ID=id-orders
CLIENT_SECRET=s3cr3t-orders
TOKEN_URL=https://orders.dev/token
EOF
curl -d grant_type=client_credentials -d client_id=id-billing -d client_secret=s3cr3t-billing https://billing.dev/token
`,
    gives: [
      'ready id-billing client_credentials billing.dev secret',
      'ready id-orders client_credentials orders.dev secret',
    ],
  },
  {
    name: 'YAML: of two that are merged, the first names another client than the second, which has a secret',
    fileName: 'merged.yaml',
    text: `a: &a { client_id: id-orders, client_secret: s3cr3t-orders }
b: &b { client_id: id-billing, token_url: "https://billing.dev/token" }
c:
  <<: [*b, *a]
`,
    gives: [
      'ready id-billing client_credentials billing.dev',
      'open id-billing client_credentials billing.dev',
    ],
    says: [/the secret of what is merged here/],
  },
  {
    name: 'YAML: a client and its server are merged, and a mapping that changed both and has a secret of its own',
    fileName: 'merged.yaml',
    text: `client: &client { client_id: id-orders, client_secret: s3cr3t-orders }
server: &server { token_url: "https://orders.dev/token" }
orders: &orders
  <<: [*client, *server]
billing: &billing
  <<: *orders
  client_id: id-billing
  client_secret: s3cr3t-billing
  token_url: https://billing.dev/token
again:
  <<: *billing
  scope: a
`,
    gives: [
      'ready id-orders client_credentials orders.dev secret',
      'ready id-billing client_credentials billing.dev secret',
      'ready id-billing client_credentials billing.dev secret',
    ],
  },
  {
    name: 'Spring: dotted names and their parts name two clients in one document',
    fileName: 'application.yml',
    text: `spring.security.oauth2.client:
  registration.shop: { client-id: id-orders, client-secret: s3cr3t-orders, authorization-grant-type: client_credentials }
  provider.shop.token-uri: https://orders.dev/token
spring:
  security.oauth2.client:
    registration.shop.client-id: id-billing
    provider.shop.token-uri: https://billing.dev/token
`,
    gives: ['open - client_credentials -'],
    says: [/2 values for clientId/, /whose it is cannot be known/],
  },
];
