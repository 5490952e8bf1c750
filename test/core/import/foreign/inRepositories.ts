import type { ForeignFile } from './foreignFile.ts';

const tenant = '11111111-2222-3333-4444-555555555555';

/** The kinds of files that public repositories hold, in their words, with names of our own. */
export const inRepositories: readonly ForeignFile[] = [
  {
    name: 'a README that sets variables in PowerShell and in cmd',
    fileName: 'README.md',
    text: `### PowerShell
\`\`\`powershell
[Environment]::SetEnvironmentVariable("CLIENT_ID", "id-orders", "Machine")
[Environment]::SetEnvironmentVariable("TENANT_ID", "${tenant}", "Machine")
[Environment]::SetEnvironmentVariable("CLIENT_SECRET", "s3cr3t-orders", "Machine")
\`\`\`
### cmd
\`\`\`cmd
setx CLIENT_ID "id-orders" /M
setx TENANT_ID "${tenant}" /M
setx CLIENT_SECRET "s3cr3t-orders" /M
\`\`\`
`,
    gives: ['open id-orders client_credentials - secret'],
    says: [/TENANT_ID was left out: if it is one of Microsoft Entra, the issuer is https:\/\/login\.micro/],
  },
  {
    name: '.NET: secrets of a program, set by its command',
    fileName: 'secrets.sh',
    text: `dotnet user-secrets init
dotnet user-secrets set "Authentication:Google:ClientId" "id-google"
dotnet user-secrets set "Authentication:Google:ClientSecret" "s3cr3t-google"
$ dotnet user-secrets set 'Oidc:Authority' 'https://orders.dev/realms/x' --project src/Api
dotnet user-secrets set "Oidc:ClientId" "id-orders" --project src/Api
dotnet user-secrets set "Oidc:ClientSecret" "s3cr3t-orders" --project src/Api
`,
    gives: [
      'ready id-google authorization_code accounts.google.com secret',
      'ready id-orders authorization_code orders.dev secret',
    ],
  },
  {
    name: 'Grafana: a secret in a file, and a provider that is off',
    fileName: 'grafana.ini',
    text: `[security]
secret_key = LEAK
[auth.generic_oauth]
enabled = true
client_id = id-orders
client_secret = $__file{/etc/secrets/orders}
auth_url = https://orders.dev/authorize
token_url = https://orders.dev/token
[auth.okta]
enabled = false
client_id = id-okta
client_secret = s3cr3t-okta
token_url = https://okta.dev/oauth2/v1/token
`,
    gives: ['open id-orders authorization_code orders.dev'],
    says: [/placeholder \$__file\{/, /auth\.okta” is switched off/],
  },
  {
    name: 'Laravel: config/services.php',
    fileName: 'services.php',
    text: `<?php
return [
    'mailgun' => ['domain' => env('MAILGUN_DOMAIN'), 'secret' => env('MAILGUN_SECRET')],
    'keycloak' => [
        'client_id' => 'id-orders',
        'client_secret' => 's3cr3t-orders',
        'redirect' => env('KEYCLOAK_REDIRECT_URI'),
        'base_url' => 'https://orders.dev',
        'realms' => 'shop',
    ],
];
`,
    gives: ['ready id-orders authorization_code orders.dev secret'],
  },
  {
    name: 'Django: the client of Google’s in allauth’s APP',
    fileName: 'settings.py',
    text: `SECRET_KEY = 'LEAK'
SOCIALACCOUNT_PROVIDERS = {
    'google': {
        'APP': {'client_id': 'id-google', 'secret': 's3cr3t-google', 'key': ''},
        'AUTH_PARAMS': {'access_type': 'online'},
    },
}
`,
    gives: ['ready id-google authorization_code accounts.google.com secret'],
  },
  {
    name: 'Keycloak: a realm written by hand, whose client leaves its flows open',
    fileName: 'realm.json',
    text: JSON.stringify({
      realm: 'shop',
      attributes: { frontendUrl: 'https://web.dev' },
      clients: [
        { clientId: 'id-web', publicClient: true, redirectUris: ['http://localhost:3000/cb'] },
        { clientId: 'api', bearerOnly: true },
      ],
    }),
    gives: ['ready id-web authorization_code web.dev'],
  },
  {
    name: 'Compose: one client merged into services of two servers',
    fileName: 'docker-compose.yml',
    text: `x-oidc: &oidc
  OIDC_CLIENT_ID: id-orders
  OIDC_CLIENT_SECRET: s3cr3t-orders
services:
  web: { environment: { <<: *oidc, OIDC_ISSUER: https://orders.dev } }
  worker: { environment: { <<: *oidc, OIDC_ISSUER: https://orders-eu.dev } }
`,
    gives: [
      'ready id-orders authorization_code orders.dev',
      'ready id-orders authorization_code orders-eu.dev',
    ],
    says: [/The secret stands there for orders\.dev, too: it was not taken/],
  },
  {
    name: 'a README with files of two tools in its fences',
    fileName: 'README.md',
    text: `Import:
\`\`\`json
{"dev":{"Security":{"Auth":{"demo":{"Type":"OAuth2","Grant Type":"Client Credentials","Token URL":"https://orders.dev/token","Client ID":"id-orders","Client Secret":"s3cr3t-orders"}}}}}
\`\`\`
and
\`\`\`yaml
spring.security.oauth2.client:
  registration.billing: { client-id: id-billing, client-secret: s3cr3t-billing, authorization-grant-type: client_credentials }
  provider.billing.token-uri: https://billing.dev/token
\`\`\`
`,
    gives: [
      'ready id-orders client_credentials orders.dev secret',
      'ready id-billing client_credentials billing.dev secret',
    ],
  },
  {
    name: 'kubectl: a Secret that holds a secret alone, and two that hold clients',
    fileName: 'setup.sh',
    text: `kubectl create secret generic keycloak \\
  --from-literal=client-secret=s3cr3t-any \\
  -n workout
oc create secret generic orders --from-literal=issuer-url=https://orders.dev --from-literal=client-id=id-orders --from-literal=client-secret=s3cr3t-orders
`,
    gives: ['ready id-orders client_credentials orders.dev secret'],
    says: [/“keycloak: client-secret” is a secret without its client/],
  },
  {
    name: 'JetBrains: a configuration that stands in the environment itself',
    fileName: 'http-client.env.json',
    text: '{"local":{"host":"https://api.dev","auth-dev":{"Type":"OAuth2","Grant Type":"Client Credentials","Token URL":"https://orders.dev/token","Client ID":"id-orders","Client Secret":"s3cr3t-orders"}}}',
    gives: ['ready id-orders client_credentials orders.dev secret'],
  },
  ...[
    'Read-Host "secret"',
    '(Get-Content secret.txt)',
    '[Environment]::GetEnvironmentVariable("S")',
    'input("Secret: ")',
    "config('CLIENT_SECRET')",
    'st.secrets["client_secret"]',
  ].map((value) => ({
    name: `what a program asks for or looks up: ${value}`,
    fileName: 'env.ps1',
    text: `$CLIENT_ID = "id-orders"\n$CLIENT_SECRET = ${value}\n$TOKEN_URL = "https://orders.dev/token"\n`,
    gives: ['open id-orders client_credentials orders.dev'],
    says: [/client secret holds the placeholder/],
  })),
  {
    name: 'a refresh token beside its client',
    fileName: '.env',
    text: 'ZOHO_CLIENT_ID=id-orders\nZOHO_CLIENT_SECRET=s3cr3t-orders\nZOHO_REFRESH_TOKEN=LEAK\nZOHO_TOKEN_URL=https://orders.dev/token\n',
    gives: ['ready id-orders refresh_token orders.dev secret'],
    says: [/The refresh token was left out: it is asked for here/],
  },
  {
    name: 'Postman: an environment with a secret that no client of it has',
    fileName: 'dev.postman_environment.json',
    text: JSON.stringify({
      name: 'Dev',
      _postman_variable_scope: 'environment',
      values: Object.entries({
        client_id: 'id-orders',
        client_secret: 's3cr3t-orders',
        token_url: 'https://orders.dev/token',
        billing_client_secret: 's3cr3t-billing',
      }).map(([key, value]) => ({ key, value, enabled: true })),
    }),
    gives: ['ready id-orders client_credentials orders.dev secret'],
    says: [/“Dev: billing_client_secret” is a secret without its client/],
  },
  {
    name: 'Azure Pipelines: variables in a list',
    fileName: 'azure-pipelines.yml',
    text: `variables:
  - group: x
  - name: clientId
    value: id-orders
  - name: clientSecret
    value: $(secretFromVault)
  - name: tokenUrl
    value: https://orders.dev/token
`,
    gives: ['open id-orders client_credentials orders.dev'],
    says: [/placeholder \$\(secretFromVault\)/],
  },
  {
    name: 'Spring: documents of a .properties file',
    fileName: 'application.properties',
    text: `spring.security.oauth2.client.registration.orders.client-id=id-orders
spring.security.oauth2.client.registration.orders.client-secret=s3cr3t-orders
spring.security.oauth2.client.registration.orders.authorization-grant-type=client_credentials
spring.security.oauth2.client.registration.orders.provider=kc
spring.security.oauth2.client.provider.kc.token-uri=https://orders.dev/token
#---
spring.config.activate.on-profile=eu
spring.security.oauth2.client.provider.kc.token-uri=https://orders-eu.dev/token
`,
    gives: [
      'ready id-orders client_credentials orders.dev secret',
      'ready id-orders client_credentials orders-eu.dev',
    ],
    says: [/The secret stands there for orders\.dev, too: it was not taken/],
  },
  {
    name: 'Micronaut: clients, one with its proof beside the address',
    fileName: 'application.yml',
    text: `micronaut:
  security:
    oauth2:
      clients:
        orders:
          client-id: id-orders
          client-secret: s3cr3t-orders
          authorization: { url: https://orders.dev/authorize }
          token: { url: https://orders.dev/token, auth-method: client-secret-post }
`,
    gives: ['ready id-orders authorization_code orders.dev secret'],
  },
  {
    name: 'mcp.json: a server in a container, its client in the arguments of docker',
    fileName: 'mcp.json',
    text: JSON.stringify({
      servers: {
        orders: {
          command: 'docker',
          args: [
            'run',
            '-i',
            '-e',
            'CLIENT_ID=id-orders',
            '-e',
            'CLIENT_SECRET=s3cr3t-orders',
            '--env',
            'TOKEN_URL=https://orders.dev/token',
            'image',
          ],
        },
      },
    }),
    gives: ['ready id-orders client_credentials orders.dev secret'],
  },
  {
    name: 'Azure Functions: a secret alone among Values',
    fileName: 'local.settings.json',
    text: JSON.stringify({ IsEncrypted: false, Values: { 'Billing:ClientSecret': 's3cr3t-billing' } }),
    gives: [],
    says: [/^“Billing:ClientSecret” is a secret without its client/m],
  },
];
