import type { ForeignFile } from './foreignFile.ts';

/** Clients that stand as texts in programs, and files of which only what they are can be said. */
export const programs: readonly ForeignFile[] = [
  {
    name: 'OmniAuth: positional id and secret, options over several lines, one commented out',
    fileName: 'omniauth.rb',
    text: `Rails.application.config.middleware.use OmniAuth::Builder do
  provider :github, 'id-github', 's3cr3t-github', scope: 'user:email'
  # provider :google_oauth2, 'LEAK', 'LEAK'
  provider :openid_connect, {
    name: :orders,
    scope: [:openid, :email],
    issuer: 'https://orders.example',
    client_options: { host: 'orders.example', identifier: 'id-orders', secret: 's3cr3t-orders' },
  }
  provider :openid_connect,
           name: :billing,
           scope: %i[openid email],
           issuer: 'https://billing.example',
           client_options: {
             identifier: ENV['BILLING_ID'],
             secret: ENV.fetch('BILLING_SECRET')
           }
end
`,
    gives: [
      'ready id-github authorization_code github.com secret',
      'ready id-orders authorization_code orders.example secret',
      'open - authorization_code billing.example',
    ],
    says: [/taken to be the public one/, /\$\{BILLING_SECRET\}/],
  },
  {
    name: 'Go: three configurations, of which one takes its secret from the environment',
    fileName: 'main.go',
    text: `package main
// ClientSecret: "LEAK"
var web = &oauth2.Config{
	ClientID:     "id-web",
	ClientSecret: "s3cr3t-web",
	Scopes:       []string{"openid", "profile"},
	RedirectURL:  "http://localhost:8080/callback",
	Endpoint: oauth2.Endpoint{
		AuthURL:   "https://web.example/authorize",
		TokenURL:  "https://web.example/token",
		AuthStyle: oauth2.AuthStyleInParams,
	},
}
var other = &oauth2.Config{ClientID: "id-other", ClientSecret: os.Getenv("OTHER_SECRET"), Endpoint: other.Endpoint}
var orders = clientcredentials.Config{
	ClientID: "id-orders", ClientSecret: "s3cr3t-orders", TokenURL: "https://orders.example/token",
}
`,
    gives: [
      'ready id-web authorization_code web.example secret',
      'open id-other client_credentials -',
      'ready id-orders client_credentials orders.example secret',
    ],
  },
  {
    name: 'JavaScript: two strategies; what is computed is not taken for a text',
    fileName: 'auth.ts',
    text: `const CLIENT_ID = 'id-web';
passport.use(new OAuth2Strategy({
    authorizationURL: 'https://web.example/authorize',
    tokenURL: 'https://web.example/token',
    clientID: CLIENT_ID,
    clientSecret: process.env.WEB_SECRET, /* 'LEAK' */
  }, (a, b) => {}));
export const manager = new UserManager({
  authority: 'https://orders.example',
  client_id: isDev ? 'id-orders' : 'id-billing',
  redirect_uri: origin + '/callback',
  scope: 'openid',
});
interface Settings { clientId: string; clientSecret: string; tokenUrl: string }
`,
    gives: ['open id-web authorization_code web.example', 'open - authorization_code orders.example'],
    says: [/\$\{WEB_SECRET\}/, /clientId holds the placeholder \$\{expression\}/],
  },
  {
    name: 'Terraform: providers by name, each with its own way to say where its server is',
    fileName: 'main.tf',
    text: `provider "azuread" {
  tenant_id     = "11111111-2222-3333-4444-555555555555"
  client_id     = "id-microsoft"
  client_secret = "s3cr3t-microsoft" # client_secret = "LEAK"
}
provider "auth0" {
  domain        = "auth0.example"
  client_id     = "id-auth0"
  client_secret = var.secret
}
`,
    gives: [
      'ready id-microsoft client_credentials login.microsoftonline.com secret',
      'open id-auth0 client_credentials auth0.example',
    ],
  },
  {
    name: 'Python: a client of GitHub Enterprise is not sent to the public server',
    // Cut off before its last line it is a client of the public one: so it is called.
    fileName: 'settings.py',
    text: `SOCIAL_AUTH_GITHUB_ENTERPRISE_KEY = 'id-orders'
GITHUB_CLIENT_ID = 'id-github'
GITHUB_CLIENT_SECRET = 's3cr3t-github'
GITHUB_URL = 'https://billing.example'
`,
    gives: ['open id-orders client_credentials -', 'open id-github client_credentials - secret'],
  },
  {
    name: 'a program without any client',
    fileName: 'index.js',
    text: "import x from 'y';\nexport function f(clientId) { return x(clientId); }\n",
    gives: [],
    says: [/No client was found in this program/],
  },
  {
    name: 'a program that is cut off, with quotes and brackets left open',
    fileName: 'a.js',
    text: `const a = { clientId: 'id-orders', clientSecret: 's3cr3t-orders', tokenUrl: 'https://orders.example/token', x: [\` (`,
    gives: ['ready id-orders client_credentials orders.example secret'],
  },
  {
    name: 'XML',
    fileName: 'web.config',
    text: '<?xml version="1.0"?><configuration><add key="ida:ClientSecret" value="LEAK"/></configuration>',
    gives: [],
    says: [/XML is not read/],
  },
  {
    name: 'Postman: a collection of version 1',
    text: JSON.stringify({
      name: 'Old',
      order: ['1'],
      requests: [{ id: '1', helperAttributes: { clientSecret: 'LEAK' } }],
    }),
    gives: [],
    says: [/export it as v2\.1/],
  },
  {
    name: 'Google: workload identity',
    text: JSON.stringify({
      type: 'external_account',
      audience: '//iam',
      token_url: 'https://sts.google.example/token',
    }),
    gives: [],
    says: [/workload identity/],
  },
  {
    name: 'Flask: members of its configuration, and variables',
    fileName: 'a.py',
    text: `app.config["GOOGLE_CLIENT_ID"] = "id-google"
app.config["GOOGLE_CLIENT_SECRET"] = "s3cr3t-google"
os.environ["ORDERS_CLIENT_ID"] = "id-orders"
os.environ["ORDERS_CLIENT_SECRET"] = "s3cr3t-orders"
os.environ["ORDERS_TOKEN_URL"] = "https://orders.dev/token"
`,
    gives: [
      'ready id-orders client_credentials orders.dev secret',
      'ready id-google authorization_code accounts.google.com secret',
    ],
  },
  {
    name: 'Python: members of two variables are not those of one client',
    fileName: 'two.py',
    text: `orders["client_id"] = "id-orders"
orders["client_secret"] = "s3cr3t-orders"
billing["token_url"] = "https://billing.dev/token"
`,
    gives: ['open id-orders client_credentials - secret'],
  },
  {
    name: 'PHP: members of two arrays, one of which is given as a whole first',
    fileName: 'two.php',
    text: `<?php
$orders = ['client_id' => 'id-orders', 'token_url' => 'https://orders.dev/token'];
$orders['client_secret'] = 's3cr3t-orders';
$billing['client_id'] = 'id-billing';
$billing['token_url'] = 'https://billing.dev/token';
`,
    gives: [
      'ready id-orders client_credentials orders.dev secret',
      'ready id-billing client_credentials billing.dev',
    ],
  },
  {
    name: 'Python: a body that is changed between two calls',
    fileName: 'changed.py',
    text: `data = {"grant_type": "client_credentials", "client_id": "id-orders", "client_secret": "s3cr3t-orders"}
requests.post("https://orders.dev/token", data=data)
data["client_id"] = "id-billing"
requests.post("https://billing.dev/token", data=data)
`,
    gives: ['open - client_credentials orders.dev', 'open - client_credentials billing.dev'],
    says: [/2 values for clientId/],
  },
  {
    name: 'PHP: members of an array',
    fileName: 'b.php',
    text: `<?php
$config['client_id'] = 'id-orders';
$config['client_secret'] = 's3cr3t-orders';
$config['token_url'] = 'https://orders.dev/token';
$_ENV['BILLING_CLIENT_ID'] = 'id-billing';
`,
    gives: ['ready id-orders client_credentials orders.dev secret'],
  },
  {
    name: 'JavaScript: variables of the process, and stubs',
    fileName: 'c.js',
    text: `process.env.ORDERS_CLIENT_ID = 'id-orders';
process.env['ORDERS_CLIENT_SECRET'] = 's3cr3t-orders';
process.env.ORDERS_TOKEN_URL = 'https://orders.dev/token';
vi.stubEnv('BILLING_CLIENT_ID', 'id-billing');
vi.stubEnv('BILLING_CLIENT_SECRET', 's3cr3t-billing');
vi.stubEnv('BILLING_TOKEN_URL', 'https://billing.dev/token');
`,
    gives: [
      'ready id-orders client_credentials orders.dev secret',
      'ready id-billing client_credentials billing.dev secret',
    ],
  },
  {
    name: 'Go: variables of a test',
    fileName: 'd.go',
    text: `func TestX(t *testing.T) {
  t.Setenv("ORDERS_CLIENT_ID", "id-orders")
  t.Setenv("ORDERS_CLIENT_SECRET", "s3cr3t-orders")
  t.Setenv("ORDERS_ISSUER", "https://orders.dev")
}
`,
    gives: ['ready id-orders client_credentials orders.dev secret'],
  },
  {
    name: 'Ruby: variables of the process',
    fileName: 'e.rb',
    text: `ENV['ORDERS_CLIENT_ID'] = 'id-orders'
ENV['ORDERS_CLIENT_SECRET'] = 's3cr3t-orders'
ENV['ORDERS_ISSUER'] = 'https://orders.dev'
`,
    gives: ['ready id-orders client_credentials orders.dev secret'],
  },
  {
    name: 'Auth.js’ older names, without its own variables',
    fileName: '.env',
    text: `GITHUB_ID=id-github
GITHUB_SECRET=s3cr3t-github
DISCORD_ID=id-discord
DISCORD_SECRET=s3cr3t-discord
`,
    gives: [
      'ready id-github authorization_code github.com secret',
      'ready id-discord authorization_code discord.com secret',
    ],
  },
  {
    name: 'Python: two tests that set the same variables',
    fileName: 'f.py',
    text: `def a():
    os.environ["ORDERS_CLIENT_ID"] = "id-orders"
    os.environ["ORDERS_CLIENT_SECRET"] = "s3cr3t-orders"
    os.environ["ORDERS_TOKEN_URL"] = "https://orders.dev/token"
def b():
    os.environ["ORDERS_CLIENT_ID"] = "id-billing"
    os.environ["ORDERS_TOKEN_URL"] = "https://billing.dev/token"
`,
    gives: ['open - client_credentials -'],
    says: [/whose it is cannot be known/],
  },
  {
    name: 'C#: settings of a test in memory',
    fileName: 'g.cs',
    text: `builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> {
  ["Orders:ClientId"] = "id-orders",
  ["Orders:ClientSecret"] = "s3cr3t-orders",
  ["Orders:Authority"] = "https://orders.dev",
  ["Billing:ClientId"] = "id-billing",
  ["Billing:Authority"] = "https://billing.dev",
});
`,
    gives: [
      'ready id-orders client_credentials orders.dev secret',
      'ready id-billing client_credentials billing.dev',
    ],
  },
];
