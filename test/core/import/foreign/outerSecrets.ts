import type { ForeignFile } from './foreignFile.ts';

const json = (value: unknown) => JSON.stringify(value, undefined, 2);

const section = (values: Readonly<Record<string, string>>) => ({
  dev: { Security: { Auth: { s: values } } },
});

const byVariables = {
  Type: 'OAuth2',
  'Grant Type': 'Client Credentials',
  'Client ID': '{{app}}',
  'Client Secret': '{{pw}}',
  'Token URL': '{{sso}}/token',
};

const [outer, inner] = [
  { app: 'id-orders', pw: 's3cr3t-orders', sso: 'https://orders.example' },
  { app: 'id-billing', sso: 'https://billing.example' },
];

const variables = (values: Readonly<Record<string, string>>) =>
  Object.entries(values).map(([key, value]) => ({ key, value }));

const insomnia = (base: Readonly<Record<string, string>>) =>
  json({
    _type: 'export',
    __export_format: 4,
    resources: [
      { _id: 'wrk_1', _type: 'workspace', name: 'W' },
      { _id: 'env_1', _type: 'environment', parentId: 'wrk_1', name: 'Base', data: base },
      { _id: 'env_2', _type: 'environment', parentId: 'env_1', name: 'Dev', data: inner },
      {
        _id: 'req_1',
        _type: 'request',
        parentId: 'wrk_1',
        name: 'R',
        authentication: {
          type: 'oauth2',
          grantType: 'client_credentials',
          accessTokenUrl: '{{ _.sso }}/token',
          clientId: '{{ _.app }}',
          clientSecret: '{{ _.pw }}',
        },
      },
    ],
  });

/** A secret of what lies around, in a file that names its variables as nobody does, or in two files of one environment. */
export const outerSecrets: readonly ForeignFile[] = [
  {
    name: 'JetBrains: a private file names another client and server than the section of the open one',
    fileName: 'http-client.env.json',
    text: json(
      section({
        Type: 'OAuth2',
        'Grant Type': 'Client Credentials',
        'Client ID': 'id-orders',
        'Client Secret': 's3cr3t-orders',
        'Token URL': 'https://orders.example/token',
      }),
    ),
    companion: json(section({ 'Client ID': 'id-billing', 'Token URL': 'https://billing.example/token' })),
    gives: ['open id-billing client_credentials billing.example'],
    says: [/the secret of what is shared/],
  },
  {
    name: 'JetBrains: the same in variables',
    fileName: 'http-client.env.json',
    text: json({
      dev: {
        client_id: 'id-orders',
        client_secret: 's3cr3t-orders',
        token_url: 'https://orders.example/token',
      },
    }),
    companion: json({ dev: { client_id: 'id-billing', token_url: 'https://billing.example/token' } }),
    gives: ['open id-billing client_credentials billing.example'],
    says: [/the secret of what is shared/],
  },
  {
    name: 'JetBrains: a section in $shared, whose variables have names of their own',
    fileName: 'http-client.env.json',
    text: json({ $shared: { Security: { Auth: { s: byVariables } }, ...outer }, dev: inner }),
    gives: ['open id-billing client_credentials billing.example'],
    says: [/whose it is cannot be known/],
  },
  {
    name: 'Postman: a folder names another client, in variables with names of their own',
    fileName: 'shop.json',
    text: json({
      info: { name: 'Shop', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
      variable: variables(outer),
      item: [
        {
          name: 'F',
          variable: variables(inner),
          auth: {
            type: 'oauth2',
            oauth2: variables({
              grant_type: 'client_credentials',
              accessTokenUrl: '{{sso}}/token',
              clientId: '{{app}}',
              clientSecret: '{{pw}}',
            }),
          },
          item: [],
        },
      ],
    }),
    gives: ['open id-billing client_credentials billing.example'],
    says: [/whose it is cannot be known/],
  },
  {
    name: 'Postman: the same in a token request',
    fileName: 'shop.json',
    text: json({
      info: { name: 'Shop', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
      variable: variables(outer),
      item: [
        {
          name: 'F',
          variable: variables(inner),
          item: [
            {
              name: 'Token',
              request: {
                method: 'POST',
                url: '{{sso}}/token',
                body: {
                  mode: 'urlencoded',
                  urlencoded: variables({
                    grant_type: 'client_credentials',
                    client_id: '{{app}}',
                    client_secret: '{{pw}}',
                  }),
                },
              },
            },
          ],
        },
      ],
    }),
    gives: ['open id-billing client_credentials billing.example'],
    says: [/whose it is cannot be known/],
  },
  {
    name: 'Insomnia 4: a base without a server, and another client in the only environment',
    fileName: 'insomnia.json',
    text: insomnia({ app: 'id-orders', pw: 's3cr3t-orders' }),
    gives: ['open id-billing client_credentials billing.example'],
    says: [/whose it is cannot be known/],
  },
  {
    name: 'Insomnia 4: a base that has the secret only',
    fileName: 'insomnia.json',
    text: insomnia({ pw: 's3cr3t-billing' }),
    gives: ['ready id-billing client_credentials billing.example secret'],
  },
  {
    name: 'cmd: quotes around a whole assignment',
    fileName: 'set.cmd',
    text: 'set "CLIENT_ID=id-orders"\r\nset "CLIENT_SECRET=s3cr3t-orders"\r\nset "TOKEN_URL=https://orders.example/token"\r\n',
    gives: ['ready id-orders client_credentials orders.example secret'],
  },
  {
    name: 'cmd: all in one line',
    text: 'set CLIENT_ID=id-orders&& set CLIENT_SECRET=s3cr3t-orders&& set TOKEN_URL=https://orders.example/token',
    gives: ['ready id-orders client_credentials orders.example secret'],
  },
  ...[
    'export CLIENT_ID=id-orders; export CLIENT_SECRET=s3cr3t-orders; export TOKEN_URL=https://orders.example/token',
    'CLIENT_ID=id-orders; CLIENT_SECRET=s3cr3t-orders; TOKEN_URL=https://orders.example/token',
    '$env:CLIENT_ID="id-orders"; $env:CLIENT_SECRET="s3cr3t-orders"; $env:TOKEN_URL="https://orders.example/token"',
  ].map((text) => ({
    name: `assignments in one line: ${text.slice(0, 12)}`,
    text,
    gives: ['ready id-orders client_credentials orders.example secret'],
  })),
  {
    name: 'a semicolon in quotes, and one that ends a value, part nothing',
    secrets: ['s3cr3t-orders;'],
    fileName: '.env',
    text: 'CLIENT_ID="id-orders; NAME=x"\nCLIENT_SECRET=s3cr3t-orders;\nTOKEN_URL=https://orders.example/token?a=1&b=2\n',
    gives: ['ready id-orders; NAME=x client_credentials orders.example secret'],
  },
  {
    name: 'a secret within the id',
    fileName: '.env',
    text: 'CLIENT_ID=id-orders,CLIENT_SECRET=s3cr3t-orders\nTOKEN_URL=https://orders.example/token\n',
    gives: ['open - client_credentials orders.example'],
    says: [/clientId was not taken: a secret stands in it/],
  },
  {
    name: 'Postman: a secret within the address',
    fileName: 'shop.json',
    text: json({
      info: { name: 'Shop', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
      auth: {
        type: 'oauth2',
        oauth2: variables({
          grant_type: 'client_credentials',
          accessTokenUrl: 'https://orders.example/token?client_secret=s3cr3t-orders',
          clientId: 'id-orders',
        }),
      },
      item: [],
    }),
    gives: ['open id-orders client_credentials -'],
    says: [/tokenEndpoint was not taken: a secret stands in it/],
  },
  {
    name: 'a secret alone, as in a .env.local beside a .env',
    fileName: '.env.local',
    text: 'CLIENT_SECRET=s3cr3t-orders\n',
    gives: [],
    says: [/“CLIENT_SECRET” is a secret without its client; it was left out/],
  },
  {
    name: 'a secret beside clients that have their own names',
    fileName: '.env',
    text: 'CLIENT_SECRET=s3cr3t-any\nORDERS_CLIENT_ID=id-orders\nORDERS_TOKEN_URL=https://orders.example/token\n',
    gives: ['ready id-orders client_credentials orders.example'],
    says: [/“CLIENT_SECRET” is a secret without its client/],
  },
  {
    name: 'curl: a client in HTTP Basic, another one in the body',
    text: 'curl https://orders.example/token -u id-orders:s3cr3t-orders -d grant_type=client_credentials -d client_id=id-billing',
    gives: ['open - client_credentials orders.example'],
    says: [/There are two values for clientId/],
  },
  {
    name: 'Azure: a list of service principals',
    text: json(
      ['login', 'login-two'].map((word) => ({
        appId: `id-${word}`,
        displayName: word,
        password: word === 'login' ? 's3cr3t-login' : null,
        tenant: '11111111-2222-3333-4444-555555555555',
      })),
    ),
    gives: [
      'ready id-login client_credentials login.microsoftonline.com secret',
      'ready id-login-two client_credentials login.microsoftonline.com',
    ],
  },
  {
    name: 'OpenAPI: a secret in an extension is said to be left out',
    text: json({
      swagger: '2.0',
      info: { title: 'Shop' },
      securityDefinitions: {
        app: {
          type: 'oauth2',
          flow: 'application',
          tokenUrl: 'https://orders.example/token',
          scopes: {},
          'x-client-id': 'id-orders',
          'x-client-secret': 's3cr3t-orders',
        },
      },
    }),
    gives: ['ready id-orders client_credentials orders.example'],
    says: [/Not taken over: “x-client-secret”/],
  },
  {
    name: 'SAP: a list of service keys',
    fileName: 'keys.json',
    text: json([
      { clientid: 'id-orders', clientsecret: 's3cr3t-orders', url: 'https://orders.example' },
      { uaa: { clientid: 'id-billing', clientsecret: 's3cr3t-billing', url: 'https://billing.example' } },
    ]),
    gives: [
      'ready id-orders client_credentials orders.example secret',
      'ready id-billing client_credentials billing.example secret',
    ],
  },
  {
    name: 'SAP: service keys by their names',
    fileName: 'keys.json',
    text: json({
      one: {
        credentials: { clientid: 'id-orders', clientsecret: 's3cr3t-orders', url: 'https://orders.example' },
      },
      two: { uaa: { clientid: 'id-billing', url: 'https://billing.example' } },
    }),
    gives: [
      'ready id-orders client_credentials orders.example secret',
      'ready id-billing client_credentials billing.example',
    ],
  },
  ...[
    'encrypted:BG8M6U+GKJGwpGA42ml2erb9+T2NBX6Z2JkBLynDy21poz0UfF5aPxCgRbIyhnQFdWKd0C9GZ7lM5PeL86x=',
    'file:///run/secrets/orders',
    'arn:aws:secretsmanager:eu-west-1:123456789012:secret:orders-AbCdEf',
    'projects/123/secrets/orders/versions/latest',
    'sm://shop/orders',
    'ref+vault://secret/orders#/password',
    'null',
    'undefined',
  ].map((value) => ({
    name: `a reference in place of a secret: ${value.slice(0, 20)}`,
    fileName: '.env',
    text: `CLIENT_ID=id-orders\nCLIENT_SECRET=${value}\nTOKEN_URL=https://orders.example/token\n`,
    gives: ['open id-orders client_credentials orders.example'],
    says: [/client secret holds the placeholder/],
  })),
];
