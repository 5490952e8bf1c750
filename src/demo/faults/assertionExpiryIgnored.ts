import { resigned } from './resigned.ts';
import type { Fault } from './fault.ts';

export const assertionExpiryIgnored: Fault = {
  id: 'assertion-expiry-ignored',
  title: 'Accepts client assertions that have expired.',
  layer: resigned(() => ({ signed, claims }) => {
    const now = Math.floor(Date.now() / 1000);
    return signed && (claims.exp ?? now) < now ? { ...claims, iat: now, nbf: now, exp: now + 60 } : undefined;
  }),
};
