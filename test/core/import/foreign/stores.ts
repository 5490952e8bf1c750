import type { ForeignFile } from './foreignFile.ts';

/** What stores of secrets, command lines and other languages print and keep. */
export const stores: readonly ForeignFile[] = [
  {
    name: 'Terraform: its outputs',
    fileName: 'output.json',
    text: `{"client_id":{"sensitive":false,"type":"string","value":"id-orders"},"client_secret":{"sensitive":true,"type":"string","value":"s3cr3t-orders"},"token_url":{"sensitive":false,"type":"string","value":"https://orders.dev/token"}}
`,
    gives: ['ready id-orders client_credentials orders.dev secret'],
  },
  {
    name: 'Terraform: its state',
    fileName: 'terraform.tfstate',
    text: `{"version":4,"terraform_version":"1.5.0","serial":1,"outputs":{},"resources":[
{"mode":"managed","type":"keycloak_openid_client","name":"orders","provider":"x","instances":[{"schema_version":0,"attributes":{"access_type":"CONFIDENTIAL","client_id":"id-orders","client_secret":"s3cr3t-orders","realm_id":"master","valid_redirect_uris":["http://127.0.0.1/cb"]},"sensitive_attributes":[]}]},
{"mode":"managed","type":"auth0_client","name":"web","instances":[{"attributes":{"client_id":"id-web","client_secret":"s3cr3t-web","domain":"web.auth0.com"}}]}]}
`,
    gives: ['ready id-web client_credentials web.auth0.com secret'],
    says: [/“orders” has a client and a secret, but no server/],
  },
  {
    name: 'Vault: what kv get prints',
    fileName: 'vault.json',
    text: `{"request_id":"x","lease_id":"","data":{"data":{"client_id":"id-orders","client_secret":"s3cr3t-orders","token_url":"https://orders.dev/token"},"metadata":{"version":1}},"auth":null}
`,
    gives: ['ready id-orders client_credentials orders.dev secret'],
  },
  {
    name: 'AWS Secrets Manager: JSON as text',
    fileName: 'secret.json',
    text: `{"ARN":"arn:aws:secretsmanager:x","Name":"orders","VersionId":"v","SecretString":"{\\"client_id\\":\\"id-orders\\",\\"client_secret\\":\\"s3cr3t-orders\\",\\"token_url\\":\\"https://orders.dev/token\\"}","CreatedDate":"2024"}
`,
    gives: ['ready id-orders client_credentials orders.dev secret'],
  },
  {
    name: 'AWS Systems Manager: parameters by path',
    fileName: 'params.json',
    text: `{"Parameters":[{"Name":"/orders/client_id","Type":"String","Value":"id-orders","Version":1},{"Name":"/orders/client_secret","Type":"SecureString","Value":"s3cr3t-orders"},{"Name":"/orders/token_url","Type":"String","Value":"https://orders.dev/token"},{"Name":"/billing/client_id","Value":"id-billing"},{"Name":"/billing/token_url","Value":"https://billing.dev/token"}]}
`,
    gives: [
      'ready id-orders client_credentials orders.dev secret',
      'ready id-billing client_credentials billing.dev',
    ],
  },
  {
    name: '1Password: an item',
    fileName: 'item.json',
    text: `{"id":"x","title":"orders","category":"API_CREDENTIAL","fields":[{"id":"username","type":"STRING","label":"client id","value":"id-orders"},{"id":"credential","type":"CONCEALED","label":"client secret","value":"s3cr3t-orders"},{"id":"u","type":"URL","label":"token url","value":"https://orders.dev/token"}]}
`,
    gives: ['ready id-orders client_credentials orders.dev secret'],
  },
  {
    name: '.NET: what user-secrets list prints',
    fileName: 'secrets.txt',
    text: `Auth:Orders:ClientId = id-orders
Auth:Orders:ClientSecret = s3cr3t-orders
Auth:Orders:TokenUrl = https://orders.dev/token
ConnectionStrings:Db = LEAK
`,
    gives: ['ready id-orders client_credentials orders.dev secret'],
  },
  {
    name: 'Heroku: what config prints',
    fileName: 'heroku.txt',
    text: `=== orders Config Vars
CLIENT_ID:     id-orders
CLIENT_SECRET: s3cr3t-orders
DATABASE_URL:  postgres://u:LEAK@h/d
TOKEN_URL:     https://orders.dev/token
`,
    gives: ['ready id-orders client_credentials orders.dev secret'],
  },
  {
    name: 'Elixir: two clients of one file are not told apart, and it is said',
    fileName: 'runtime.exs',
    text: `import Config
config :ueberauth, Ueberauth.Strategy.Google.OAuth,
  client_id: System.get_env("GOOGLE_CLIENT_ID"),
  client_secret: System.get_env("GOOGLE_CLIENT_SECRET")

config :my_app, :orders,
  client_id: "id-orders",
  client_secret: "s3cr3t-orders",
  token_url: "https://orders.dev/token"

config :my_app, :billing,
  client_id: "id-billing",
  token_url: "https://billing.dev/token"
`,
    gives: [],
    says: [/two values for client_id/],
  },
  {
    name: 'Play: two providers in HOCON',
    fileName: 'application.conf',
    text: `silhouette {
  # OAuth2 token secret provider settings
  google {
    authorizationURL="https://orders.dev/auth"
    accessTokenURL="https://orders.dev/token"
    redirectURL="http://localhost:9000/authenticate/google"
    clientID="id-orders"
    clientSecret="s3cr3t-orders"
    scope="profile email"
  }
  github {
    accessTokenURL="https://billing.dev/login/oauth/access_token"
    clientID=\${?GITHUB_CLIENT_ID}
    clientSecret=\${?GITHUB_CLIENT_SECRET}
  }
}
play.http.secret.key = "LEAK"
`,
    gives: ['ready id-orders authorization_code orders.dev secret', 'open - client_credentials billing.dev'],
  },
  {
    name: 'Puppet: names with two colons',
    fileName: 'common.yaml',
    text: `---
profile::oauth::client_id: id-orders
profile::oauth::client_secret: s3cr3t-orders
profile::oauth::token_url: https://orders.dev/token
profile::other::client_id: id-billing
profile::other::token_url: https://billing.dev/token
`,
    gives: [
      'ready id-orders client_credentials orders.dev secret',
      'ready id-billing client_credentials billing.dev',
    ],
  },
  {
    name: 'Symfony: a provider’s realm',
    fileName: 'knpu_oauth2_client.yaml',
    text: `knpu_oauth2_client:
    clients:
        facebook_main:
            type: facebook
            client_id: '%env(OAUTH_FACEBOOK_ID)%'
            client_secret: '%env(OAUTH_FACEBOOK_SECRET)%'
            redirect_route: connect_facebook_check
            graph_api_version: v2.12
        keycloak:
            type: keycloak
            client_id: id-orders
            client_secret: s3cr3t-orders
            auth_server_url: https://orders.dev
            realm: shop
            redirect_route: connect_kc
`,
    gives: ['ready id-orders client_credentials orders.dev secret'],
    says: [/“facebook_main” has a client and a secret/],
  },
  {
    name: 'lines of a web page',
    fileName: 'console.txt',
    text: `Client ID: id-orders
Client Secret: s3cr3t-orders
Token endpoint: https://orders.dev/token
`,
    gives: ['ready id-orders client_credentials orders.dev secret'],
  },
  {
    name: 'Auth0: an application as its command line shows it',
    fileName: 'app.json',
    text: `{"name":"orders","client_id":"id-web","client_secret":"s3cr3t-web","app_type":"regular_web","callbacks":["http://localhost:3000/cb"],"grant_types":["authorization_code","refresh_token"],"token_endpoint_auth_method":"client_secret_post","tenant":"web"}
`,
    gives: ['open id-web authorization_code - secret'],
  },
  {
    name: 'Bitwarden: fields of two items',
    fileName: 'bw.json',
    text: `{"items":[{"name":"orders","fields":[{"name":"client_id","value":"id-orders","type":0},{"name":"client_secret","value":"s3cr3t-orders","type":1},{"name":"token_url","value":"https://orders.dev/token","type":0}]},{"name":"billing","fields":[{"name":"client_id","value":"id-billing","type":0},{"name":"token_url","value":"https://billing.dev/token","type":0}]}]}
`,
    gives: [
      'ready id-orders client_credentials orders.dev secret',
      'ready id-billing client_credentials billing.dev',
    ],
  },
  {
    name: 'TOML: inline tables in a list',
    fileName: 'config.toml',
    text: `[oauth]
providers = [
  { name = "orders", client_id = "id-orders", client_secret = "s3cr3t-orders", token_url = "https://orders.dev/token" },
  { name = "billing", client_id = "id-billing", token_url = "https://billing.dev/token" },
]
`,
    gives: [
      'ready id-orders client_credentials orders.dev secret',
      'ready id-billing client_credentials billing.dev',
    ],
  },
  {
    name: 'nginx: lua-resty-openidc',
    fileName: 'nginx.conf',
    text: `server {
  location / {
    access_by_lua '
      local opts = {
        redirect_uri = "https://my/redirect_uri",
        discovery = "https://orders.dev/.well-known/openid-configuration",
        client_id = "id-orders",
        client_secret = "s3cr3t-orders",
        scope = "openid email"
      }
    ';
  }
}
`,
    gives: ['ready id-orders authorization_code orders.dev secret'],
  },
  {
    name: 'Bruno: an environment whose secret is not in the file',
    fileName: 'dev.bru',
    text: `vars {
  token_url: https://orders.dev/token
  client_id: id-orders
}
vars:secret [
  client_secret
]
color: #2E8B57
`,
    gives: ['ready id-orders client_credentials orders.dev'],
  },
];
