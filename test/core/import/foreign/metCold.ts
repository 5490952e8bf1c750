import type { ForeignFile } from './foreignFile.ts';

/** Kinds of files that public repositories hold, met by somebody who had not read the readers; with names of our own. */
export const metCold: readonly ForeignFile[] = [
  {
    name: 'express-openid-connect in a program: the secret signs cookies',
    fileName: 'server.js',
    text: `const { auth } = require('express-openid-connect');
const config = {
  authRequired: false,
  auth0Logout: true,
  secret: 'LEAK',
  baseURL: 'http://localhost:5000',
  clientID: 'id-shop',
  issuerBaseURL: 'https://shop.eu.auth0.com'
};
app.use(auth(config));
`,
    gives: ['ready id-shop authorization_code shop.eu.auth0.com'],
    says: [/secret may be the client’s secret; it was not taken/],
  },
  {
    name: 'nextjs-auth0 in a program: two secrets, of which one is the client’s',
    fileName: 'auth0.ts',
    text: `export const auth0 = new Auth0Client({
  domain: 'shop.eu.auth0.com',
  clientId: 'id-shop',
  clientSecret: 's3cr3t-shop',
  appBaseUrl: 'http://localhost:3000',
  secret: 'LEAK',
});
`,
    gives: ['ready id-shop client_credentials shop.eu.auth0.com secret'],
  },
  {
    name: 'YAML: the secret of an application’s sessions',
    fileName: 'config.yaml',
    text: `auth:
  clientID: id-shop
  issuerBaseURL: https://shop.dev
  baseURL: http://localhost:3000
  secret: LEAK
`,
    gives: ['ready id-shop authorization_code shop.dev'],
    says: [/secret may be the client’s secret; it was not taken/],
  },
  {
    name: 'an API with its base address: the secret is the client’s, since a token endpoint stands beside it',
    fileName: 'config.json',
    text: '{"baseUrl":"https://api.orders.dev","tokenUrl":"https://orders.dev/token","clientId":"id-orders","secret":"s3cr3t-orders"}',
    gives: ['ready id-orders client_credentials orders.dev secret'],
  },
];
