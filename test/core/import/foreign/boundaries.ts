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
    gives: [],
    says: [/There are two values for Client_ID: “id-orders” and “id-billing”/],
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
];
