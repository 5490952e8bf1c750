import type { ForeignFile } from './foreignFile.ts';

/** Files of libraries that sign users in, as public repositories and the libraries' own pages have them. */
export const signIns: readonly ForeignFile[] = [
  {
    // @see https://docs.streamlit.io/develop/concepts/connections/authentication
    name: 'Streamlit: one redirect URI for the clients of two providers',
    fileName: 'secrets.toml',
    text: `[auth]
redirect_uri = "http://localhost:8501/oauth2callback"
cookie_secret = "LEAK"

[auth.auth0]
client_id = "id-auth0"
client_secret = "s3cr3t-auth0"
server_metadata_url = "https://auth0.dev/.well-known/openid-configuration"
client_kwargs = { "prompt" = "login" }

[auth.microsoft]
client_id = "id-login"
client_secret = "s3cr3t-login"
server_metadata_url = "https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0/.well-known/openid-configuration"
`,
    gives: [
      'ready id-auth0 authorization_code auth0.dev secret',
      'ready id-login authorization_code login.microsoftonline.com secret',
    ],
    says: [/Not taken over: “client_kwargs”/],
  },
  {
    name: 'Streamlit: one client beside other keys',
    fileName: 'secrets.toml',
    text: `GROQ_API_KEY = "LEAK"

[auth]
redirect_uri = "https://orders.streamlit.app/oauth2callback"
cookie_secret = "LEAK"
client_id = "id-orders"
client_secret = "s3cr3t-orders"
server_metadata_url = "https://orders.dev/.well-known/openid-configuration"
`,
    gives: ['ready id-orders authorization_code orders.dev secret'],
    says: [/orders\.streamlit\.app\/oauth2callback belongs to another application/],
  },
  {
    name: 'Auth.js: providers as calls and as objects',
    fileName: 'auth.ts',
    text: `import NextAuth from "next-auth";
import KeycloakProvider from "next-auth/providers/keycloak";

export const authOptions = {
  providers: [
    KeycloakProvider({
      clientId: 'id-orders',
      clientSecret: 's3cr3t-orders',
      issuer: 'https://orders.dev/realms/notes',
      authorization: { params: { scope: 'openid', response_type: 'code' } },
    }),
    Auth0({ clientId: "id-billing", clientSecret: "s3cr3t-billing", issuer: "https://billing.dev" }),
    { id: "web", name: "Web", type: "oidc", issuer: "https://web.dev", clientId: "id-web", clientSecret: "s3cr3t-web" },
  ],
  callbacks: { async session({ session, token }) { session.user.name = token.name; return session; } },
};
`,
    gives: [
      'ready id-orders authorization_code orders.dev secret',
      'ready id-billing authorization_code billing.dev secret',
      'ready id-web authorization_code web.dev secret',
    ],
  },
  {
    name: 'Auth.js: a program, pasted, that takes its client from the environment',
    text: `export const { GET, POST } = NextAuth({
  // @ts-expect-error - trustHost is valid in NextAuth v4.21+ but not in TypeScript types yet
  trustHost: true,
  providers: [
    KeycloakProvider({
      issuer: process.env.KEYCLOAK_ISSUER || "https://orders.dev/realms/orders",
      clientId: process.env.KEYCLOAK_CLIENT_ID || "id-orders",
      clientSecret: process.env.KEYCLOAK_CLIENT_SECRET || "",
    }),
  ],
});
`,
    gives: ['open - authorization_code -'],
    says: [/client secret holds the placeholder \$\{KEYCLOAK_CLIENT_SECRET\}/],
  },
  {
    name: 'NextAuth: Keycloak by its address and its realm',
    fileName: '.env',
    text: `KEYCLOAK_URL=https://orders.dev
KEYCLOAK_REALM=applications          # or "infrastructure" for infra portals
KEYCLOAK_CLIENT_ID=id-orders
KEYCLOAK_CLIENT_SECRET=s3cr3t-orders   # omit for public clients
NEXTAUTH_SECRET=LEAK
NEXTAUTH_URL=http://localhost:3000
`,
    gives: ['ready id-orders authorization_code orders.dev secret'],
  },
  {
    name: 'NextAuth: a provider’s three variables alone',
    fileName: '.env',
    text: 'KEYCLOAK_ID=id-orders\nKEYCLOAK_SECRET=s3cr3t-orders\nKEYCLOAK_ISSUER=https://orders.dev/realms/My_Realm\n',
    gives: ['ready id-orders authorization_code orders.dev secret'],
  },
  {
    // @see https://docs.authlib.org/en/latest/client/frameworks.html
    name: 'Authlib: three clients, of which one is known by its discovery document only',
    text: `oauth = OAuth()
oauth.register(
    name='google',
    client_id = os.getenv("GAUTH_CLIENT_ID"),
    client_secret = os.getenv("GAUTH_CLIENT_SECRET"),
    server_metadata_url = "https://accounts.google.com/.well-known/openid-configuration",
    client_kwargs = {"scope": "openid email profile"}
)
oauth.register(
    name='orders',
    client_id='id-orders',
    client_secret='s3cr3t-orders',
    access_token_url='https://orders.dev/token',
    access_token_params=None,
    authorize_url='https://orders.dev/authorize',
    authorize_params={'prompt': 'consent'},
    api_base_url='https://api.orders.dev/',
    client_kwargs={'scope': 'user:email', 'token_endpoint_auth_method': 'client_secret_post'},
)
oauth.register(
    name='web',
    client_id='id-web',
    client_secret='s3cr3t-web',
    server_metadata_url='https://web.dev/.well-known/openid-configuration',
)
`,
    gives: [
      'open - authorization_code accounts.google.com',
      'ready id-orders authorization_code orders.dev secret',
      'ready id-web authorization_code web.dev secret',
    ],
  },
  {
    // @see https://www.keycloak.org/securing-apps/authz-client
    name: 'Keycloak adapter: a key in a key store',
    fileName: 'keycloak.json',
    text: `{ "realm": "demo", "auth-server-url": "https://orders.dev/", "ssl-required": "external", "resource": "id-orders",
"confidential-port": 0, "use-resource-role-mappings": true, "policy-enforcer": {},
"credentials": { "jwt": {
    "client-keystore-file": "classpath:keystore-client.jks",
    "client-keystore-type": "JKS",
    "client-keystore-password": "LEAK",
    "client-key-password": "LEAK",
    "client-key-alias": "clientkey",
    "token-expiration": 10 } } }`,
    gives: ['ready id-orders client_credentials orders.dev'],
    says: [
      /Not taken over: “credentials\.jwt”, “confidential-port”, “use-resource-role-mappings”, “policy-enforcer”/,
    ],
  },
  {
    name: 'Keycloak adapter: a JWT that the secret signs',
    fileName: 'keycloak.json',
    text: `{ "realm": "demo", "auth-server-url": "https://orders.dev/", "resource": "id-orders",
"credentials": { "secret-jwt": { "secret": "s3cr3t-orders", "algorithm": "HS512" } } }`,
    gives: ['ready id-orders client_credentials orders.dev secret'],
    says: [/Not taken over: “credentials\.secret-jwt\.algorithm”/],
  },
  {
    name: 'a pasted program of Ruby: what stands in one pair of brackets is no one’s in the next',
    text: `config.providers = [
  {
    name: "a",
    args: {
      issuer: "https://orders.dev",
      client_options: {
        identifier: "id-orders",
        secret: "s3cr3t-orders",
      }
    }
  },
  {
    client_id: "id-billing",
    discovery: true,
  }
]
`,
    gives: ['open id-billing client_credentials -'],
  },
  {
    name: 'a program in a file of variables: what it chooses of two, and takes from elsewhere, is no value',
    fileName: '.env',
    text: `const CLIENT_SECRET = process.env.SECRET, /* LEAK */
const CLIENT_ID = isDev ? 'LEAK' : 'id-orders',
const TOKEN_URL = 'https://orders.dev/token'
`,
    gives: ['open - client_credentials orders.dev'],
    says: [/holds the placeholder process\.env\.SECRET/, /\$\{expression\}/],
  },
  {
    // @see RFC 6749 section 3.2
    name: 'a token request that names a parameter twice',
    text: 'curl https://orders.dev/token -d grant_type=client_credentials -d client_id=id-orders -d client_id=id-billing -d client_secret=s3cr3t-billing',
    gives: ['open - client_credentials orders.dev'],
    says: [/There are 2 values for clientId/, /whose it is cannot be known/],
  },
  {
    // @see RFC 8707 section 2
    name: 'a token request for two resources, its client twice in the address',
    text: "curl -X POST 'https://orders.dev/token?grant_type=client_credentials&client_id=id-orders&resource=https://a.dev&resource=https://b.dev'",
    gives: ['ready id-orders client_credentials orders.dev'],
    says: [/There the parameters are in the URL/],
  },
  {
    // @see hoppscotch-backend, TeamEnvironment: the variables are text
    name: 'Hoppscotch: a team’s environments as its server gives them',
    fileName: 'environments.json',
    text: JSON.stringify({
      data: {
        team: {
          teamEnvironments: [
            {
              id: 'e1',
              teamID: 't1',
              name: 'Staging',
              variables: JSON.stringify([
                { key: 'clientId', value: 'id-orders' },
                { key: 'clientSecret', value: 's3cr3t-orders', secret: true },
                { key: 'tokenUrl', value: 'https://orders.dev/token' },
              ]),
            },
            {
              id: 'e2',
              teamID: 't1',
              name: 'Production',
              variables: JSON.stringify([
                { key: 'clientId', value: 'id-billing' },
                { key: 'tokenUrl', value: 'https://billing.dev/token' },
              ]),
            },
          ],
        },
      },
    }),
    gives: [
      'ready id-orders client_credentials orders.dev secret',
      'ready id-billing client_credentials billing.dev',
    ],
  },
  {
    name: 'Hoppscotch: one environment of a team',
    fileName: 'staging.json',
    text: JSON.stringify({
      id: 'e1',
      teamID: 't1',
      environment: {
        v: 2,
        id: 'x',
        name: 'Staging',
        variables: [
          { key: 'clientId', initialValue: 'id-orders', currentValue: '', secret: false },
          { key: 'clientSecret', initialValue: 's3cr3t-orders', currentValue: '', secret: true },
          { key: 'tokenUrl', initialValue: 'https://orders.dev/token', currentValue: '', secret: false },
        ],
      },
    }),
    gives: ['ready id-orders client_credentials orders.dev secret'],
  },
  {
    name: 'Bruno: requests pasted one below the other, each a file of its own',
    text: `meta {
  name: List
  type: http
}
get {
  url: https://api.billing.dev
  auth: inherit
}
meta {
  name: Token
}
post {
  url: https://orders.dev/token
  body: json
}
body:json {
  { "client_id": "id-orders", "client_secret": "s3cr3t-orders", "grant_type": "client_credentials" }
}
`,
    gives: ['ready id-orders client_credentials orders.dev secret'],
  },
  {
    name: 'Docker Compose: variables in other files only',
    fileName: 'compose.yaml',
    text: 'services:\n  app:\n    image: x\n    env_file:\n      - path: ./default.env\n        required: true\n',
    gives: [],
    says: [/its services take their variables from other files/],
  },
  {
    name: 'Paw: a collection',
    fileName: 'Orders.paw',
    text: 'bplist00\0\u0001\0',
    gives: [],
    says: [/^A collection of Paw is not read: export it there/],
  },
  {
    name: 'JSON as text in which a name has two values: neither is taken, and it is said',
    fileName: 'secret.json',
    text: JSON.stringify({
      Name: 'orders',
      SecretString:
        '{"client_id":"id-orders","client_secret":"LEAK","client_secret":"LEAK2","token_url":"https://orders.dev/token"}',
    }),
    gives: ['ready id-orders client_credentials orders.dev'],
    says: [/two values for client_secret/],
  },
  {
    name: 'clients of OpenID Connect, one a machine’s and one of a service account',
    fileName: '.env',
    text: `OIDC_ISSUER=https://web.dev
OIDC_CLIENT_ID=id-web
OIDC_CLIENT_SECRET=s3cr3t-web
OIDC_M2M_ISSUER=https://orders.dev
OIDC_M2M_CLIENT_ID=id-orders
OIDC_M2M_CLIENT_SECRET=s3cr3t-orders
SERVICE_ACCOUNT_OIDC_ISSUER=https://billing.dev
SERVICE_ACCOUNT_OIDC_CLIENT_ID=id-billing
SERVICE_ACCOUNT_OIDC_CLIENT_SECRET=s3cr3t-billing
`,
    gives: [
      'ready id-web authorization_code web.dev secret',
      'ready id-orders client_credentials orders.dev secret',
      'ready id-billing client_credentials billing.dev secret',
    ],
  },
  {
    name: 'Azure AD B2C: a policy is for users, also without a page to come back to',
    fileName: 'appsettings.json',
    text: JSON.stringify({
      AzureAdB2C: {
        Instance: 'https://login.b2clogin.com',
        Domain: 'login.onmicrosoft.com',
        ClientId: 'id-login',
        ClientSecret: 's3cr3t-login',
        SignUpSignInPolicyId: 'B2C_1_susi',
      },
    }),
    gives: ['ready id-login authorization_code login.b2clogin.com secret'],
  },
];
