import type { ForeignFile } from './foreignFile.ts';

/** What containers, images and services are started with. */
export const commandVariables: readonly ForeignFile[] = [
  {
    name: 'docker run: variables one by one, and a file that is named only',
    fileName: 'run.sh',
    text: `docker run -d --name orders -p 8080:80 \\
  -e CLIENT_ID=id-orders -e "CLIENT_SECRET=s3cr3t-orders" \\
  --env TOKEN_URL='https://orders.example/token' \\
  --env-file ./more.env \\
  --env=SCOPES="read write" \\
  example/orders:latest
`,
    gives: ['ready id-orders client_credentials orders.example secret'],
    says: [/“orders” takes variables from \.\/more\.env, too, which was not read/],
  },
  {
    name: 'a script of several commands, each for itself',
    fileName: 'up.sh',
    text: `#!/bin/bash
export ORDERS=s3cr3t-orders
export CLIENT_SECRET=LEAK
# docker run -e CLIENT_ID=LEAK
docker run --rm -e CLIENT_ID=id-orders -e CLIENT_SECRET=$ORDERS -eTOKEN_URL=https://orders.example/token img && docker run -e CLIENT_ID=id-billing \\
  -e CLIENT_SECRET -e TOKEN_URL=https://billing.example/t img
kubectl create secret generic mail --from-literal=client-id=id-mail --from-literal=client-secret='s3cr3t-mail' --from-literal issuer=https://mail.example
docker run -p 4180:4180 oauth2-proxy --provider=oidc --client-id=id-web --client-secret=s3cr3t-web --oidc-issuer-url=https://web.example --cookie-secret=LEAK
heroku config:set SHOP_CLIENT_ID=id-shop SHOP_CLIENT_SECRET=s3cr3t-shop SHOP_ISSUER=https://shop.example
`,
    gives: [
      'ready id-orders client_credentials orders.example secret',
      'open id-billing client_credentials billing.example',
      'ready id-mail client_credentials mail.example secret',
      'ready id-web client_credentials web.example secret',
      'ready id-shop client_credentials shop.example secret',
    ],
    says: [/client secret holds the placeholder \$\{value of CLIENT_SECRET\}/],
  },
  {
    name: 'docker run as cmd writes it',
    text: `docker run -e "CLIENT_ID=id-orders" ^
  -e "CLIENT_SECRET=s3cr3t-orders" ^
  -e "ISSUER=https://orders.example" orders
`,
    gives: ['ready id-orders client_credentials orders.example secret'],
  },
  {
    name: 'Dockerfile: stages, of which one is made from another',
    fileName: 'Dockerfile',
    text: `# syntax=docker/dockerfile:1
ARG VERSION=22
FROM node:\${VERSION} AS base
ENV HOST=https://orders.example
# CLIENT_SECRET=LEAK
ENV CLIENT_ID=id-orders \\
# a comment between
    TOKEN_URL=$HOST/token
FROM base as prod
ENV CLIENT_SECRET="s3cr3t-orders"
FROM alpine AS billing
ENV CLIENT_ID id-billing
ARG CLIENT_SECRET
ENV CLIENT_SECRET=\${CLIENT_SECRET} TOKEN_URL='https://billing.example/t'
`,
    gives: [
      'ready id-orders client_credentials orders.example secret',
      'open id-billing client_credentials billing.example',
    ],
  },
  {
    name: 'systemd: a service, with what is taken back and a file that is named only',
    fileName: 'orders.service',
    text: `[Unit]
Description=Orders

[Service]
Environment=CLIENT_SECRET=LEAK
Environment=
ExecStart=/usr/bin/orders
; Environment=CLIENT_ID=LEAK
Environment=CLIENT_ID=id-orders "CLIENT_SECRET=s3cr3t-orders"
Environment="TOKEN_URL=https://orders.example/token"
EnvironmentFile=-/etc/default/orders

[Install]
WantedBy=multi-user.target
`,
    gives: ['ready id-orders client_credentials orders.example secret'],
    says: [/\/etc\/default\/orders, too/],
  },
  {
    name: 'az and gcloud: settings of a service',
    fileName: 'deploy.sh',
    text: `az webapp config appsettings set -g rg -n app --settings CLIENT_ID=id-orders CLIENT_SECRET=s3cr3t-orders TOKEN_URL=https://orders.example/token
gcloud run deploy billing --set-env-vars=CLIENT_ID=id-billing,CLIENT_SECRET=s3cr3t-billing,TOKEN_URL=https://billing.example/t
`,
    gives: [
      'ready id-orders client_credentials orders.example secret',
      'ready id-billing client_credentials billing.example secret',
    ],
  },
  {
    name: 'Render: services with keys and values',
    fileName: 'render.yaml',
    text: `services:
  - type: web
    name: orders
    envVars:
      - key: CLIENT_ID
        value: id-orders
      - key: CLIENT_SECRET
        sync: false
      - key: TOKEN_URL
        value: https://orders.example/token
  - type: web
    name: billing
    envVars:
      - { key: CLIENT_ID, value: id-billing }
      - { key: CLIENT_SECRET, value: s3cr3t-billing }
      - { key: TOKEN_URL, value: "https://billing.example/token" }
`,
    gives: [
      'open id-orders client_credentials orders.example',
      'ready id-billing client_credentials billing.example secret',
    ],
    says: [/\$\{value of CLIENT_SECRET\}/],
  },
  {
    name: 'a shell’s line with several assignments, with quotes and a comment, and before a program',
    fileName: '.envrc',
    text: `# LEAK
export ORDERS_CLIENT_ID=id-orders ORDERS_CLIENT_SECRET='s3cr3t-orders' ORDERS_TOKEN_URL="https://orders.example/token" # X=LEAK
BILLING_CLIENT_ID=id-billing BILLING_CLIENT_SECRET=s3cr3t-billing BILLING_ISSUER=https://billing.example node app.js --x=y
export TITLE=My Orders
`,
    gives: [
      'ready id-orders client_credentials orders.example secret',
      'ready id-billing client_credentials billing.example secret',
    ],
  },
  {
    name: 'a script that hands a Secret to kubectl',
    fileName: 'apply.sh',
    text: `set -e
kubectl apply -f - <<'EOF'
apiVersion: v1
kind: Secret
metadata: { name: orders }
stringData:
  client-id: id-orders
  client-secret: s3cr3t-orders
  token-url: https://orders.example/token
EOF
`,
    gives: ['ready id-orders client_credentials orders.example secret'],
  },
  {
    name: 'HTTPie and wget: several token requests, one with a variable, others that are none',
    fileName: 'token.sh',
    text: `$ http -f POST :8080/orders/token grant_type=client_credentials client_id=id-local client_secret=s3cr3t-local
http -a id-orders:s3cr3t-orders https://orders.example/token grant_type=client_credentials scope='a b' Accept:application/json
S=s3cr3t-billing
TOKEN=$(http --form post https://billing.example/token grant_type=client_credentials client_id=id-billing client_secret=$S | jq -r .access_token)
wget -O- --post-data='grant_type=client_credentials' --user=id-web --password=s3cr3t-web https://web.example/token
http POST mail.example/token grant_type=client_credentials client_id=id-mail client_secret=@secret.txt
http GET https://api.example/x Authorization:"Bearer LEAK"
`,
    gives: [
      'ready id-local client_credentials localhost:8080 secret',
      'ready id-orders client_credentials orders.example secret',
      'ready id-billing client_credentials billing.example secret',
      'ready id-web client_credentials web.example secret',
      'open id-mail client_credentials mail.example',
    ],
    says: [/client_secret stands in the file secret\.txt/],
  },
  {
    name: 'Bruno: variables of the request alone',
    fileName: 'orders.bru',
    text: `meta {
  name: Orders
}

auth:oauth2 {
  grant_type: client_credentials
  access_token_url: {{base}}/token
  client_id: {{id}}
  client_secret: s3cr3t-orders
}

vars:pre-request {
  base: https://orders.example
  ~@base: https://LEAK.example
  @id: id-orders
}
`,
    gives: ['ready id-orders client_credentials orders.example secret'],
  },
  {
    name: 'a script with commands of several programs',
    fileName: 'all.sh',
    text: `#!/bin/bash
set -e
echo "it's on"
# curl -u LEAK:LEAK -d grant_type=client_credentials https://orders.example/token
curl -s -X POST https://orders.example/token \\
  -u id-orders:s3cr3t-orders \\
  -d grant_type=client_credentials
curl https://api.example/orders -H "Authorization: Bearer LEAK"
http -f POST https://billing.example/token grant_type=client_credentials client_id=id-billing client_secret=s3cr3t-billing
docker run -e CLIENT_ID=id-web -e CLIENT_SECRET=s3cr3t-web -e TOKEN_URL=https://web.example/t img
wget --post-data 'grant_type=client_credentials&client_id=id-mail&client_secret=s3cr3t-mail' https://mail.example/token
`,
    gives: [
      'ready id-orders client_credentials orders.example secret',
      'ready id-billing client_credentials billing.example secret',
      'ready id-web client_credentials web.example secret',
      'ready id-mail client_credentials mail.example secret',
    ],
  },
  {
    name: 'a Markdown page with commands between its prose, one over several lines',
    fileName: 'README.md',
    text: `# How to

Don't forget: you'll need a client. 1. Get a token:

   \`\`\`sh
   $ curl --request POST 'https://orders.example/token' \\
       --header 'Content-Type: application/json' \\
       --data '{
         "grant_type": "client_credentials",
         "client_id": "id-orders",
         "client_secret": "s3cr3t-orders"
       }'
   \`\`\`

2. It's the same for the other:

\`\`\`bash
TOKEN=$(curl -s https://billing.example/token -u 'id-billing:s3cr3t-billing' -d grant_type=client_credentials | jq -r .access_token)
\`\`\`
`,
    gives: [
      'ready id-orders client_credentials orders.example secret',
      'ready id-billing client_credentials billing.example secret',
    ],
  },
];
