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
];
