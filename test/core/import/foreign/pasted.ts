import { base64, type ForeignFile } from './foreignFile.ts';

const server = 'https://orders.example/token';

/** What is pasted from a program, from documentation, or from a tool's export without its file's name. */
export const pasted: readonly ForeignFile[] = [
  ...(
    [
      [
        'JavaScript: lines of an object',
        `clientId: 'id-orders',\nclientSecret: "s3cr3t-orders",\ntokenUrl: '${server}',\n`,
      ],
      [
        'JavaScript: an object that is a constant',
        `const config = {\n  clientId: 'id-orders',\n  clientSecret: "s3cr3t-orders",\n  tokenUrl: '${server}',\n};\n`,
      ],
      [
        'TypeScript: constants',
        `export const clientId = "id-orders";\nconst clientSecret = 's3cr3t-orders';\nlet tokenUrl = "${server}";\n`,
      ],
      [
        'Python: named arguments',
        `client_id="id-orders",\nclient_secret='s3cr3t-orders',\ntoken_url="${server}",\n`,
      ],
      [
        'C#: properties',
        `options.ClientId = "id-orders";\noptions.ClientSecret = "s3cr3t-orders";\noptions.TokenUrl = "${server}";\n`,
      ],
      [
        'PHP: variables',
        `$clientId = 'id-orders';\n$clientSecret = "s3cr3t-orders";\n$tokenUrl = '${server}';\n`,
      ],
      [
        'Java: fields',
        `private static final String clientId = "id-orders";\nString clientSecret = "s3cr3t-orders";\nString tokenUrl = "${server}";\n`,
      ],
      [
        'JSON: lines of an object',
        `"client_id": "id-orders",\n"client_secret": "s3cr3t-orders",\n"token_url": "${server}"\n`,
      ],
      [
        'JavaScript: an object',
        `{ clientId: 'id-orders', clientSecret: 's3cr3t-orders', tokenUrl: '${server}', }\n`,
      ],
      [
        'JSON5: an object',
        `{\n  // the client\n  clientId: "id-orders",\n  clientSecret: "s3cr3t-orders",\n  tokenUrl: "${server}",\n}\n`,
      ],
      [
        'Python: a dict',
        `{'client_id': 'id-orders', 'client_secret': 's3cr3t-orders', 'token_url': '${server}'}\n`,
      ],
      [
        'Lua: a table',
        `local opts = {\n  token_endpoint = "${server}",\n  client_id = "id-orders",\n  client_secret = "s3cr3t-orders",\n}\n`,
      ],
    ] as const
  ).map(([name, text]) => ({
    name: `pasted from ${name}`,
    text,
    gives: ['ready id-orders client_credentials orders.example secret'],
  })),
  ...(
    [
      [
        'JavaScript',
        (word: string) =>
          `const ${word} = { clientId: 'id-${word}', clientSecret: 's3cr3t-${word}', tokenUrl: 'https://${word}.example/token' };\n`,
      ],
      [
        'Python',
        (word: string) =>
          `${word.toUpperCase()} = dict(\n    client_id="id-${word}",\n    client_secret="s3cr3t-${word}",\n    token_url="https://${word}.example/token",\n)\n`,
      ],
    ] as const
  ).map(([name, client]) => ({
    name: `pasted from ${name}: two clients`,
    text: client('orders') + client('billing'),
    gives: ['orders', 'billing'].map((word) => `ready id-${word} client_credentials ${word}.example secret`),
  })),
  {
    name: 'JSON that is cut off is no program',
    text: `{"a":"{ clientId: 'LEAK' }","b":{"clientId":"LEAK","clientSecret":"LEAK","tokenUrl":"${server}"},"c":`,
    gives: [],
    says: [/broken or cut off at line 1/],
  },
  {
    name: 'Bruno: a token request with a JSON body',
    fileName: 'token.bru',
    text: `meta {\n  name: Token\n}\n\npost {\n  url: ${server}\n  body: json\n}\n\nbody:json {\n  {\n    "client_id": "id-orders",\n    "client_secret": "s3cr3t-orders",\n    "grant_type": "client_credentials"\n  }\n}\n`,
    gives: ['ready id-orders client_credentials orders.example secret'],
  },
  {
    name: 'Postman: a token request with its parameters in the address, and an API with other ones',
    text: JSON.stringify({
      info: { name: 'Shop' },
      item: [
        {
          name: 'Token',
          request: {
            method: 'POST',
            url: {
              raw: `${server}?grant_type=client_credentials&client_id=id-orders&client_secret=s3cr3t-orders&scope=a%20b`,
            },
          },
        },
        { name: 'API', request: { method: 'GET', url: 'https://orders.example/list?client_id=LEAK' } },
      ],
    }),
    gives: ['ready id-orders client_credentials orders.example secret'],
    says: [/There the parameters are in the URL; here they are sent in the body/],
  },
  {
    name: 'curl: a token request with its parameters in the address',
    text: `curl -X POST '${server}?grant_type=client_credentials&client_id=id-orders&client_secret=s3cr3t-orders'`,
    gives: ['ready id-orders client_credentials orders.example secret'],
    says: [/There the parameters are in the URL/],
  },
  {
    name: 'Google: token.json of its library for Python',
    fileName: 'token.json',
    text: JSON.stringify({
      token: 'LEAK',
      refresh_token: 'LEAK',
      token_uri: 'https://oauth2.googleapis.com/token',
      client_id: 'id-google',
      client_secret: 's3cr3t-google',
      scopes: ['https://www.googleapis.com/auth/drive'],
    }),
    gives: ['ready id-google authorization_code oauth2.googleapis.com secret'],
    says: [/refresh token was left out/],
  },
  {
    name: 'a refresh token of another server is no client of Google’s',
    text: JSON.stringify({
      refresh_token: 'LEAK',
      token_uri: server,
      client_id: 'id-orders',
      client_secret: 's3cr3t-orders',
    }),
    gives: ['ready id-orders refresh_token orders.example secret'],
  },
  {
    name: 'Spring Boot 1: security.oauth2.client',
    fileName: 'application.yml',
    text: `security:\n  oauth2:\n    client:\n      clientId: id-orders\n      clientSecret: s3cr3t-orders\n      accessTokenUri: ${server}\n      userAuthorizationUri: https://orders.example/authorize\n      clientAuthenticationScheme: form\n`,
    gives: ['ready id-orders authorization_code orders.example secret'],
  },
  {
    name: 'Kulala: variables that all environments share',
    fileName: 'http-client.env.json',
    text: JSON.stringify({
      $kulalaShared: { BASE: 'https://orders.example', $kulalaDefaultHeaders: { X: 'LEAK' } },
      dev: {
        Security: {
          Auth: {
            orders: {
              ...{ Type: 'OAuth2', 'Grant Type': 'Client Credentials', 'Token URL': '{{BASE}}/token' },
              ...{ 'Client ID': 'id-orders', 'Client Secret': 's3cr3t-orders' },
            },
          },
        },
      },
    }),
    gives: ['ready id-orders client_credentials orders.example secret'],
  },
  ...(
    [
      ['commas', 'name,client_id,client_secret,token_url\na,LEAK,LEAK,https://a.example/token\n'],
      ['semicolons', 'Name;Client ID;Secret\na;LEAK;LEAK\n'],
      ['tabs', 'client_id\tsecret\nLEAK\tLEAK\n'],
      ['Markdown', '| Name | Value |\n|---|---|\n| Client ID | LEAK |\n'],
    ] as const
  ).map(([name, text]) => ({
    name: `a table with ${name}`,
    text,
    gives: [],
    says: [/^A table is not read\. Paste its client as lines/],
  })),
  ...(
    [
      [
        'Postman collection',
        {
          info: { name: 'x', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
          item: [],
        },
      ],
      [
        'Insomnia export',
        { _type: 'export', __export_format: 4, resources: [{ _id: 'wrk_1', _type: 'workspace' }] },
      ],
      [
        'OpenAPI description',
        { openapi: '3.1.0', components: { securitySchemes: { b: { type: 'http', scheme: 'bearer' } } } },
      ],
    ] as const
  ).map(([name, value]) => ({
    name: `${name} without a client`,
    text: JSON.stringify(value),
    gives: [],
    says: [new RegExp(`^No OAuth client stands in this ${name}\\.$`)],
  })),
  {
    name: 'a value in quotes with more behind it stays as it is',
    secrets: ['s3cr3t-orders,'],
    fileName: 'x.env',
    text: `CLIENT_ID=id-orders\nCLIENT_SECRET="s3cr3t-orders,";\nTOKEN_URL=${server}\nOTHER="a","b",\nBASIC=${base64('x')}\n`,
    gives: ['ready id-orders client_credentials orders.example secret'],
  },
];
