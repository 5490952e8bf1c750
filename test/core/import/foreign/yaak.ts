import type { ForeignFile } from './foreignFile.ts';

const request = (id: string, name: string, more: Readonly<Record<string, unknown>>) => ({
  model: 'http_request',
  id,
  workspaceId: 'wk_1',
  folderId: null,
  name,
  method: 'GET',
  url: 'https://api.example',
  headers: [],
  bodyType: null,
  body: {},
  authenticationType: null,
  authentication: {},
  ...more,
});

/** Exports of Yaak. */
export const yaakExports: readonly ForeignFile[] = [
  {
    name: 'Yaak: a folder’s authentication with variables of two environments, a request’s own, a token request',
    fileName: 'yaak.shop.json',
    text: JSON.stringify({
      yaakVersion: '2025.9.3',
      yaakSchema: 4,
      timestamp: '2025-12-01T00:00:00',
      resources: {
        workspaces: [
          { model: 'workspace', id: 'wk_1', name: 'Shop', authentication: {}, authenticationType: null },
        ],
        environments: [
          {
            model: 'environment',
            id: 'ev_1',
            workspaceId: 'wk_1',
            parentModel: 'workspace',
            parentId: null,
            name: 'Global Variables',
            variables: [
              { enabled: true, name: 'client', value: 'id-orders' },
              { enabled: false, name: 'host', value: 'https://LEAK.example' },
            ],
          },
          ...['dev', 'prod'].map((name) => ({
            model: 'environment',
            id: `ev_${name}`,
            workspaceId: 'wk_1',
            parentModel: 'environment',
            parentId: null,
            name,
            variables: [{ enabled: true, name: 'host', value: `https://${name}.orders.example` }],
          })),
          {
            model: 'environment',
            id: 'ev_4',
            workspaceId: 'wk_1',
            parentModel: 'folder',
            parentId: 'fl_1',
            name: 'Folder Environment',
            variables: [{ enabled: true, name: 'scope', value: 'read write' }],
          },
        ],
        folders: [
          {
            model: 'folder',
            id: 'fl_1',
            workspaceId: 'wk_1',
            folderId: null,
            name: 'Orders',
            authenticationType: 'oauth2',
            authentication: {
              grantType: 'client_credentials',
              clientId: '${[ client ]}',
              clientSecret: 's3cr3t-orders',
              accessTokenUrl: '${[ host ]}/token',
              scope: '${[ scope ]}',
              credentials: 'basic',
            },
          },
        ],
        httpRequests: [
          request('rq_1', 'Inherits', { folderId: 'fl_1' }),
          request('rq_2', 'Billing', {
            authenticationType: 'oauth2',
            authentication: {
              clientId: 'id-billing',
              clientSecret: `\${[ secure(value='YENC_${'A'.repeat(400)}') ]}`,
              authorizationUrl: 'https://billing.example/authorize',
              accessTokenUrl: 'https://billing.example/token',
              useExternalBrowser: true,
              callbackType: 'localhost',
              callbackPort: '8123',
              usePkce: true,
              pkceChallengeMethod: 'S256',
            },
          }),
          request('rq_3', 'Off', {
            authenticationType: 'oauth2',
            authentication: { disabled: true, clientId: 'LEAK', accessTokenUrl: 'https://off.example/token' },
          }),
          request('rq_4', 'Web token', {
            method: 'POST',
            url: 'https://web.example/token',
            bodyType: 'application/x-www-form-urlencoded',
            body: {
              form: [
                { enabled: true, name: 'grant_type', value: 'client_credentials' },
                { enabled: false, name: 'scope', value: 'LEAK' },
              ],
            },
            authenticationType: 'basic',
            authentication: { username: 'id-web', password: 's3cr3t-web' },
          }),
        ],
      },
    }),
    gives: [
      'ready id-orders client_credentials dev.orders.example',
      'ready id-orders client_credentials prod.orders.example',
      'open id-billing authorization_code billing.example',
      'ready id-web client_credentials web.example secret',
    ],
    says: [/“Off”: its OAuth 2\.0 settings are switched off/, /client secret holds the placeholder/],
  },
];
