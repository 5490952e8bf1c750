import type { Provider } from '../../src/core/diagnose/provider.ts';

const nothing = {
  recognise: {},
  ask: [],
  endpoints: {},
  grants: {},
  errors: [],
  advice: [],
  links: [],
} as const;

/** A small catalogue for tests that are not about any real provider: one with questions, one fixed, the generic one. */
export const testCatalogue: readonly Provider[] = [
  {
    ...nothing,
    id: 'shop',
    recognise: { urls: ['^https://[^/]+[.]shop[.]example/'] },
    name: 'Shop Identity',
    description: 'The identity server of a shop.',
    order: 1,
    ask: [
      {
        name: 'instance',
        label: 'Instance',
        description: 'Host of the shop.',
        placeholder: 'demo.shop.example',
        kind: 'base',
      },
      {
        name: 'tenant',
        label: 'Tenant',
        description: 'Its tenant.',
        placeholder: 'acme',
        kind: 'text',
        pattern: '^[a-z]+$',
      },
    ],
    endpoints: { issuer: '{instance}/{tenant}/id' },
    grants: {
      client_credentials: { clientAuthentication: 'client_secret_post', scopes: ['read'] },
      authorization_code: {
        clientAuthentication: 'none',
        scopes: ['openid', 'api://{tenant}/all'],
        redirectUri: 'http://127.0.0.1:8080/callback',
        authorizationParameters: { prompt: 'consent' },
      },
    },
    scopes: {
      meanings: { update: 'Change things.' },
      notGranted: [
        {
          scopes: ['offline_access'],
          grants: ['client_credentials'],
          effect: 'dropped',
          why: 'The shop never gives a refresh token here.',
        },
      ],
    },
    redirect: { ports: 'exact', advice: ['Path and case count, too.'] },
    links: [{ title: 'Shop documentation', url: 'https://docs.shop.example/clients' }],
  },
  {
    ...nothing,
    id: 'fixed',
    name: 'Fixed',
    description: 'Always the same addresses.',
    order: 2,
    endpoints: {
      tokenEndpoint: 'https://fixed.example/token',
      authorizationEndpoint: 'https://fixed.example/authorize',
    },
    grants: { authorization_code: { clientAuthentication: 'client_secret_post', scopes: [] } },
    tokenDialect: { name: 'fixed' },
  },
  {
    ...nothing,
    id: 'generic',
    name: 'Any server',
    description: 'Give its issuer.',
    order: 1000,
    ask: [
      {
        name: 'issuer',
        label: 'Issuer',
        description: 'The issuer.',
        placeholder: 'https://login.example.com',
        kind: 'base',
      },
    ],
    endpoints: { issuer: '{issuer}' },
    grants: {
      client_credentials: { clientAuthentication: 'client_secret_basic', scopes: [] },
      authorization_code: { clientAuthentication: 'none', scopes: ['openid'] },
    },
  },
];
