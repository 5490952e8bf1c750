import type { ForeignFile } from './foreignFile.ts';

const ready = 'ready id-orders client_credentials orders.example secret';

const command = (word: string) =>
  `curl -X POST https://${word}.example/token -d grant_type=client_credentials -d client_id=id-${word} -d client_secret=s3cr3t-${word}\n`;

const variables = (word: string) =>
  `CLIENT_ID=id-${word}\nCLIENT_SECRET=s3cr3t-${word}\nTOKEN_URL=https://${word}.example/token\n`;

const fenced = (inside: string, language = '', sign = '```') => `${sign}${language}\n${inside}${sign}\n`;

const spring = 'spring.security.oauth2.client';

/** Whole files and pages, as they stand in public repositories; where no origin is named, made up after what judges left. */
export const wholeFiles: readonly ForeignFile[] = [
  {
    name: 'Markdown: two clients in fences without a language',
    fileName: 'README.md',
    text: `# Two\n\n${fenced(variables('orders'))}\nThe other:\n\n${fenced(variables('billing'))}`,
    gives: [ready, 'ready id-billing client_credentials billing.example secret'],
  },
  {
    name: 'Markdown: a client in one fence, and another’s server in the next',
    fileName: 'README.md',
    text: `${fenced('export CLIENT_ID=id-orders\nexport CLIENT_SECRET=s3cr3t-orders\n', 'bash')}\nOr:\n\n${fenced('export CLIENT_ID=id-parcels\nexport TOKEN_URL=https://parcels.example/token\n', 'bash')}`,
    gives: [
      'open id-orders client_credentials - secret',
      'ready id-parcels client_credentials parcels.example',
    ],
  },
  {
    name: 'Markdown: tildes, capitals and what stands behind the language',
    fileName: 'guide.md',
    text: [
      fenced(
        'client_id: id-orders\nclient_secret: s3cr3t-orders\ntoken_url: https://orders.example/token\n',
        'yaml',
        '~~~',
      ),
      fenced(
        '{ "client_id": "id-billing", "client_secret": "s3cr3t-billing", "token_url": "https://billing.example/token" }\n',
        'JSON title="billing.json"',
      ),
    ].join('\n'),
    gives: [ready, 'ready id-billing client_credentials billing.example secret'],
  },
  {
    name: 'Markdown: a command, and a file in a fence without a language',
    fileName: 'README.md',
    text: `${fenced(command('orders'))}\n${fenced('{\n  "client_id": "id-billing",\n  "client_secret": "s3cr3t-billing",\n  "token_uri": "https://billing.example/token"\n}\n')}`,
    gives: [
      'ready id-orders client_credentials orders.example secret',
      'ready id-billing client_credentials billing.example secret',
    ],
  },
  {
    name: 'Spring: pasted, a server of the same name below another text',
    text: `${spring}.registration.idp.client-id=id-orders\n${spring}.registration.idp.client-secret=s3cr3t-orders\n${spring}.registration.idp.authorization-grant-type=client_credentials\n# another\n${spring}.provider.idp.token-uri=https://orders.example/token\n`,
    gives: ['open id-orders client_credentials orders.example'],
    says: [/\$\{client-secret, which stands elsewhere in the text\}/],
  },
  {
    name: 'Spring: pasted, with an empty line between the client and its server',
    text: `# OAuth2 client\n${spring}.registration.idp.client-id=id-orders\n${spring}.registration.idp.client-secret=s3cr3t-orders\n${spring}.registration.idp.authorization-grant-type=client_credentials\n\n# Provider\n${spring}.provider.idp.token-uri=https://orders.example/token\n`,
    gives: [ready],
  },
  {
    name: 'Rust: a text that is cut in the middle, in a file of no language',
    fileName: 'notes.txt',
    text: 'const CLIENT_ID: &str = "id-orders";\nconst CLIENT_SECRET: &str = "s3cr3t-orders";\nconst TOKEN_URL: &str = "https://orders.exam\nconst CLIENT_ID: &str = "id-parcels";\nconst TOKEN_URL: &str = "https://parcels.example/token";\n',
    gives: [],
    says: [/two values for CLIENT_ID/],
  },
  {
    name: 'variables: x stands for what is to be filled in',
    text: 'CLIENT_ID=x\nCLIENT_SECRET=X\nTOKEN_URL=https://orders.example/token\n',
    gives: ['open - client_credentials orders.example'],
  },
  {
    name: 'variables: a value that is called like a variable',
    fileName: '.env',
    text: 'CLIENT_ID=id-orders\nCLIENT_SECRET=MAIN_WEB_CLIENT_SECRET\nTOKEN_URL=https://orders.example/token\n',
    gives: ['open id-orders client_credentials orders.example'],
    says: [/placeholder MAIN_WEB_CLIENT_SECRET/],
  },
  {
    name: 'Terraform: the defaults of its variables',
    fileName: 'variables.tf',
    text: 'variable "token_url" {\n  type    = string\n  default = "https://orders.example/token"\n}\n\nvariable "client_id" {\n  description = "The client"\n  default     = "id-orders"\n}\n\nvariable "client_secret" {\n  type      = string\n  sensitive = true\n}\n',
    gives: ['ready id-orders client_credentials orders.example'],
  },
  {
    name: 'Spring before version 5: a word in the place of the id',
    origin: 'Edvinas01/chat-rooms, src/main/resources/application-oauth.yml',
    fileName: 'application-oauth.yml',
    text: 'orders:\n  details:\n    type: orders\n    path: /login/orders\n  client:\n    client-id: secret\n    client-secret: s3cr3t-orders\n    access-token-uri: https://graph.orders.example/oauth/access_token\n    user-authorization-uri: https://www.orders.example/dialog/oauth\n    token-username: oauth_token\n    authentication-scheme: query\n    client-authentication-scheme: form\n  resource:\n    user-info-uri: https://graph.orders.example/me\n',
    gives: ['open - authorization_code graph.orders.example secret'],
    fields: [{ clientAuthentication: 'client_secret_post' }],
    says: [/clientId holds the placeholder secret/],
  },
  {
    name: 'pac4j: the address of the discovery document',
    origin: 'a page on DataHub and Langfuse',
    fileName: 'datahub.properties',
    text: 'auth.oidc.enabled=true\nauth.oidc.clientId=id-orders\nauth.oidc.discoveryUri=https://orders.example/realms/orders/.well-known/openid-configuration\n',
    gives: ['ready id-orders authorization_code orders.example'],
    fields: [{ issuer: 'https://orders.example/realms/orders', clientAuthentication: 'none' }],
  },
];
