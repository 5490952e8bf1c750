import { base64, type ForeignFile } from './foreignFile.ts';

const pool = 'eu-west-1_AbCdEf';
const poolHost = 'cognito-idp.eu-west-1.amazonaws.com';

/** Products that write a client in words of their own, and requests that were recorded or written by hand. */
export const products: readonly ForeignFile[] = [
  {
    name: 'ASP.NET: Auth0, Okta and Keycloak beside Entra are no clients of Microsoft’s',
    fileName: 'appsettings.json',
    text: JSON.stringify({
      AzureAd: { TenantId: '11111111-2222-3333-4444-555555555555', ClientId: 'entra', CallbackPath: '/x' },
      Auth0: { Domain: 'shop.eu.auth0.com', ClientId: 'id-shop', ClientSecret: 's3cr3t-shop' },
      Okta: { OktaDomain: 'https://orders.okta.com', ClientId: 'id-orders', ClientSecret: 's3cr3t-orders' },
      Keycloak: {
        realm: 'r',
        'auth-server-url': 'https://billing.example/',
        resource: 'id-billing',
        credentials: { secret: 's3cr3t-billing' },
      },
      Sso: { Domain: 'login.mail.example', ClientId: 'id-mail', ClientSecret: 's3cr3t-mail' },
      AWS: { UserPoolId: pool, UserPoolClientId: 'id-cognito', UserPoolClientSecret: 's3cr3t-cognito' },
      Oidc: {
        ClientId: 'id-meta',
        ClientSecret: 's3cr3t-meta',
        MetadataAddress: 'https://meta.example/.well-known/openid-configuration',
      },
    }),
    gives: [
      'ready entra authorization_code login.microsoftonline.com',
      'ready id-shop client_credentials shop.eu.auth0.com secret',
      'ready id-orders client_credentials orders.okta.com secret',
      'ready id-billing client_credentials billing.example secret',
      `ready id-cognito client_credentials ${poolHost} secret`,
      'ready id-meta authorization_code meta.example secret',
    ],
    says: [/“Sso” has a client and a secret, but no server/],
  },
  {
    name: 'Amplify: aws-exports.js',
    fileName: 'aws-exports.js',
    text: `/* eslint-disable */\nconst awsmobile = {\n  "aws_project_region": "eu-west-1",\n  "aws_user_pools_id": "${pool}",\n  "aws_user_pools_web_client_id": "id-cognito",\n  "oauth": {\n    "domain": "shop.auth.eu-west-1.amazoncognito.com",\n    "scope": ["email", "openid"],\n    "redirectSignIn": "http://localhost:3000/",\n    "responseType": "code"\n  }\n};\nexport default awsmobile;\n`,
    gives: [`ready id-cognito authorization_code ${poolHost}`],
  },
  {
    name: 'Amplify: amplifyconfiguration.json, a pool and the domain of its page',
    fileName: 'amplifyconfiguration.json',
    text: JSON.stringify({
      auth: {
        plugins: {
          awsCognitoAuthPlugin: {
            CognitoUserPool: { Default: { PoolId: pool, AppClientId: 'id-cognito', Region: 'eu-west-1' } },
            Auth: {
              Default: {
                OAuth: {
                  WebDomain: 'shop.auth.eu-west-1.amazoncognito.com',
                  AppClientId: 'id-shop',
                  AppClientSecret: 's3cr3t-shop',
                  SignInRedirectURI: 'myapp://callback',
                  Scopes: ['openid'],
                },
              },
            },
          },
        },
      },
    }),
    gives: [
      `ready id-cognito authorization_code ${poolHost}`,
      'ready id-shop authorization_code shop.auth.eu-west-1.amazoncognito.com secret',
    ],
  },
  {
    name: 'Amplify 6 in a program',
    fileName: 'auth.ts',
    text: `Amplify.configure({ Auth: { Cognito: { userPoolId: '${pool}', userPoolClientId: 'id-cognito', loginWith: { oauth: { domain: 'shop.auth.eu-west-1.amazoncognito.com', scopes: ['openid'], redirectSignIn: ['http://localhost:3000/'], responseType: 'code' } } } } });\n`,
    gives: [`ready id-cognito authorization_code ${poolHost}`],
  },
  {
    name: 'Amplify: variables of a web application',
    fileName: '.env',
    text: `NEXT_PUBLIC_AWS_USER_POOLS_ID=${pool}\nNEXT_PUBLIC_AWS_USER_POOLS_WEB_CLIENT_ID=id-cognito\n`,
    gives: [`ready id-cognito authorization_code ${poolHost}`],
  },
  {
    name: 'GitHub: the answer to a manifest, of the public server and one of their own',
    fileName: 'apps.json',
    text: JSON.stringify([
      {
        slug: 'octo',
        name: 'Octo',
        html_url: 'https://github.com/apps/octo',
        client_id: 'id-github',
        client_secret: 's3cr3t-github',
        webhook_secret: 'LEAK',
        pem: '-----BEGIN RSA PRIVATE KEY-----\nLEAK\n-----END RSA PRIVATE KEY-----\n',
      },
      {
        slug: 'own',
        html_url: 'https://orders.example/github-apps/own',
        client_id: 'id-orders',
        client_secret: 's3cr3t-orders',
      },
    ]),
    gives: [
      'ready id-github authorization_code github.com secret',
      'ready id-orders authorization_code orders.example secret',
    ],
  },
  {
    name: 'Okta: okta.yaml with a key',
    fileName: 'okta.yaml',
    text: 'okta:\n  client:\n    orgUrl: "https://orders.okta.com"\n    authorizationMode: "PrivateKey"\n    clientId: "id-orders"\n    scopes:\n      - okta.users.read\n    privateKey: |\n      -----BEGIN PRIVATE KEY-----\n      LEAK\n      -----END PRIVATE KEY-----\n',
    gives: ['ready id-orders client_credentials orders.okta.com'],
  },
  {
    name: 'Okta: variables of its SDK',
    fileName: '.env',
    text: 'OKTA_CLIENT_ORGURL=https://orders.okta.com\nOKTA_CLIENT_CLIENTID=id-orders\nOKTA_CLIENT_CLIENTSECRET=s3cr3t-orders\n',
    gives: ['ready id-orders client_credentials orders.okta.com secret'],
  },
  {
    name: 'Auth0: auth_config.json of an application in a browser',
    fileName: 'auth_config.json',
    text: '{ "domain": "shop.eu.auth0.com", "clientId": "id-shop", "audience": "https://api.example" }',
    gives: ['ready id-shop authorization_code shop.eu.auth0.com'],
  },
  {
    name: 'Auth0: the settings of its deploy CLI',
    fileName: 'config.json',
    text: '{ "AUTH0_DOMAIN": "shop.eu.auth0.com", "AUTH0_CLIENT_ID": "id-shop", "AUTH0_CLIENT_SECRET": "s3cr3t-shop" }',
    gives: ['ready id-shop client_credentials shop.eu.auth0.com secret'],
  },
  {
    name: 'simple-oauth2: JSON with paths, and a host of its own for signing in',
    fileName: 'oauth.json',
    text: JSON.stringify({
      orders: {
        client: { id: 'id-orders', secret: 's3cr3t-orders' },
        auth: { tokenHost: 'https://orders.example/v2/', tokenPath: 'token' },
        options: { authorizationMethod: 'body' },
      },
      shop: {
        client: { id: 'id-shop', secret: 's3cr3t-shop' },
        auth: { tokenHost: 'https://shop.example', authorizeHost: 'https://login.shop.example' },
      },
    }),
    gives: [
      'ready id-orders client_credentials orders.example secret',
      'ready id-shop authorization_code shop.example secret',
    ],
  },
  {
    name: 'simple-oauth2 in a program',
    fileName: 'oauth.js',
    text: `const config = {\n  client: { id: 'id-shop', secret: process.env.SECRET },\n  auth: { tokenHost: 'https://shop.example' }\n};\n`,
    gives: ['open id-shop client_credentials shop.example'],
    says: [/SECRET/],
  },
  {
    name: 'oauth2-proxy: a provider by its name',
    fileName: 'oauth2-proxy.cfg',
    text: 'provider="github"\nclient_id="id-github"\nclient_secret="s3cr3t-github"\ncookie_secret="LEAK"\n',
    gives: ['ready id-github authorization_code github.com secret'],
    says: [/“github” is taken to be the public one/],
  },
  {
    name: 'oauth2-proxy: a provider by its name, on a server of their own',
    fileName: 'oauth2-proxy.cfg',
    text: 'provider="github"\nclient_id="id-orders"\nclient_secret="s3cr3t-orders"\nlogin_url="https://orders.example/login/oauth/authorize"\n',
    gives: ['open id-orders client_credentials - secret'],
  },
  {
    name: 'Kong: a plugin has its own name',
    fileName: 'kong.yaml',
    text: 'plugins:\n- name: openid-connect\n  config:\n    issuer: https://shop.example\n    client_id: [id-shop]\n    client_secret: [s3cr3t-shop]\n- name: oauth2\n  config:\n    provision_key: LEAK\n',
    gives: ['ready id-shop authorization_code shop.example secret'],
  },
  {
    name: 'GitHub Enterprise: `enterprise` in a program, and its host in a variable',
    fileName: 'auth.ts',
    text: `export const a = GitHub({ clientId: 'id-orders', clientSecret: 's3cr3t-orders', enterprise: { baseUrl: 'https://orders.example' } });\n`,
    gives: ['open id-orders client_credentials - secret'],
  },
  {
    name: 'GitHub Enterprise: the host that its command line takes',
    fileName: '.env',
    text: 'GHE_HOST=orders.example\nGITHUB_CLIENT_ID=id-orders\nGITHUB_CLIENT_SECRET=s3cr3t-orders\n',
    gives: ['open id-orders client_credentials - secret'],
  },
  {
    name: 'GitHub Enterprise: the host beside Auth.js',
    fileName: '.env',
    text: 'AUTH_SECRET=LEAK\nGH_HOST=orders.example\nAUTH_GITHUB_ID=id-orders\nAUTH_GITHUB_SECRET=s3cr3t-orders\n',
    gives: ['open id-orders authorization_code - secret'],
  },
  {
    name: 'JavaScript: a private field',
    fileName: 'client.js',
    text: `class Orders {\n  #config = { clientId: 'id-orders', clientSecret: 's3cr3t-orders', tokenUrl: 'https://orders.example/token' };\n}\n`,
    gives: ['ready id-orders client_credentials orders.example secret'],
  },
  {
    name: 'Python: a division without a rest before the settings',
    fileName: 'settings.py',
    text: `RETRIES = 7 // 2; OAUTH = {'client_id': 'id-orders', 'client_secret': 's3cr3t-orders', 'token_url': 'https://orders.example/token'}\n`,
    gives: ['ready id-orders client_credentials orders.example secret'],
  },
  {
    name: 'Go: the client of a message queue is none',
    fileName: 'main.go',
    text: `var k = kafka.Conf{ClientID: "id-kafka", Brokers: []string{"a:9092"}}\nvar c = oauth2.Config{ClientID: "id-orders", ClientSecret: "s3cr3t-orders"}\n`,
    gives: ['open id-orders client_credentials - secret'],
  },
  {
    name: 'HAR: parameters as a browser sent them',
    secrets: ['s3cr3t-orders'],
    text: JSON.stringify({
      log: {
        entries: [
          {
            request: {
              method: 'POST',
              url: 'https://orders.example/token',
              headers: [],
              postData: {
                params: [
                  { name: 'grant_type', value: 'client_credentials' },
                  { name: 'client_id', value: 'id%20orders' },
                  { name: 'client_secret', value: 's3cr3t-orders' },
                  { name: 'scope', value: 'https%3A%2F%2Fapi.example%2Fa' },
                ],
              },
            },
          },
        ],
      },
    }),
    gives: ['ready id orders client_credentials orders.example secret'],
  },
  {
    name: 'HAR: parameters as they were meant, one with a percent sign',
    secrets: ['s3cr3t-orders'],
    text: JSON.stringify({
      log: {
        entries: [
          {
            request: {
              method: 'POST',
              url: 'https://orders.example/token',
              headers: [],
              postData: {
                params: [
                  { name: 'grant_type', value: 'client_credentials' },
                  { name: 'client_id', value: 'id%20orders' },
                  { name: 'client_secret', value: 's3cr3t-orders' },
                  { name: 'scope', value: 'https://api.example/a' },
                ],
              },
            },
          },
        ],
      },
    }),
    gives: ['ready id%20orders client_credentials orders.example secret'],
  },
  {
    name: 'Auth0: the clients of its deploy CLI, some without an id',
    fileName: 'tenant.yaml',
    text: 'clients:\n  - name: Orders\n    app_type: regular_web\n  - name: Shop\n    client_id: id-shop\n    app_type: spa\n',
    gives: ['open id-shop client_credentials -'],
    says: [/No client ID stands here for Orders:/],
  },
  {
    name: 'Auth0: clients without an id alone',
    fileName: 'tenant.yaml',
    text: 'clients:\n  - name: Orders\n    app_type: regular_web\n  - app_type: spa\n',
    gives: [],
    says: [/No client ID stands here for Orders, one without a name:/],
  },
  {
    name: 'Firebase: the configuration of a web page',
    text: '{ "apiKey": "k", "authDomain": "p.firebaseapp.com", "projectId": "p", "appId": "1:1:web:abc" }',
    gives: [],
    says: [/Firebase/],
  },
  {
    name: 'Firebase: the same in a program',
    fileName: 'firebase.js',
    text: 'const config = { apiKey: "k", authDomain: "p.firebaseapp.com", messagingSenderId: "1" };',
    gives: [],
    says: [/Firebase/],
  },
  {
    name: 'GitHub App: a manifest that was not sent yet',
    text: '{ "name": "Orders", "url": "https://orders.example", "hook_attributes": { "url": "https://orders.example/e" }, "default_permissions": { "issues": "write" } }',
    gives: [],
    says: [/manifest of a GitHub App/],
  },
  {
    name: 'HAR: a sign-in, its code request and another client',
    fileName: 'a.har',
    text: JSON.stringify({
      log: {
        version: '1.2',
        entries: [
          {
            request: {
              method: 'GET',
              url: 'https://login.shop.example/authorize?client_id=id-shop&response_type=code&code_challenge=x',
              headers: [],
            },
          },
          {
            request: {
              method: 'POST',
              url: 'https://shop.example/token',
              headers: [{ name: 'Content-Type', value: 'application/x-www-form-urlencoded' }],
              postData: {
                text: 'grant_type=authorization_code&client_id=id-shop&client_secret=s3cr3t-shop&code=LEAK&code_verifier=LEAK',
                params: [{ name: 'grant_type', value: 'authorization_code' }],
              },
            },
            response: { content: { text: '{"access_token":"LEAK","refresh_token":"LEAK"}' } },
          },
          {
            request: {
              method: 'POST',
              url: 'https://orders.example/token',
              headers: [{ name: 'Authorization', value: `Basic ${base64('id-orders:s3cr3t-orders')}` }],
              postData: { params: [{ name: 'grant_type', value: 'client_credentials' }] },
            },
          },
        ],
      },
    }),
    gives: [
      'ready id-shop authorization_code shop.example secret',
      'ready id-orders client_credentials orders.example secret',
    ],
  },
  {
    name: 'HAR: two servers that know a client of the same name',
    fileName: 'a.har',
    text: JSON.stringify({
      log: {
        entries: [
          { request: { url: 'https://shop.example/authorize?response_type=code&client_id=id-shop' } },
          { request: { url: 'https://orders.example/authorize?response_type=code&client_id=id-shop' } },
          {
            request: {
              url: 'https://shop.example/token',
              postData: {
                text: 'grant_type=authorization_code&client_id=id-shop&client_secret=s3cr3t-shop&code=x',
              },
            },
          },
        ],
      },
    }),
    gives: ['open id-shop authorization_code shop.example secret'],
  },
  {
    name: '.http: two token requests with variables, lines and credentials of their own',
    fileName: 'token.http',
    text: '@host = https://shop.example\n@clientId = id-shop\n@clientSecret = s3cr3t-shop\n\n### token\nPOST {{host}}/token\nContent-Type: application/x-www-form-urlencoded\n\ngrant_type=client_credentials\n&client_id={{clientId}}\n&client_secret={{clientSecret}}\n\n### other\nPOST https://orders.example/token\nAuthorization: Basic id-orders s3cr3t-orders\nContent-Type: application/x-www-form-urlencoded\n\ngrant_type=client_credentials&scope=api\n\n###\nGET {{host}}/orders\nAuthorization: Bearer {{token.response.body.access_token}}\n',
    gives: [
      'ready id-shop client_credentials shop.example secret',
      'ready id-orders client_credentials orders.example secret',
    ],
  },
  {
    name: '.http: a token request that takes its client from an environment',
    fileName: 'token.http',
    text: 'POST https://shop.example/token\nContent-Type: application/x-www-form-urlencoded\n\ngrant_type=client_credentials&client_id={{id}}&client_secret={{secret}}\n',
    gives: ['open - client_credentials shop.example'],
    says: [/\{\{id\}\}/, /\{\{secret\}\}/],
  },
  {
    name: '.http: the variables that httpYac signs in with',
    fileName: 'a.http',
    text: '@orders_tokenEndpoint = https://orders.example/token\n@orders_clientId = id-orders\n@orders_clientSecret = s3cr3t-orders\nGET https://api.example\nAuthorization: oauth2 client_credentials orders\n',
    gives: ['ready id-orders client_credentials orders.example secret'],
  },
  {
    name: 'JetBrains: a parameter with two values is not sent as one',
    fileName: 'http-client.env.json',
    text: JSON.stringify({
      dev: {
        Security: {
          Auth: {
            orders: {
              Type: 'OAuth2',
              'Grant Type': 'Client Credentials',
              'Token URL': 'https://orders.example/token',
              'Client ID': 'id-orders',
              'Client Secret': 's3cr3t-orders',
              'Custom Request Parameters': {
                tag: ['a', 'b'],
                resource: ['https://a.example', 'https://b.example'],
              },
            },
          },
        },
      },
    }),
    gives: ['ready id-orders client_credentials orders.example secret'],
    says: [/“tag” has 2 values/],
  },
  {
    name: 'a server that is named counts more than what a product’s words mean',
    fileName: 'x.json',
    text: JSON.stringify([
      {
        domain: 'shop.eu.auth0.com',
        issuer: 'https://orders.example',
        clientId: 'id-orders',
        clientSecret: 's3cr3t-orders',
      },
      {
        OktaDomain: 'https://shop.okta.com',
        Issuer: 'https://mail.example',
        ClientId: 'id-mail',
        ClientSecret: 's3cr3t-mail',
      },
      {
        html_url: 'https://github.com/apps/x',
        client_id: 'id-billing',
        client_secret: 's3cr3t-billing',
        token_url: 'https://billing.example/t',
      },
      {
        poolId: 'pool-7',
        clientId: 'id-pool',
        clientSecret: 's3cr3t-pool',
        tokenUrl: 'https://pool.example/t',
      },
    ]),
    gives: [
      'ready id-orders client_credentials orders.example secret',
      'ready id-mail client_credentials mail.example secret',
      'ready id-billing client_credentials billing.example secret',
      'ready id-pool client_credentials pool.example secret',
    ],
  },
];
