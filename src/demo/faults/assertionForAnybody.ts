import { resigned } from './resigned.ts';
import type { Fault } from './fault.ts';

export const assertionForAnybody: Fault = {
  id: 'assertion-for-anybody',
  title: 'Accepts client assertions made for another server.',
  layer: resigned(
    () =>
      ({ signed, claims, issuer }) =>
        signed && claims.aud !== issuer ? { ...claims, aud: issuer } : undefined,
  ),
};
