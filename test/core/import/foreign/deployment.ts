import { base64, type ForeignFile } from './foreignFile.ts';

/** Files that say what runs where: Kubernetes, Docker, GitHub, Azure, GitLab, AWS. */
export const deployment: readonly ForeignFile[] = [
  {
    name: 'Kubernetes: two Secrets, data and stringData, and a ConfigMap',
    fileName: 'secrets.yaml',
    text: `apiVersion: v1
kind: Secret
metadata: { name: orders }
type: Opaque
data:
  CLIENT_ID: ${base64('id-orders')}
  CLIENT_SECRET: ${base64('s3cr3t-orders')}
  TOKEN_URL: ${base64('https://orders.example/token')}
---
apiVersion: v1
kind: Secret
metadata:
  name: billing
stringData:
  client-id: id-billing
  client-secret: s3cr3t-billing
  issuer: https://billing.example
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: web
data:
  OIDC_CLIENT_ID: id-web
  OIDC_ISSUER: https://web.example
`,
    gives: [
      'ready id-orders client_credentials orders.example secret',
      'ready id-billing client_credentials billing.example secret',
      'ready id-web authorization_code web.example',
    ],
  },
  {
    name: 'Kubernetes: a List, and data that is no base64',
    fileName: 'list.json',
    text: JSON.stringify({
      kind: 'List',
      apiVersion: 'v1',
      items: [
        {
          kind: 'Secret',
          metadata: { name: 'orders' },
          data: {
            client_id: base64('id-orders\n'),
            client_secret: base64('s3cr3t-orders\n'),
            token_url: base64('https://orders.example/token\n'),
          },
        },
        {
          kind: 'Secret',
          metadata: { name: 'broken' },
          data: {
            client_id: 'id-broken',
            client_secret: '!!no base64!!',
            token_url: base64('https://broken.example/t'),
          },
        },
      ],
    }),
    gives: ['ready id-orders client_credentials orders.example secret'],
    says: [/client_id.*base64/],
  },
  {
    name: 'Kubernetes: a Secret that holds a whole .env file',
    text: `kind: Secret
apiVersion: v1
metadata:
  name: app
data:
  .env: ${base64('CLIENT_ID=id-orders\nCLIENT_SECRET=s3cr3t-orders\nTOKEN_URL=https://orders.example/token\n')}
`,
    gives: ['ready id-orders client_credentials orders.example secret'],
  },
  {
    name: 'Kubernetes: a Deployment, two containers with env lists and references',
    fileName: 'deployment.yaml',
    text: `apiVersion: apps/v1
kind: Deployment
metadata: { name: shop }
spec:
  template:
    spec:
      containers:
        - name: orders
          env:
            - name: CLIENT_ID
              value: id-orders
            - name: CLIENT_SECRET
              valueFrom:
                secretKeyRef: { name: orders, key: client-secret }
            - name: TOKEN_URL
              value: https://orders.example/token
        - name: billing
          env:
            - { name: CLIENT_ID, value: id-billing }
            - { name: CLIENT_SECRET, value: s3cr3t-billing }
            - { name: TOKEN_URL, value: "https://billing.example/token" }
`,
    gives: [
      'open id-orders client_credentials orders.example',
      'ready id-billing client_credentials billing.example secret',
    ],
    says: [/secretKeyRef/],
  },
  {
    name: 'Docker Compose: environment as a list and as a map, env_file',
    fileName: 'compose.yaml',
    text: `services:
  orders:
    image: orders
    environment:
      - CLIENT_ID=id-orders
      - CLIENT_SECRET=s3cr3t-orders
      - "TOKEN_URL=https://orders.example/token"
      - HTTP_PROXY
  billing:
    image: billing
    environment:
      CLIENT_ID: id-billing
      CLIENT_SECRET: \${BILLING_SECRET:?required}
      TOKEN_URL: https://billing.example/token
  web:
    image: web
    env_file: [web.env]
    environment:
      CLIENT_ID: id-web
      ISSUER: https://web.example
`,
    gives: [
      'ready id-orders client_credentials orders.example secret',
      'open id-billing client_credentials billing.example',
      'ready id-web client_credentials web.example',
    ],
    says: [/BILLING_SECRET/, /web\.env/],
  },
  {
    name: 'Docker Compose: anchors, merge keys, !reset and a commented secret',
    fileName: 'docker-compose.yml',
    text: `x-orders: &orders
  TOKEN_URL: https://orders.example/token
  CLIENT_ID: id-orders
services:
  one:
    environment:
      <<: *orders
      CLIENT_SECRET: s3cr3t-orders
      # CLIENT_SECRET: LEAK-old
  two:
    environment: !reset null
  three:
    environment: &billing
      CLIENT_ID: id-billing
      TOKEN_URL: https://billing.example/token
  four:
    environment:
      <<: [*billing]
      CLIENT_SECRET: s3cr3t-billing
`,
    gives: [
      'ready id-orders client_credentials orders.example secret',
      'ready id-billing client_credentials billing.example secret',
    ],
  },
  {
    name: 'GitHub Actions: env of the workflow, of jobs and of steps',
    fileName: 'ci.yml',
    text: `on: push
env:
  TOKEN_URL: https://orders.example/token
jobs:
  a:
    runs-on: ubuntu-latest
    env:
      CLIENT_ID: id-orders
      CLIENT_SECRET: \${{ secrets.CLIENT_SECRET }}
      TOKEN_URL: https://orders.example/token
    steps:
      - run: npm test
  b:
    runs-on: ubuntu-latest
    steps:
      - run: npm test
        env:
          CLIENT_ID: id-billing
          CLIENT_SECRET: s3cr3t-billing
          TOKEN_URL: https://billing.example/token
`,
    gives: [
      'open id-orders client_credentials orders.example',
      'ready id-billing client_credentials billing.example secret',
    ],
    says: [/secrets\.CLIENT_SECRET/],
  },
  {
    name: 'GitLab: variables with !reference and value objects',
    fileName: '.gitlab-ci.yml',
    text: `.shared:
  variables:
    TOKEN_URL: https://orders.example/token
orders:
  variables:
    CLIENT_ID: id-orders
    CLIENT_SECRET: s3cr3t-orders
    TOKEN_URL: !reference [.shared, variables, TOKEN_URL]
billing:
  variables:
    CLIENT_ID: { value: id-billing, description: the client }
    CLIENT_SECRET: $BILLING_SECRET
    TOKEN_URL: { value: "https://billing.example/token" }
`,
    gives: [
      'open id-orders client_credentials - secret',
      'open id-billing client_credentials billing.example',
    ],
    says: [/reference/, /\$BILLING_SECRET/],
  },
  {
    name: 'Azure Functions: local.settings.json, flat names',
    fileName: 'local.settings.json',
    text: JSON.stringify({
      IsEncrypted: false,
      Values: {
        FUNCTIONS_WORKER_RUNTIME: 'dotnet',
        'Orders:ClientId': 'id-orders',
        'Orders:ClientSecret': 's3cr3t-orders',
        'Orders:TokenUrl': 'https://orders.example/token',
        Billing__ClientId: 'id-billing',
        Billing__ClientSecret: 's3cr3t-billing',
        Billing__TokenUrl: 'https://billing.example/token',
      },
    }),
    gives: [
      'ready id-orders client_credentials orders.example secret',
      'ready id-billing client_credentials billing.example secret',
    ],
  },
  {
    name: 'Visual Studio: launchSettings.json of two profiles',
    fileName: 'launchSettings.json',
    text: `\ufeff${JSON.stringify({
      profiles: {
        dev: {
          commandName: 'Project',
          environmentVariables: {
            CLIENT_ID: 'id-dev',
            CLIENT_SECRET: 's3cr3t-dev',
            TOKEN_URL: 'https://dev.example/token',
          },
        },
        prod: {
          environmentVariables: { CLIENT_ID: 'id-prod', TOKEN_URL: 'https://prod.example/token' },
        },
      },
    })}`,
    gives: [
      'ready id-dev client_credentials dev.example secret',
      'ready id-prod client_credentials prod.example',
    ],
  },
  {
    name: 'AWS: a task definition’s environment of two containers',
    fileName: 'task.json',
    text: JSON.stringify({
      containerDefinitions: [
        {
          name: 'orders',
          environment: [
            { name: 'CLIENT_ID', value: 'id-orders' },
            { name: 'TOKEN_URL', value: 'https://orders.example/token' },
          ],
          secrets: [{ name: 'CLIENT_SECRET', valueFrom: 'arn:aws:ssm:eu-west-1:1:parameter/x' }],
        },
        {
          name: 'billing',
          environment: [
            { name: 'CLIENT_ID', value: 'id-billing' },
            { name: 'CLIENT_SECRET', value: 's3cr3t-billing' },
            { name: 'TOKEN_URL', value: 'https://billing.example/token' },
          ],
        },
      ],
    }),
    gives: [
      'open id-orders client_credentials orders.example',
      'ready id-billing client_credentials billing.example secret',
    ],
    says: [/arn:aws:ssm/],
  },
  {
    name: 'VS Code: launch.json of two configurations',
    fileName: 'launch.json',
    text: `{
  // a comment with "clientSecret": "LEAK-launch"
  "version": "0.2.0",
  "configurations": [
    { "name": "Dev", "type": "node", "env": { "CLIENT_ID": "id-dev", "CLIENT_SECRET": "s3cr3t-dev", "TOKEN_URL": "https://dev.example/token" } },
    { "name": "Prod", "type": "node", "env": { "CLIENT_ID": "id-prod", "CLIENT_SECRET": "\${env:SECRET}", "TOKEN_URL": "https://prod.example/token" }, },
  ]
}`,
    gives: [
      'ready id-dev client_credentials dev.example secret',
      'open id-prod client_credentials prod.example',
    ],
    says: [/\$\{env:SECRET\}/],
  },
  {
    name: 'Helm: values of several services',
    fileName: 'values-prod.yaml',
    text: `global: { issuer: https://other.example }
orders:
  auth:
    clientId: id-orders
    clientSecret: s3cr3t-orders
    tokenUrl: https://orders.example/token
billing:
  auth:
    clientId: id-billing
    existingSecret: billing-oauth
    tokenUrl: https://billing.example/token
`,
    gives: [
      'ready id-orders client_credentials orders.example secret',
      'ready id-billing client_credentials billing.example',
    ],
  },
];
