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
];
