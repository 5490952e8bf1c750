import { base64, type ForeignFile } from './foreignFile.ts';

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
    name: 'Markdown: a client in a program, and another’s server in the next',
    fileName: 'README.md',
    text: `# Two\n\n${fenced('CLIENT_ID = "id-orders"\nCLIENT_SECRET = "s3cr3t-orders"\n', 'python')}\n## Parcels\n\n${fenced('TOKEN_URL = "https://parcels.example/token"\n', 'python')}`,
    gives: ['open id-orders client_credentials - secret'],
    says: [/TOKEN_URL, which stands elsewhere in the text/],
  },
  {
    name: 'Markdown: the same in fences directly below each other',
    fileName: 'README.md',
    text: `${fenced('CLIENT_ID = "id-orders"\nCLIENT_SECRET = "s3cr3t-orders"\n', 'python')}${fenced('TOKEN_URL = "https://parcels.example/token"\n', 'python')}`,
    gives: ['open id-orders client_credentials - secret'],
  },
  {
    name: 'Markdown: a registration of Spring’s, and another’s provider of the same name',
    fileName: 'README.md',
    text: `${fenced(`${spring}.registration.idp.client-id=id-orders\n${spring}.registration.idp.client-secret=s3cr3t-orders\n${spring}.registration.idp.authorization-grant-type=client_credentials\n`, 'properties')}\n## Parcels\n\n${fenced(`${spring}.provider.idp.token-uri=https://parcels.example/token\n`, 'properties')}`,
    gives: ['open id-orders client_credentials - secret', 'open - authorization_code parcels.example'],
  },
  {
    name: 'Markdown: a client in an indented block',
    fileName: 'README.md',
    text: `# Orders\n\nSet these:\n\n${variables('orders').replace(/^(?=.)/gm, '    ')}`,
    gives: [ready],
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
    name: 'settings: a value beside what it is by default',
    fileName: 'settings.json',
    text: JSON.stringify({
      client_id: { default: 'id-parcels', value: 'id-orders' },
      client_secret: { default: 's3cr3t-parcels', value: 's3cr3t-orders' },
      token_url: { value: 'https://orders.example/token' },
    }),
    gives: [ready],
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
    name: 'Markdown: fences within a quote, one directly below the other',
    fileName: 'README.md',
    text: '> ```\n> export TOKEN_URL=https://parcels.example/token\n> ```\n> ```bash\n> export CLIENT_ID=id-orders\n> export TOKEN_URL=https://orders.example/token\n> ```\n',
    gives: ['open id-orders client_credentials -'],
  },
  {
    name: 'Markdown: a file in one fence, and an object of a program in the next',
    fileName: 'README.md',
    text: `${fenced(variables('orders'), 'env')}\n${fenced("{\n  clientId: 'id-billing',\n  clientSecret: 's3cr3t-billing',\n  tokenUrl: 'https://billing.example/token',\n}\n")}`,
    gives: [ready, 'ready id-billing client_credentials billing.example secret'],
  },
  {
    name: 'Markdown: constants of Java, of several clients directly below each other',
    text: '---\ntitle: Page\n---\n\nprivate static final String TOKEN_URL = "https://parcels.example/token";\nprivate static final String CLIENT_ID = "id-orders";\nprivate static final String CLIENT_SECRET = "s3cr3t-orders";\nprivate static final String TOKEN_URL = "https://orders.example/token";\n',
    gives: [],
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
  {
    name: 'oauth2-proxy: variables and arguments of one container',
    origin: 'tenshi-lab-kube/tenshi-portal, k8s/oauth2-proxy.yaml',
    fileName: 'oauth2-proxy.yaml',
    text: 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: portal-auth\nspec:\n  template:\n    spec:\n      containers:\n        - name: oauth2-proxy\n          env:\n            - name: OAUTH2_PROXY_CLIENT_ID\n              value: id-orders\n            - name: OAUTH2_PROXY_CLIENT_SECRET\n              valueFrom:\n                secretKeyRef:\n                  name: portal-oidc\n                  key: client-secret\n          args:\n            - --http-address=0.0.0.0:4180\n            - --provider=oidc\n            - --oidc-issuer-url=https://auth.orders.example/application/o/home-oidc/\n            - --redirect-url=https://home.orders.example/oauth2/callback\n            - --scope=openid profile email\n',
    gives: ['open id-orders authorization_code auth.orders.example'],
    fields: [{ scopes: ['openid', 'profile', 'email'], clientAuthentication: 'client_secret_basic' }],
    says: [/client secret holds the placeholder \$\{from secretKeyRef\}/],
  },
  {
    name: 'oauth2-proxy: a secret from a variable is no second one',
    origin: 'sedrash/mini-cloud-zero-trust, k8s/oauth2-proxy.yaml',
    fileName: 'oauth2-proxy.yaml',
    text: 'kind: Deployment\nmetadata:\n  name: oauth2-proxy\nspec:\n  template:\n    spec:\n      containers:\n      - name: oauth2-proxy\n        args:\n          - --provider=oidc\n          - --oidc-issuer-url=https://orders.example/realms/zerotrust\n          - --client-id=id-orders\n          - --client-secret=$(CLIENT_SECRET)\n          - --redirect-url=http://front.orders.local/oauth2/callback\n          - --cookie-secret=$(COOKIE_SECRET)\n        env:\n          - name: CLIENT_SECRET\n            valueFrom:\n              secretKeyRef:\n                name: oauth2-proxy-secret\n                key: client-secret\n',
    gives: ['open id-orders authorization_code orders.example'],
    says: [
      /^The redirect URI \S+ belongs [^\n]+\nclient secret holds the placeholder \$\(CLIENT_SECRET\)\. Fill in its value\.$/,
    ],
  },
  {
    name: 'oauth2-proxy: a provider that is known by name, beside addresses of its own',
    origin: 'romelraisul/fullstack-ecosystem, docker-compose.oauth2-proxy.yml',
    fileName: 'docker-compose.yml',
    text: 'services:\n  oauth2-proxy:\n    image: quay.io/oauth2-proxy/oauth2-proxy:latest\n    environment:\n      - OAUTH2_PROXY_CLIENT_ID=${OAUTH2_PROXY_CLIENT_ID}\n      - OAUTH2_PROXY_CLIENT_SECRET=${OAUTH2_PROXY_CLIENT_SECRET}\n    command:\n      - --provider=google\n      - --email-domain=*\n      - --upstream=http://api:8000\n      - --redirect-url=https://localhost:8444/oauth2/callback\n',
    gives: ['open - authorization_code accounts.google.com'],
    says: [/“google” is taken to be the public one/],
  },
  ...(
    [
      ['a part', 'xxxx6ddc-xxxx-xxxx-xxx-ef78a99dxxxx', 'xxxx79dc-xxxx-xxxx-xxxx-aaaaaec5xxxx'],
      ['all', 'XXXXXXXX-XXXX-XXXX-XXXX-XXXXXXXXXXXX', 'xxxxx-xxxx-xxxx-xxxx-xxxxxxxxxx'],
      ['words', 'a-client-id', 'a-client-secret'],
      ['the id of nothing', '00000000-0000-0000-0000-000000000000', '...'],
    ] as const
  ).map(([name, id, secret]) => ({
    name: `Azure: on a page, made unreadable: ${name}`,
    origin: 'pages on GitHub’s actions and az ad sp create-for-rbac',
    fileName: 'README.md',
    text: fenced(
      `${JSON.stringify({
        clientId: id,
        clientSecret: secret,
        tenantId: name === 'words' ? 'a-tenant-id' : id,
        activeDirectoryEndpointUrl: 'https://login.microsoftonline.com',
        resourceManagerEndpointUrl: 'https://management.azure.com/',
      })}\n`,
      'json',
    ),
    gives: ['open - client_credentials -'],
    says: [/tokenEndpoint|issuer holds the placeholder/, /clientId holds the placeholder/],
  })),
  {
    name: 'Markdown: a registration’s answer, and the same client read later without its secret',
    origin: 'a page on RFC 7592',
    fileName: 'API.md',
    text: `${fenced('{ "client_id": "id-orders", "client_secret": "s3cr3t-orders", "redirect_uris": ["https://orders.example/cb"], "token_endpoint_auth_method": "client_secret_basic", "client_secret_expires_at": 0, "registration_client_uri": "https://orders.example/register/id-orders" }\n', 'json')}\n${fenced('{ "client_id": "id-orders", "redirect_uris": ["https://orders.example/cb"], "registration_client_uri": "https://orders.example/register/id-orders" }\n', 'json')}`,
    gives: ['open id-orders authorization_code - secret'],
  },
  {
    name: 'curl: an address without its scheme, the parameters in it, and the answer below',
    origin: 'googlehenry/peacerise-auth, README.md',
    fileName: 'README.md',
    text: `\n### API Examples:\n 1. Get app token\n${fenced(`\n$ curl -ik -X POST orders.localhost:9000/oauth2/token?grant_type=client_credentials --header "Content-Type: application/x-www-form-urlencoded" --header "Authorization: Basic ${base64('id-orders:s3cr3t-orders')}"\nHTTP/1.1 200\nContent-Type: application/json;charset=UTF-8\n\n{"access_token":"a.b.c","token_type":"Bearer","expires_in":299}\n\n`)}`,
    gives: ['open id-orders client_credentials orders.localhost:9000 secret'],
    fields: [{ tokenEndpoint: 'http://orders.localhost:9000/oauth2/token' }],
  },
  {
    name: 'Keycloak: a public client has no secret, whatever stands there; a default is its name',
    origin: 'consiglionazionaledellericerche/sigla-ng, src/main/resources/application-keycloak.yml',
    fileName: 'application-keycloak.yml',
    text: 'keycloak:\n    auth-server-url: https://orders.example/auth\n    realm: cnr\n    resource: ${KEYCLOAK_CLIENT_ID:id-orders}\n    ssl-required: NONE\n    credentials:\n        secret: s3cr3t-nobody\n    public-client: true\n',
    gives: ['ready id-orders authorization_code orders.example'],
    fields: [{ name: 'id-orders', clientAuthentication: 'none' }],
    says: [/Not taken over: “credentials.secret”/],
  },
  {
    name: 'Google: a web client whose redirect is still to be filled in',
    origin: 'dhawalshah/google-ads-mcp, client_secret.json.example',
    fileName: 'client_secret.json',
    text: '{ "web": { "client_id": "id-orders", "project_id": "orders", "auth_uri": "https://orders.example/o/oauth2/auth", "token_uri": "https://oauth2.orders.example/token", "client_secret": "s3cr3t-orders", "redirect_uris": ["https://YOUR-CLOUD-RUN-URL/auth/callback"] } }',
    gives: ['ready id-orders authorization_code oauth2.orders.example secret'],
    fields: [{ redirectUri: 'http://127.0.0.1/callback' }],
    says: [/redirect URI holds the placeholder YOUR-CLOUD-RUN-URL/],
  },
];
