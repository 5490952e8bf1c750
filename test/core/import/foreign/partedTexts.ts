import type { ForeignFile } from './foreignFile.ts';

const ready = 'ready id-orders client_credentials orders.example secret';

const curl = 'curl -X POST https://orders.example/token \\\n -d grant_type=client_credentials \\\n';

const base = `clientId: 'id-orders', clientSecret: 's3cr3t-orders'`;

/** Where one client ends though nothing says so, and what belongs together though it stands apart; all made up. */
export const partedTexts: readonly ForeignFile[] = [
  ...(
    [
      ['nothing', ' -d client_secret=s3cr3t-orders \\\n\nclient_id=id-parcels\n'],
      ['an option without its value', ' -d client_secret=s3cr3t-orders \\\n -d \\\n\nclient_id=id-parcels\n'],
      ['a comment', ' -d client_secret=s3cr3t-orders \\\n -d \\\n# other\nclient_id=id-parcels\n'],
      ['blanks', ' -d client_secret=s3cr3t-orders \\\n  \r\n -d client_id=id-parcels\n'],
    ] as const
  ).map(([name, rest]) => ({
    name: `curl: cut off at the sign that it goes on, before ${name}`,
    text: `${curl}${rest}`,
    gives: ['open - client_credentials orders.example secret'],
    says: [/clientId is missing/],
  })),
  {
    name: 'curl: options in lines of their own, without a sign, belong to it; other commands do not',
    text: `${curl.replaceAll(' \\', '')}  -d client_id=id-orders\n  -u id-orders:s3cr3t-orders\necho done\n`,
    gives: [ready],
  },
  {
    name: 'curl: a comment before an option is no end',
    text: `${curl}# who\n  -d client_id=id-orders \\\n  -d client_secret=s3cr3t-orders\n`,
    gives: [ready],
  },
  ...(
    [
      ['nothing', ''],
      ['variables', '\nCLIENT_ID=id-nobody\nCLIENT_SECRET=s3cr3t-nobody\n'],
      ['words directly below', 'Client ID: id-nobody\n'],
      ['the answer', '\nHTTP/1.1 200 OK\n\n{ "access_token": "nobody" }\n'],
    ] as const
  ).map(([name, below]) => ({
    name: `pasted: a request’s form ends with its last parameter, above ${name}`,
    text: `POST https://orders.example/token HTTP/1.1\nContent-Type: application/x-www-form-urlencoded\n\ngrant_type=client_credentials&client_id=id-orders&client_secret=s3cr3t-orders\n&scope=read\n${below}`,
    fields: [{ scopes: ['read'] }],
    gives: [ready],
  })),
  {
    name: 'pasted: variables of a request and a server below another text are not joined',
    text: '@clientId = id-orders\n@clientSecret = s3cr3t-orders\n\nPOST https://orders.example/orders?grant_type=none\n\n###\n\nThe other one:\n\n@issuer = https://login.orders.example\n',
    gives: [],
  },
  {
    name: 'pasted: a variable with two values is none',
    secrets: ['s3cr3t-orders'],
    text: ['orders', 'parcels']
      .map(
        (word) =>
          `@tokenUrl = https://${word}.example/token\n@clientId = id-${word}\n${word === 'orders' ? '@clientSecret = s3cr3t-orders\n' : ''}\nPOST {{tokenUrl}}\nContent-Type: application/x-www-form-urlencoded\n\ngrant_type=client_credentials&client_id={{clientId}}&client_secret={{clientSecret}}\n\n`,
      )
      .join('###\n'),
    gives: ['open - client_credentials - secret'],
    says: [/two values for clientId/],
  },
  {
    name: 'curl: in a list, behind its number',
    origin: 'amolshiwankar01/oauth2, README.md',
    text: '# Client credentials\n1. curl -X POST -vu id-orders:s3cr3t-orders https://orders.example/token -d "grant_type=client_credentials&scope=read"\n2. curl https://orders.example/greeting\n',
    gives: [ready],
  },
  {
    name: 'words that only describe a client',
    origin: 'vrijBRP/vrijBRP-Dossiers, dev-setup/dossiers-postman-project.md',
    text: 'tokenUrl     : https://orders.example/token\nclientId     : id of client\nclientSecret : secret of client\n',
    gives: ['open - client_credentials orders.example'],
  },
  {
    name: 'Postman: an environment whose values are placeholders by name',
    origin: 'greyhats13/phl-store, services/phl-products/tests/postman/environment-template.tpl',
    text: '{"name":"Orders","values":[{"key":"client_id","value":"CLIENT_ID_PLACEHOLDER","enabled":true},{"key":"client_secret","value":"CLIENT_SECRET_PLACEHOLDER","enabled":true}],"_postman_variable_scope":"environment"}',
    gives: ['open - client_credentials -'],
  },
  {
    name: 'JetBrains: an environment with a client and no server is said',
    origin: 'tcarr-icloud/keycloak-resource, README_WINDOWS.md',
    fileName: 'http-client.env.json',
    text: '{"dev":{"oauthUrl":"https://orders.example","realm":"development","clientId":"id-orders","clientSecret":"s3cr3t-orders"}}',
    gives: [],
    says: [/^“dev” has a client and a secret, but no server; it was left out\.$/],
  },
  {
    name: 'variables: AUTH_URL beside TOKEN_URL is no Auth.js',
    text: 'CLIENT_ID=id-orders\nCLIENT_SECRET=s3cr3t-orders\nTOKEN_URL=https://orders.example/token\nAUTH_URL=https://orders.example/auth\n',
    gives: ['ready id-orders authorization_code orders.example secret'],
  },
  {
    name: 'pasted: a secret above a client is not known to be its own',
    text: 'CLIENT_SECRET=s3cr3t-orders\nCLIENT_ID=id-orders\nTOKEN_URL=https://orders.example/token\n',
    gives: ['open id-orders client_credentials orders.example'],
    says: [/\$\{CLIENT_SECRET, which stands elsewhere in the text\}/],
  },
  {
    name: 'a file: a secret may stand above its client',
    fileName: '.env',
    text: 'ORDERS_CLIENT_SECRET=s3cr3t-orders\nORDERS_CLIENT_ID=id-orders\nORDERS_TOKEN_URL=https://orders.example/token\n',
    gives: [ready],
  },
  ...[
    '# OAuth',
    '\n# OAuth 2.0 server (required)',
    '\n\n// --- Token endpoint ---',
    '\n; auth settings\n',
  ].map((header) => ({
    name: `pasted: ${JSON.stringify(header)} says only what kind of settings follow`,
    text: `CLIENT_ID=id-orders\nCLIENT_SECRET=s3cr3t-orders\n${header}\nTOKEN_URL=https://orders.example/token\n`,
    gives: [ready],
  })),
  {
    name: 'pasted: two clients directly below each other, each whole',
    text: ['orders', 'billing']
      .map(
        (one) => `CLIENT_ID=id-${one}\nCLIENT_SECRET=s3cr3t-${one}\nTOKEN_URL=https://${one}.example/token\n`,
      )
      .join(''),
    gives: [ready, 'ready id-billing client_credentials billing.example secret'],
  },
  {
    name: 'pasted: directly below each other in another order, they stay one',
    text: 'CLIENT_ID=id-orders\nCLIENT_SECRET=s3cr3t-orders\nTOKEN_URL=https://orders.example/token\nCLIENT_ID=id-billing\nTOKEN_URL=https://billing.example/token\nCLIENT_SECRET=s3cr3t-nobody\n',
    gives: [],
    says: [/There are two values for CLIENT_SECRET/],
  },
  {
    name: 'words: two clients, each by its own name',
    text: 'Hi,\n\nOrders client ID: id-orders\nOrders client secret: s3cr3t-orders\nBilling client ID: id-billing\nBilling client secret: s3cr3t-billing\n\nBest\n',
    gives: ['open id-orders client_credentials - secret', 'open id-billing client_credentials - secret'],
  },
  {
    name: 'words: two clients below each other',
    text: ['orders', 'billing']
      .map(
        (one) =>
          `Client ID: id-${one}\nClient Secret: s3cr3t-${one}\nToken URL: https://${one}.example/token\n`,
      )
      .join(''),
    gives: [ready, 'ready id-billing client_credentials billing.example secret'],
  },
  ...[undefined, 'a.js'].map((fileName) => ({
    name: `a program: a name that is not given before it is used is another text's, ${fileName ?? 'pasted'}`,
    ...(fileName !== undefined && { fileName }),
    text: `const a = { clientId: 'id-orders', clientSecret: secret, tokenUrl: 'https://orders.example/token' };\n\nsecret="s3cr3t-${fileName === undefined ? 'nobody' : 'orders'}"\n`,
    gives: fileName === undefined ? ['open id-orders client_credentials orders.example'] : [ready],
  })),
  {
    name: 'pasted: what a shell gives is no constant of JavaScript',
    text: `const t = 'https://orders.example/token';\n\nsecret="s3cr3t-nobody"\n\nconst a = { clientId: 'id-orders', clientSecret: secret, tokenUrl: t };\n`,
    gives: ['open id-orders client_credentials orders.example'],
  },
  {
    name: 'pasted: Python that uses a name of the text below',
    text: `import requests\nrequests.post("https://orders.example/token", data={"grant_type": "client_credentials", "client_id": "id-orders", "client_secret": secret})\n\nsecret = "s3cr3t-orders"\n`,
    gives: ['open id-orders client_credentials orders.example'],
  },
  ...(
    [
      [
        'a.ts',
        `const base = { ${base} };\nexport const a = { ...base, tokenUrl: 'https://orders.example/token' };\n`,
      ],
      ['a.rb', `BASE = { ${base} }\nPROD = { **BASE, token_url: 'https://orders.example/token' }\n`],
      [
        'a.php',
        `<?php\n$base = ['client_id' => 'id-orders', 'client_secret' => 's3cr3t-orders'];\n$a = [...$base, 'token_url' => 'https://orders.example/token'];\n`,
      ],
      [
        'a.py',
        `BASE = {"grant_type": "client_credentials", "client_id": "id-orders"}\nrequests.post("https://orders.example/token", data={**BASE, "client_secret": "s3cr3t-orders"})\n`,
      ],
      [
        'b.js',
        `const base = { client_id: 'id-nobody', client_secret: 's3cr3t-orders' };\nfetch('https://orders.example/token', { method: 'POST', body: new URLSearchParams({ ...base, client_id: 'id-orders', grant_type: 'client_credentials' }) });\n`,
      ],
    ] as const
  ).map(([fileName, text]) => ({
    name: `spread: what another object of ${fileName} has is put in`,
    fileName,
    text,
    gives: [ready],
  })),
  {
    name: 'spread: the secret is none for another server or another client',
    fileName: 'a.ts',
    text: `const base = { ${base}, tokenUrl: 'https://orders.example/token' };\nconst a = { ...base, tokenUrl: 'https://orders-eu.example/token' };\nconst b = { ...base, clientId: 'id-orders-b' };\n`,
    gives: [
      ready,
      'open id-orders client_credentials orders-eu.example',
      'open id-orders-b client_credentials orders.example',
    ],
  },
  {
    name: 'spread: what is not written there is named; two that spread each other end',
    fileName: 'a.ts',
    text: `const a = { ...b, ...others, clientId: 'id-orders' };\nconst b = { ...a, tokenUrl: 'https://orders.example/token' };\n`,
    gives: ['ready id-orders client_credentials orders.example'],
    says: [/^Not taken over: “\.\.\.b”, “\.\.\.others”\.$/m],
  },
  {
    name: 'PowerShell: what a script’s own parameters are without an argument',
    fileName: 'token.ps1',
    text: `<# a { b #>\n[CmdletBinding()]\nparam(\n  [Parameter()][string]$ClientId = 'id-orders',\n  [string]$ClientSecret = "s3cr3t-orders",\n  [string]$Scope\n)\n$body = @{ grant_type = 'client_credentials'; client_id = $ClientId; client_secret = $ClientSecret }\nInvoke-RestMethod -Method Post -Uri 'https://orders.example/token' -Body $body\n`,
    gives: [ready],
  },
  {
    name: 'PowerShell: those of a function are what it is called with',
    fileName: 'token.ps1',
    text: `function Get-Token {\n  param([string]$ClientId = 'id-nobody')\n  Invoke-RestMethod -Method Post -Uri 'https://orders.example/token' -Body @{ grant_type = 'client_credentials'; client_id = $ClientId }\n}\n`,
    gives: ['open - client_credentials orders.example'],
  },
  ...(
    [
      [
        'version 5',
        `let client = BasicClient::new(\n    ClientId::new("id-orders".to_string()))\n    .set_client_secret(ClientSecret::new("s3cr3t-orders".to_string()))\n    .set_auth_uri(AuthUrl::new("https://orders.example/auth".to_string())?)\n    .set_token_uri(TokenUrl::new("https://orders.example/token".to_string())?);\n`,
      ],
      [
        'version 4',
        `let client = BasicClient::new(\n    ClientId::new("id-orders".into()),\n    Some(ClientSecret::new("s3cr3t-orders".to_owned())),\n    AuthUrl::new("https://orders.example/auth".to_string())?,\n    Some(TokenUrl::new("https://orders.example/token".to_string())?),\n);\n`,
      ],
    ] as const
  ).map(([name, text]) => ({
    name: `Rust: oauth2 in ${name}`,
    fileName: 'main.rs',
    origin: 'the forms of https://docs.rs/oauth2',
    text,
    gives: ['ready id-orders authorization_code orders.example secret'],
  })),
];
