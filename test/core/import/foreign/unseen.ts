import type { ForeignFile } from './foreignFile.ts';

const text = (value: unknown) => JSON.stringify(value, undefined, 2);

/** Files of ways to write a client that were met later. */
export const unseen: readonly ForeignFile[] = [
  {
    name: 'Postman: an environment as its API gives it',
    text: text({
      environment: {
        id: 'e',
        name: 'Staging',
        values: [
          { key: 'clientId', value: 'id-staging', enabled: true, type: 'default' },
          { key: 'clientSecret', value: 's3cr3t-staging', enabled: true, type: 'secret' },
          { key: 'tokenUrl', value: 'https://staging.dev/t', enabled: true },
        ],
      },
    }),
    gives: ['ready id-staging client_credentials staging.dev secret'],
  },
  {
    name: 'Postman: a client that proves itself with a JWT has no use for the secret beside it',
    text: text({
      info: { name: 'A', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
      auth: {
        type: 'oauth2',
        oauth2: [
          { key: 'grant_type', value: 'client_credentials' },
          { key: 'client_authentication', value: 'jwt' },
          { key: 'accessTokenUrl', value: 'https://jwt.dev/token' },
          { key: 'clientId', value: 'id-jwt' },
          { key: 'clientSecret', value: 's3cr3t-jwt' },
          { key: 'tokenType', value: 'bearer' },
        ],
      },
      item: [],
    }),
    gives: ['ready id-jwt client_credentials jwt.dev'],
    says: [/secret was left out: the client proves itself with a key/, /^(?![^]*tokenType)/],
  },
  {
    name: 'Hoppscotch: variables of the request, and a token that is sent in the address',
    text: text({
      v: 12,
      name: 'C',
      folders: [],
      auth: { authType: 'none', authActive: true },
      variables: [{ key: 'host', initialValue: 'https://outer.dev', currentValue: '', secret: false }],
      requests: [
        {
          v: '17',
          name: 'R',
          requestVariables: [{ key: 'host', value: 'https://inner.dev', active: true }],
          auth: {
            authType: 'oauth-2',
            authActive: true,
            addTo: 'QUERY_PARAMS',
            grantTypeInfo: {
              grantType: 'CLIENT_CREDENTIALS',
              authEndpoint: '<<host>>/token',
              clientID: 'id-inner',
              clientSecret: 's3cr3t-inner',
              clientAuthentication: 'AS_BASIC_AUTH_HEADERS',
            },
          },
        },
      ],
    }),
    gives: ['ready id-inner client_credentials inner.dev secret'],
    says: [/token is sent in the address there/, /^(?![^]*addTo)/],
  },
  {
    name: 'Supervisor: the variables of a program in one line, and over several',
    fileName: 'supervisord.conf',
    text: `[supervisord]
nodaemon=true

[program:orders]
command=/app/run
environment=CLIENT_ID="id-orders",CLIENT_SECRET="s3cr3t-orders",TOKEN_URL="https://orders.dev/t"

[program:billing]
command=/app/run --client=a,b
environment=
    CLIENT_ID=id-billing,
    CLIENT_SECRET='s3cr3t-billing',
    TOKEN_URL=https://billing.dev/t
`,
    gives: [
      'ready id-orders client_credentials orders.dev secret',
      'ready id-billing client_credentials billing.dev secret',
    ],
  },
  {
    name: 'Kulala: a key in parts is named when it is left out',
    fileName: 'http-client.env.json',
    text: text({
      dev: {
        Security: {
          Auth: {
            signed: {
              Type: 'OAuth2',
              'Grant Type': 'Client Credentials',
              'Client Credentials': 'jwt',
              'Token URL': 'https://jwt.dev/token',
              'Client ID': 'id-jwt',
              JWT: { header: { alg: 'RS256' }, secret: 'LEAK' },
            },
          },
        },
      },
    }),
    gives: ['ready id-jwt client_credentials jwt.dev'],
    says: [/Not taken over: “JWT”/],
  },
  {
    name: 'REST Client: what all environments share, by its name',
    fileName: 'settings.json',
    text: text({
      'rest-client.environmentVariables': {
        $shared: { host: 'https://shared.dev', token_url: 'https://other.dev/t' },
        prod: {
          client_id: 'id-shared',
          token_url: '{{$shared host}}/t',
          client_secret: '{{$dotenv SECRET}}',
        },
      },
    }),
    gives: ['open id-shared client_credentials shared.dev'],
    says: [/placeholder \{\{\$dotenv SECRET\}\}/],
  },
  {
    name: 'HTTPie: a token request of its desktop program',
    text: text({
      meta: {
        format: 'httpie',
        version: '1.0.0',
        contentType: 'collection',
        source: 'HTTPie Desktop 2025.2.0',
      },
      entry: {
        name: 'Shop',
        auth: { type: 'none' },
        requests: [
          {
            name: 'List',
            url: 'https://shop.dev/list',
            method: 'GET',
            auth: { type: 'inherited' },
            body: { type: 'none' },
          },
          {
            name: 'Token',
            url: 'https://orders.dev/token',
            method: 'POST',
            headers: [],
            auth: { type: 'basic', credentials: { username: 'id-orders', password: 's3cr3t-orders' } },
            body: {
              type: 'form',
              form: {
                isMultipart: false,
                fields: [{ name: 'grant_type', value: 'client_credentials', enabled: true }],
              },
            },
          },
        ],
      },
    }),
    gives: ['ready id-orders client_credentials orders.dev secret'],
  },
  {
    name: 'GitHub App: the number of the application is not the client’s id',
    fileName: '.env',
    text: `GITHUB_APP_ID=123456
GITHUB_CLIENT_ID=id-github
GITHUB_CLIENT_SECRET=s3cr3t-github
GITHUB_WEBHOOK_SECRET=LEAK
`,
    gives: ['ready id-github authorization_code github.com secret'],
  },
  {
    name: 'an application with a secret of its own beside a client',
    fileName: '.env',
    text: `WECHAT_APP_ID=id-app
WECHAT_APP_SECRET=s3cr3t-app
WECHAT_CLIENT_ID=id-other
WECHAT_TOKEN_URL=https://app.dev/t
`,
    gives: [],
    says: [/two values for WECHAT_CLIENT_ID/],
  },
  {
    name: 'Zitadel: the key of an application',
    fileName: 'key.json',
    text: text({
      type: 'application',
      keyId: '81',
      key: '-----BEGIN RSA PRIVATE KEY-----\nLEAK\n-----END RSA PRIVATE KEY-----',
      appId: '78',
      clientId: 'id-zitadel',
    }),
    gives: ['open id-zitadel client_credentials -'],
    says: [/issuer or tokenEndpoint is missing/],
  },
  {
    name: 'Authelia: a secret that is kept as a hash',
    fileName: 'configuration.yml',
    text: `identity_providers:
  oidc:
    clients:
      - client_id: 'id-grafana'
        client_secret: '$pbkdf2-sha512$310000$LEAK$LEAK'
        public: false
        scopes: [openid]
`,
    gives: ['open id-grafana authorization_code -'],
    says: [/Only a hash of the client secret/],
  },
  {
    name: 'Auth.js: a provider of one’s own in a program',
    fileName: 'auth.ts',
    text: `export const { auth } = NextAuth({
  providers: [
    {
      id: 'own',
      type: 'oauth',
      authorization: { url: 'https://own.dev/a', params: { scope: 'x y' } },
      token: 'https://own.dev/t',
      clientId: 'id-own',
      clientSecret: 's3cr3t-own',
    },
    {
      id: 'other',
      type: 'oauth',
      authorization: 'https://other.dev/a',
      token: { url: 'https://other.dev/t' },
      clientId: 'id-other',
      clientSecret: 's3cr3t-other',
    },
  ],
})
`,
    gives: [
      'ready id-own authorization_code own.dev secret',
      'ready id-other authorization_code other.dev secret',
    ],
  },
  {
    name: 'Streamlit: Google’s clients are for users',
    fileName: 'secrets.toml',
    text: `[auth]
redirect_uri = "http://localhost:8501/oauth2callback"
cookie_secret = "LEAK"

[auth.google]
client_id = "id-accounts"
client_secret = "s3cr3t-accounts"
server_metadata_url = "https://accounts.google.com/.well-known/openid-configuration"
`,
    gives: ['ready id-accounts authorization_code accounts.google.com secret'],
  },
];
