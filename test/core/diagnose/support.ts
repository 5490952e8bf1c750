import { fileURLToPath } from 'node:url';
import type { AuthorizationCodeProfile, Profile } from '../../../src/core/profile/profile.ts';

/** The catalogue as it stands in the sources. */
export const providersDirectory = fileURLToPath(
  new URL('../../../src/core/diagnose/providers', import.meta.url),
);

const common = {
  id: 'orders',
  name: 'Orders',
  issuer: 'https://login.example.com',
  clientId: 'orders-worker',
  clientAuthentication: 'client_secret_basic',
  scopes: ['read'],
  resource: [],
  tokenParameters: {},
} as const;

/** A complete profile that acts for itself, changed as told. */
export function clientCredentials(change: Partial<Profile> = {}): Profile {
  return { ...common, grant: 'client_credentials', ...change };
}

/** A complete profile that acts for a user, changed as told. */
export function authorizationCode(change: Partial<AuthorizationCodeProfile> = {}): AuthorizationCodeProfile {
  return {
    ...common,
    grant: 'authorization_code',
    redirectUri: 'http://127.0.0.1/callback',
    authorizationParameters: {},
    ...change,
  };
}

/** A copy without some members, as an absent one is something else than an undefined one. */
export function without<T extends object, K extends keyof T>(value: T, ...names: readonly K[]): Omit<T, K> {
  return Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name as K))) as Omit<
    T,
    K
  >;
}
