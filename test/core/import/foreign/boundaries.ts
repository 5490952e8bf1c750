import type { ForeignFile } from './foreignFile.ts';

const client = 'CLIENT_ID=id-orders\nCLIENT_SECRET=s3cr3t-orders\n';

const auth = (word: string) =>
  `auth:oauth2 {\n  grant_type: client_credentials\n  client_id: id-${word}\n  client_secret: s3cr3t-${word}\n`;

/** Where one client ends and another begins, and what has no end; made up after the forms of their tools. */
export const boundaries: readonly ForeignFile[] = [
  {
    name: 'pasted: a server behind an empty line is asked for',
    text: `${client}\nTOKEN_URL=https://orders.example/token\nGRANT_TYPE=client_credentials\nSCOPE=read\n`,
    gives: ['open id-orders client_credentials - secret'],
    says: [
      /\$\{TOKEN_URL, which stands elsewhere in the text\}/,

      /\$\{SCOPE, /,
    ],
  },
  {
    name: 'pasted: lines that each stand alone are one text',
    text: 'CLIENT_ID=id-orders\n\nCLIENT_SECRET=s3cr3t-orders\n\nTOKEN_URL=https://orders.example/token\n',
    gives: ['ready id-orders client_credentials orders.example secret'],
  },
  {
    name: 'pasted: a name in common shows that they are one',
    text: 'ORDERS_CLIENT_ID=id-orders\nORDERS_CLIENT_SECRET=s3cr3t-orders\n\n# The server\nORDERS_TOKEN_URL=https://orders.example/token\n',
    gives: ['ready id-orders client_credentials orders.example secret'],
  },
  {
    name: 'a file is one: .env with its server behind a comment',
    fileName: '.env',
    text: `${client}\n# The server\nTOKEN_URL=https://orders.example/token\n`,
    gives: ['ready id-orders client_credentials orders.example secret'],
  },
  ...[undefined, 'orders.bru'].map((fileName) => ({
    name: `Bruno: a block without its end, ${fileName ?? 'pasted'}`,
    ...(fileName !== undefined && { fileName }),
    text: `${auth('orders')}\nvars {\n  access_token_url: https://billing.example/token\n}\n`,
    gives: [],
    says: [/^This Bruno file is broken or cut off: “auth:oauth2” has no end\.$/],
  })),
  {
    name: 'Bruno: cut off in its last block',
    fileName: 'orders.bru',
    text: `meta {\n  name: Orders\n}\n\n${auth('orders')}  access_token_url: https://orders.example/tok`,
    gives: [],
    says: [/broken or cut off/],
  },
  ...(
    [
      [
        'JSON',
        (word: string) =>
          `"service": {"clientId": "id-${word}", "clientSecret": "s3cr3t-${word}", "tokenUrl": "https://${word}.example/token"}`,
        (all: readonly string[]) => `{${all.join(',\n')}}`,
      ],
      [
        'YAML',
        (word: string) =>
          `service:\n  clientId: id-${word}\n  clientSecret: s3cr3t-${word}\n  tokenUrl: https://${word}.example/token`,
        (all: readonly string[]) => all.join('\n'),
      ],
    ] as const
  ).map(([name, one, whole]) => ({
    name: `${name}: two objects of one name`,
    text: whole([one('orders'), one('billing')]),
    gives: [],
    says: [/^There are two values for service in one place \(the second in line \d\)\. Neither was taken\.$/],
  })),
  ...(
    [
      [
        'a mail',
        'Hi Anna,\n\nhere is the client for the sandbox:\n\nClient ID: id-orders\nClient Secret: s3cr3t-orders\nToken URL: https://orders.example/token\n\nKeep it safe.\nBest, Tom\n',
      ],
      [
        'a page, as a list',
        '- **Client ID**: `id-orders`\n- **Client Secret**: `s3cr3t-orders`\n- **Token URL**: https://orders.example/token\n',
      ],
      [
        'a vault’s table',
        '====== Data ======\nKey              Value\n---              -----\nclient_id        id-orders\nclient_secret    s3cr3t-orders\ntoken_url        https://orders.example/token\n',
      ],
    ] as const
  ).map(([name, text]) => ({
    name: `words: ${name}`,
    text,
    gives: ['ready id-orders client_credentials orders.example secret'],
  })),
  {
    name: 'words: what stands between two of them parts them',
    text: 'Hello,\n\nClient ID: id-orders\nClient Secret: s3cr3t-orders\nand for those who ask, the other server is at\nToken URL: https://orders.example/token\n',
    gives: ['open id-orders client_credentials - secret'],
    says: [/\$\{Token_URL, which stands elsewhere in the text\}/],
  },
  {
    name: 'words: two clients beside one server',
    text: 'Hi,\n\nToken URL: https://orders.example/token\n\nDev\nClient ID: id-orders\nClient Secret: s3cr3t-orders\n\nProd\nClient ID: id-billing\nClient Secret: s3cr3t-billing\n',
    gives: ['open id-orders client_credentials - secret', 'open id-billing client_credentials - secret'],
    says: [/\$\{Token_URL, which stands elsewhere in the text\}/],
  },
  ...(
    [
      ['a form', 'EOF', 'grant_type=client_credentials&client_id=id-orders&client_secret=s3cr3t-orders'],
      [
        'JSON',
        "'EOF'",
        '{"grant_type":"client_credentials","client_id":"id-orders","client_secret":"s3cr3t-orders"}',
      ],
    ] as const
  ).map(([name, word, body]) => ({
    name: `curl: ${name} from a here-document`,
    text: `curl -X POST https://orders.example/token \\\n  --data-binary @- <<${word}\n${body}\nEOF\n`,
    gives: ['ready id-orders client_credentials orders.example secret'],
  })),
  ...[
    "'grant_type=client_credentials&client_id=id-orders&client_secret=s3cr3t-orders'",
    '{"grant_type": "client_credentials", "client_id": "id-orders", "client_secret": "s3cr3t-orders"}',
  ].map((payload) => ({
    name: `Python: requests.request, as Postman generates it, with ${payload.slice(0, 12)}`,
    text: `import requests\n\nurl = "https://orders.example/token"\n\npayload = ${payload}\nheaders = {\n  'Content-Type': 'application/x-www-form-urlencoded'\n}\n\nresponse = requests.request("POST", url, headers=headers, data=payload)\n\nprint(response.text)\n`,
    gives: ['ready id-orders client_credentials orders.example secret'],
  })),
  {
    name: 'cut off: an object of a program behind a comma, with a script behind it',
    text: 'var response = await client.RequestClientCredentialsTokenAsync(new ClientCredentialsTokenRequest\n{\n    Address = "https://orders.example/token",\n    ClientId = "id-orders",\n\n#!/usr/bin/env bash\nCLIENT_SECRET=\'s3cr3t-billing\'\n',
    gives: ['ready id-orders client_credentials orders.example'],
    says: [/^“CLIENT_SECRET” is a secret without its client/],
  },
  {
    name: 'cut off: a provider of a program behind a comma, with the next one’s id behind it',
    text: 'const config = {\n  providers: [\n    {\n      tokenUrl: "https://orders.example/token",\n      clientSecret: "s3cr3t-orders",\n\nconst clientId = "id-billing";\n',
    gives: ['open id-billing client_credentials -'],
    says: [/^“clientSecret” is a secret without its client/],
  },
  {
    name: 'cut off: what a file of NixOS says, with a program right behind it',
    text: '{\n    services.oauth2-proxy = {\n      provider = "oidc";\n      oidcIssuerUrl = "https://orders.example/dex";\nclient_id = "id-billing"\nclient_secret = "s3cr3t-billing"\ndef billing(one):\n    return one\n',
    gives: ['open id-billing client_credentials - secret'],
  },
  {
    name: 'a program’s secret that is not written is not what a script says by the same name',
    text: 'from authlib.integrations.requests_client import OAuth2Session\nclient = OAuth2Session(\n    client_id="id-orders",\n    client_secret=secret,\n    token_endpoint="https://orders.example/token",\n)\n\n#!/bin/bash\ncurl https://billing.example/hook -d \'{\n  "secret": "s3cr3t-billing"\n}\'\n',
    gives: ['open id-orders client_credentials orders.example'],
    says: [/client secret holds the placeholder \$\{secret\}/],
  },
  ...['client = OAuth2Client(\n', 'import os\nclient = OAuth2Client(\n', ''].map((head) => ({
    name: `named arguments of a program, of which one is no text, behind “${head.trim()}”`,
    text: `${head}    client_id="id-orders",\n    client_secret=app_secret,\n    token_url="https://orders.example/token",\n${head === '' ? '' : ')\n'}`,
    gives: ['open id-orders client_credentials orders.example'],
    says: [/client secret holds the placeholder \$\{app_secret\}/],
  })),
  ...(
    [
      [
        'Python',
        'BASE = {"client_id": "id-orders", "token_url": "https://orders.example/token"}\nPROD = {**BASE, "client_secret": "s3cr3t-orders"}\n',
      ],
      [
        'Python, over lines',
        'BASE = {\n    "client_id": "id-orders",\n    "token_url": "https://orders.example/token",\n}\nPROD = {\n    **BASE,\n    "client_secret": "s3cr3t-orders",\n}\n',
      ],
      [
        'JavaScript',
        "const base = { clientId: 'id-orders', tokenUrl: 'https://orders.example/token' };\nexport const prod = { ...base, clientSecret: 's3cr3t-orders' };\n",
      ],
    ] as const
  ).map(([name, text]) => ({
    name: `${name}: what is added to an object that stands there is put together`,
    text,
    gives: ['ready id-orders client_credentials orders.example secret'],
  })),
  ...[undefined, '.env'].map((fileName) => ({
    name: `a text without its end hides what follows, which is said, ${fileName ?? 'pasted'}`,
    ...(fileName !== undefined && { fileName }),
    text: `NOTE="""\n${client}TOKEN_URL=https://orders.example/token\n`,
    gives: [],
    says: [/^A text or comment has no end \(such as """ or \/\*\): what follows it was not read\.$/],
  })),
  {
    name: 'names and values in two lists are no environment of Postman',
    text: '{"names": ["CLIENT_ID", "CLIENT_SECRET"], "values": ["id-orders", "s3cr3t-orders"]}',
    gives: [],
    says: [/^No OAuth settings were found/],
  },
  {
    name: 'Bruno: a block without its end takes nothing of a program whose brackets end later',
    text: `${auth('orders')}providers = [\n  {\n    token_url: "https://billing.example/token"\n  }\n]\n`,
    gives: [],
    says: [/^This Bruno file is broken or cut off: “auth:oauth2” has no end\.$/],
  },
  {
    name: 'Elixir: a client that is looked up, pasted',
    text: 'def client(redirect_uri) do\n  OAuth2.Client.new(\n    client_id: Application.get_env(:orders, :auth_client_id),\n    client_secret: Application.get_env(:orders, :auth_client_secret),\n    token_url: "https://orders.example/token",\n    redirect_uri: redirect_uri\n  )\nend\n',
    gives: ['open - authorization_code orders.example'],
    says: [
      /client secret holds the placeholder \$\{Application\.get_env\(\.orders, \.auth_client_secret\)\}/,
    ],
  },
  {
    name: 'Rust: texts that are made owned, pasted',
    text: 'fn default() -> Self {\n    Self {\n        token_url: "https://orders.example/token".to_string(),\n        client_id: "id-orders".to_string(),\n        client_secret: "s3cr3t-orders".to_string(),\n        scopes: Vec::new(),\n    }\n}\n',
    gives: ['open id-orders client_credentials orders.example secret'],
    says: [/^scopes holds the placeholder \$\{Vec\.new\(\)\}/m],
  },
];
