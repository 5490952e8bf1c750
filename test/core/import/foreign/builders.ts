import type { ForeignFile } from './foreignFile.ts';

/** Clients that a program builds, or hands over by their order; after the documentation of the libraries. */
export const builders: readonly ForeignFile[] = [
  {
    // https://oauth2-client.thephpleague.com/usage/
    name: 'PHP league: a generic provider, whose secret goes in the body',
    fileName: 'login.php',
    text: `<?php
$provider = new \\League\\OAuth2\\Client\\Provider\\GenericProvider([
    'clientId'                => 'id-orders',    // The client ID assigned to you by the provider
    'clientSecret'            => 's3cr3t-orders',
    'redirectUri'             => 'http://localhost:8080/callback',
    'urlAuthorize'            => 'https://orders.dev/oauth2/authorize',
    'urlAccessToken'          => 'https://orders.dev/oauth2/token',
    'urlResourceOwnerDetails' => 'https://orders.dev/oauth2/resource'
]);
`,
    gives: ['ready id-orders authorization_code orders.dev secret'],
    fields: [
      {
        tokenEndpoint: 'https://orders.dev/oauth2/token',
        clientAuthentication: 'client_secret_post',
        redirectUri: 'http://localhost:8080/callback',
      },
    ],
  },
  {
    // https://docs.duendesoftware.com/identitymodel/endpoints/token/
    name: 'IdentityModel: token requests, one in HTTP Basic, and what is not a token request',
    fileName: 'Program.cs',
    text: `var response = await client.RequestClientCredentialsTokenAsync(new ClientCredentialsTokenRequest
{
    Address = "https://orders.dev/connect/token",
    ClientId = "id-orders",
    ClientSecret = "s3cr3t-orders",
    Scope = "api1"
});
var other = await client.RequestClientCredentialsTokenAsync(new ClientCredentialsTokenRequest
{
    Address = "https://billing.dev/connect/token",
    ClientCredentialStyle = ClientCredentialStyle.AuthorizationHeader,
    ClientId = "id-billing",
    ClientSecret = "s3cr3t-billing",
});
var active = await client.IntrospectTokenAsync(new TokenIntrospectionRequest
{
    Address = "https://orders.dev/connect/introspect",
    ClientId = "id-api",
    ClientSecret = "s3cr3t-api",
    Token = accessToken
});
`,
    gives: [
      'ready id-orders client_credentials orders.dev secret',
      'ready id-billing client_credentials billing.dev secret',
    ],
    fields: [
      { clientAuthentication: 'client_secret_post', scopes: ['api1'] },
      { clientAuthentication: 'client_secret_basic' },
    ],
  },
  {
    // https://github.com/ruby-oauth/oauth2#usage-examples
    name: 'Ruby: OAuth2::Client, with paths of its own and without',
    fileName: 'client.rb',
    text: `require 'oauth2'
orders = OAuth2::Client.new('id-orders', 's3cr3t-orders', site: 'https://orders.dev')
billing = OAuth2::Client.new("id-billing", "s3cr3t-billing", :site => "https://billing.dev", :token_url => "/api/token", authorize_url: '/login')
`,
    gives: [
      'ready id-orders client_credentials orders.dev secret',
      'ready id-billing authorization_code billing.dev secret',
    ],
    fields: [
      { name: 'orders', tokenEndpoint: 'https://orders.dev/oauth/token' },
      {
        tokenEndpoint: 'https://billing.dev/api/token',
        authorizationEndpoint: 'https://billing.dev/login',
      },
    ],
  },
  {
    // https://docs.spring.io/spring-security/reference/servlet/oauth2/login/core.html
    name: 'Spring: two registrations that are built',
    fileName: 'Config.java',
    text: `@Configuration
public class Config {
    private ClientRegistration orders() {
        return ClientRegistration.withRegistrationId("orders")
            .clientId("id-orders")
            .clientSecret("s3cr3t-orders")
            .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_POST)
            .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
            .redirectUri("{baseUrl}/login/oauth2/code/{registrationId}")
            .scope("openid", "profile")
            .authorizationUri("https://orders.dev/auth")
            .tokenUri("https://orders.dev/token")
            .clientName("Orders")
            .build();
    }
    private ClientRegistration billing() {
        return ClientRegistration.withRegistrationId("billing").clientId("id-billing").clientSecret(env.getProperty("x"))
            .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS).tokenUri("https://billing.dev/token").build();
    }
}
`,
    gives: [
      'ready id-orders authorization_code orders.dev secret',
      'open id-billing client_credentials billing.dev',
    ],
    fields: [
      { name: 'orders', clientAuthentication: 'client_secret_post', scopes: ['openid', 'profile'] },
      { name: 'billing' },
    ],
  },
  {
    // https://learn.microsoft.com/entra/msal/dotnet/getting-started/initializing-client-applications
    name: 'MSAL: an application that is built',
    fileName: 'Program.cs',
    text: `var app = ConfidentialClientApplicationBuilder.Create("id-orders")
    .WithClientSecret("s3cr3t-orders")
    .WithAuthority(new Uri("https://login.orders.dev/tenant"))
    .Build();
`,
    gives: ['ready id-orders client_credentials login.orders.dev secret'],
  },
  {
    name: 'Python: constants with types, pasted',
    text: `CLIENT_ID: str = "id-orders"
CLIENT_SECRET: Final[str] = "s3cr3t-orders"
TOKEN_URL: str = "https://orders.dev/token"
`,
    gives: ['ready id-orders client_credentials orders.dev secret'],
  },
  {
    name: 'Python: a client in a pair whose secret is not written',
    fileName: 'get.py',
    text: `import requests
r = requests.post("https://orders.dev/token", data={"grant_type": "client_credentials"}, auth=("id-orders", secret))
`,
    gives: ['open id-orders client_credentials orders.dev'],
    says: [/client secret holds the placeholder \$\{secret\}/],
  },
  {
    name: 'Flask: a profile is not called after what holds the settings',
    fileName: 'app.py',
    text: `app.config["CLIENT_ID"] = "id-orders"
app.config["CLIENT_SECRET"] = "s3cr3t-orders"
app.config["TOKEN_URL"] = "https://orders.dev/token"
`,
    gives: ['ready id-orders client_credentials orders.dev secret'],
    fields: [{ name: 'orders.dev' }],
  },
  {
    // hoppscotch-data, HoppRESTAuthOAuth2 of version 1
    name: 'Hoppscotch: version 1 names the discovery document',
    text: JSON.stringify([
      {
        ...{ v: 1, name: 'C', folders: [] },
        requests: [
          {
            ...{ v: '1', name: 'R', endpoint: 'https://x', method: 'GET', headers: [], params: [] },
            auth: {
              ...{ authType: 'oauth-2', authActive: true, token: 'LEAK', authURL: '', accessTokenURL: '' },
              ...{
                oidcDiscoveryURL: 'https://orders.dev/.well-known/openid-configuration',
                clientID: 'id-orders',
                scope: 'openid',
              },
            },
          },
        ],
      },
    ]),
    gives: ['ready id-orders authorization_code orders.dev'],
    fields: [{ issuer: 'https://orders.dev' }],
  },
  {
    // https://developers.google.com/identity/protocols/oauth2/native-app: of iOS, Android and Universal Windows
    name: 'Google: an installed application without a secret',
    fileName: 'client_secret.json',
    text: JSON.stringify({
      installed: {
        client_id: 'id-orders',
        project_id: 'orders',
        auth_uri: 'https://accounts.orders.dev/auth',
        token_uri: 'https://orders.dev/token',
      },
    }),
    gives: ['ready id-orders authorization_code orders.dev'],
    fields: [{ clientAuthentication: 'none' }],
  },
  ...Object.entries({
    'Config.java': `String clientId = "id-orders";
String clientSecret = env.getProperty("of-nobody.secret");
String tokenUrl = "https://orders.dev/token";
`,
    'config.py': `client_id = "id-orders"
client_secret = config.get("of-nobody.secret")
token_url = "https://orders.dev/token"
`,
    'Program.cs':
      'var o = new Options { ClientId = "id-orders", ClientSecret = Configuration.GetValue<string>("of-nobody:Secret"), TokenUrl = "https://orders.dev/token" };\n',
    'Startup.cs':
      'var o = new Options { ClientId = "id-orders", ClientSecret = Configuration["of-nobody:Secret"], TokenUrl = "https://orders.dev/token" };\n',
    'config.js':
      "const o = { clientId: 'id-orders', clientSecret: readSecret('of-nobody'), tokenUrl: 'https://orders.dev/token' };\n",
    'config.rb':
      "x = { client_id: 'id-orders', client_secret: Rails.application.credentials.dig(:'of-nobody', :secret), token_url: 'https://orders.dev/token' }\n",
    'config.php':
      "<?php return ['client_id' => 'id-orders', 'client_secret' => config('of-nobody.secret'), 'token_url' => 'https://orders.dev/token'];\n",
    'config.go':
      'var c = Config{ClientID: "id-orders", ClientSecret: viper.GetString("of-nobody.secret"), TokenURL: "https://orders.dev/token"}\n',
  }).map(([fileName, text]) => ({
    ...{ name: `a secret that is looked up by a name: ${fileName}`, fileName },
    text,
    gives: ['open id-orders client_credentials orders.dev'],
    says: [/client secret holds the placeholder \$\{of-nobody/],
  })),
];
