import { base64, type ForeignFile } from './foreignFile.ts';

const json = (value: unknown) => JSON.stringify(value, undefined, 2);

const bru = (name: string) => `auth:oauth2 {
  grant_type: client_credentials
  access_token_url: https://${name}.dev/token
  client_id: id-${name}
  client_secret: s3cr3t-${name}
}

auth:oauth2:additional_params:access_token_req:body {
  audience: ${name}
}
`;

const mcp = (server: unknown) => json({ mcpServers: { orders: server } });

/** What is not taken over is said by its name, and two clients of one place are two. */
export const leftOut: readonly ForeignFile[] = [
  {
    name: '.NET user-secrets: a secret whose client stands in appsettings.json',
    fileName: 'secrets.json',
    text: json({ 'Authentication:Google:ClientSecret': 's3cr3t-orders', 'ConnectionStrings:Db': 'x' }),
    gives: [],
    says: [/“Authentication:Google:ClientSecret” is a secret without its client/],
  },
  {
    name: '.NET user-secrets: the same in sections',
    fileName: 'secrets.json',
    text: json({ AzureAd: { ClientSecret: 's3cr3t-orders' } }),
    gives: [],
    says: [/“AzureAd: ClientSecret” is a secret without its client/],
  },
  {
    name: 'Kubernetes: a Secret that holds a secret alone',
    fileName: 'secret.yaml',
    text: `apiVersion: v1
kind: Secret
metadata: { name: orders }
stringData:
  CLIENT_SECRET: s3cr3t-orders
---
apiVersion: v1
kind: Secret
metadata: { name: billing }
data:
  oidc-client-secret: ${base64('s3cr3t-billing')}
`,
    gives: [],
    says: [
      /“orders: CLIENT_SECRET” is a secret without its client/,
      /“billing: oidc-client-secret” is a secret without its client/,
    ],
  },
  {
    name: 'Helm: a secret beside whole clients',
    fileName: 'values.yaml',
    text: `orders:
  clientId: id-orders
  clientSecret: s3cr3t-orders
  tokenUrl: https://orders.dev/token
dex:
  config: { clientSecret: s3cr3t-dex }
`,
    gives: ['ready id-orders client_credentials orders.dev secret'],
    says: [/“dex: clientSecret” is a secret without its client/],
  },
  {
    name: 'Compose: secrets alone in the environments of services',
    fileName: 'docker-compose.yml',
    text: `services:
  web:
    environment:
      OIDC_CLIENT_SECRET: s3cr3t-web
  api:
    environment:
      - CLIENT_SECRET=s3cr3t-api
    command: [serve, --client-secret=s3cr3t-more]
`,
    gives: [],
    says: [
      /“web: OIDC_CLIENT_SECRET” is a secret/,
      /“api: CLIENT_SECRET” is a secret/,
      /“api: client-secret” is a secret/,
    ],
  },
  {
    name: 'settings: a secret that was taken is not called left out, nor is a text about one',
    fileName: 'settings.json',
    text: json({
      orders: {
        clientId: 'id-orders',
        tokenUrl: 'https://orders.dev/token',
        credentials: { clientSecret: 's3cr3t-orders' },
      },
      labels: { clientSecret: 'Client secret', clientSecretHelp: 'The secret of the client.' },
      schema: { properties: { clientSecret: { type: 'string' } } },
    }),
    gives: ['ready id-orders client_credentials orders.dev secret'],
  },
  {
    name: 'Postman: a request that refreshes a token',
    fileName: 'shop.json',
    text: json({
      info: { name: 'Shop', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
      item: [
        {
          name: 'Refresh',
          request: {
            method: 'POST',
            url: 'https://orders.dev/token',
            body: {
              mode: 'urlencoded',
              urlencoded: [
                { key: 'grant_type', value: 'refresh_token' },
                { key: 'refresh_token', value: 'LEAK' },
                { key: 'client_id', value: 'id-orders' },
                { key: 'client_secret', value: 's3cr3t-orders' },
              ],
            },
          },
        },
      ],
    }),
    gives: ['ready id-orders refresh_token orders.dev secret'],
    says: [/The refresh token was left out: it is asked for here\./],
  },
  {
    name: 'curl: a code, which is for once',
    text: 'curl https://orders.dev/token -d grant_type=authorization_code -d code=LEAK -d client_id=id-orders -d redirect_uri=http://localhost:1/cb',
    gives: ['open id-orders authorization_code orders.dev'],
    says: [/The code was left out: it is good for one request\./],
  },
  {
    name: 'mcp.json: a second client in the arguments of a program',
    fileName: 'mcp.json',
    text: mcp({
      command: 'npx',
      args: [
        '-y',
        'x',
        '--client-id',
        'id-billing',
        '--client-secret=s3cr3t-billing',
        '--token-url',
        'https://billing.dev/token',
      ],
      env: { CLIENT_ID: 'id-orders', CLIENT_SECRET: 's3cr3t-orders', TOKEN_URL: 'https://orders.dev/token' },
    }),
    gives: [
      'ready id-orders client_credentials orders.dev secret',
      'ready id-billing client_credentials billing.dev secret',
    ],
  },
  {
    name: 'mcp.json: a client of another server in the environment of a server with an address',
    fileName: 'mcp.json',
    text: mcp({
      url: 'https://orders.dev/mcp',
      oauth: { clientId: 'id-orders' },
      env: {
        CLIENT_ID: 'id-billing',
        CLIENT_SECRET: 's3cr3t-billing',
        TOKEN_URL: 'https://billing.dev/token',
      },
    }),
    gives: ['open id-orders authorization_code -', 'ready id-billing client_credentials billing.dev secret'],
  },
  {
    name: 'mcp.json: a secret alone',
    fileName: 'mcp.json',
    text: mcp({ command: 'npx', args: ['x'], env: { CLIENT_SECRET: 's3cr3t-orders' } }),
    gives: [],
    says: [/“orders: CLIENT_SECRET” is a secret without its client/],
  },
  {
    name: 'Bruno: two clients in one file',
    fileName: 'two.bru',
    text: `meta {\n  name: Two\n}\n\n${bru('orders')}\n${bru('billing')}`,
    gives: [
      'ready id-orders client_credentials orders.dev secret',
      'ready id-billing client_credentials billing.dev secret',
    ],
  },
  {
    name: 'Spring: a provider in one document, its registration in that of an environment',
    fileName: 'application.yml',
    text: `spring.security.oauth2.client.provider.orders.token-uri: https://orders.dev/token
---
spring:
  config.activate.on-profile: prod
  security.oauth2.client.registration.orders:
    client-id: id-orders
    client-secret: s3cr3t-orders
    authorization-grant-type: client_credentials
`,
    gives: ['ready id-orders client_credentials orders.dev secret'],
  },
  {
    name: 'Spring: a registration, and the servers of two environments',
    fileName: 'application.yml',
    text: `spring.security.oauth2.client.registration.orders:
  client-id: id-orders
  client-secret: s3cr3t-orders
  authorization-grant-type: client_credentials
---
spring:
  config.activate.on-profile: dev
  security.oauth2.client.provider.orders.token-uri: https://orders-dev.dev/token
---
spring:
  profiles: prod
  security.oauth2.client.provider.orders.token-uri: https://orders-prod.dev/token
`,
    gives: [
      'ready id-orders client_credentials orders-dev.dev',
      'ready id-orders client_credentials orders-prod.dev',
    ],
    says: [/The secret stands there for orders-prod\.dev, too: it was not taken/],
  },
  {
    name: 'Spring: another client and server in an environment',
    fileName: 'application.yml',
    text: `spring.security.oauth2.client:
  registration.shop: { client-id: id-orders, client-secret: s3cr3t-orders, authorization-grant-type: client_credentials }
  provider.shop.token-uri: https://orders.dev/token
---
spring:
  config.activate.on-profile: dev
  security.oauth2.client:
    registration.shop.client-id: id-billing
    provider.shop.token-uri: https://billing.dev/token
`,
    gives: [
      'ready id-orders client_credentials orders.dev secret',
      'open id-billing client_credentials billing.dev',
    ],
    says: [/whose it is cannot be known/],
  },
  {
    name: 'Windows: setx',
    fileName: 'setx.cmd',
    text: 'setx CLIENT_ID id-orders\r\nsetx CLIENT_SECRET "s3cr3t-orders" /M\r\nsetx /m TOKEN_URL https://orders.dev/token\r\n',
    gives: ['ready id-orders client_credentials orders.dev secret'],
  },
  ...['env.ps1', undefined].map((fileName) => ({
    name: `PowerShell: variables of the computer (${fileName ?? 'pasted'})`,
    ...(fileName !== undefined && { fileName }),
    text: `[Environment]::SetEnvironmentVariable('CLIENT_ID', 'id-orders', 'User')
[System.Environment]::SetEnvironmentVariable("CLIENT_SECRET", "s3cr3t-orders", [System.EnvironmentVariableTarget]::User)
[Environment]::SetEnvironmentVariable('TOKEN_URL','https://orders.dev/token')
`,
    gives: ['ready id-orders client_credentials orders.dev secret'],
  })),
  {
    name: 'PowerShell: names in braces, several in one line',
    fileName: 'env.ps1',
    text: '${env:CLIENT_ID} = "id-orders"; $Env:CLIENT_SECRET=\'s3cr3t-orders\'\n$env:TOKEN_URL="https://orders.dev/token"; Set-Item -Path Env:SCOPE -Value "a b"\n',
    gives: ['ready id-orders client_credentials orders.dev secret'],
  },
  {
    name: 'SECRET beside CLIENT_ID is taken, and said',
    fileName: '.env',
    text: 'CLIENT_ID=id-orders\nSECRET=s3cr3t-orders\nTOKEN_URL=https://orders.dev/token\n',
    gives: ['ready id-orders client_credentials orders.dev secret'],
    says: [/“SECRET” was taken for the client’s secret/],
  },
  ...['SECRET', 'APP_SECRET'].map((name) => ({
    name: `${name} beside CLIENT_SECRET is that of the application’s sessions`,
    fileName: '.env',
    text: `CLIENT_ID=id-orders\nCLIENT_SECRET=s3cr3t-orders\n${name}=LEAK\nTOKEN_URL=https://orders.dev/token\n`,
    gives: ['ready id-orders client_credentials orders.dev secret'],
  })),
  {
    name: 'Symfony: APP_SECRET is that of the application',
    fileName: '.env',
    text: 'APP_ENV=dev\nAPP_SECRET=LEAK\nCLIENT_ID=id-orders\nTOKEN_URL=https://orders.dev/token\n',
    gives: ['ready id-orders client_credentials orders.dev'],
    says: [/APP_SECRET may be the client’s secret; it was not taken/],
  },
  {
    name: 'an application’s id and secret are a client’s',
    fileName: '.env',
    text: 'APP_ID=id-orders\nAPP_SECRET=s3cr3t-orders\nTOKEN_URL=https://orders.dev/token\n',
    gives: ['ready id-orders client_credentials orders.dev secret'],
  },
  {
    name: 'lines that stand further in are another’s, in what is neither YAML nor lines',
    text: 'CLIENT_ID=id-orders\nTOKEN_URL=https://orders.dev/token\n\nprovider :openid_connect,\n  name: :billing,\n  issuer: "https://billing.dev",\n',
    gives: ['ready id-orders client_credentials orders.dev'],
  },
  {
    name: 'lines that all stand further in are one client’s',
    text: '    client_id: id-orders\n    client_secret: s3cr3t-orders\n    token_url: https://orders.dev/token\n',
    gives: ['ready id-orders client_credentials orders.dev secret'],
  },
  {
    name: 'express-openid-connect: SECRET is that of its cookies',
    fileName: '.env',
    text: 'ISSUER_BASE_URL=https://orders.dev\nCLIENT_ID=id-orders\nBASE_URL=http://localhost:3000\nSECRET=LEAK\n',
    gives: ['ready id-orders authorization_code orders.dev'],
    says: [/SECRET may be the client’s secret; it was not taken/],
  },
];
