import type { AuthorizationCodeProfile, Profile } from '../../src/core/profile/profile.ts';

/** A complete client-credentials profile; `over` replaces what a test is about. */
export function machineProfile(over: Partial<Profile> = {}): Profile {
  return {
    id: 'machine',
    name: 'Machine',
    grant: 'client_credentials',
    issuer: 'https://as.example.com',
    clientId: 'machine-client',
    clientAuthentication: 'client_secret_basic',
    scopes: ['orders.read'],
    resource: [],
    tokenParameters: {},
    ...over,
  };
}

/** A complete public PKCE profile; `over` replaces what a test is about. */
export function userProfile(over: Partial<AuthorizationCodeProfile> = {}): AuthorizationCodeProfile {
  return {
    id: 'user',
    name: 'User',
    grant: 'authorization_code',
    issuer: 'https://as.example.com',
    clientId: 'native-client',
    clientAuthentication: 'none',
    scopes: ['openid', 'orders.read'],
    redirectUri: 'http://127.0.0.1/callback',
    resource: [],
    authorizationParameters: {},
    tokenParameters: {},
    ...over,
  };
}
