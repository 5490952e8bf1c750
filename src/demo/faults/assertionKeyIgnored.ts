import { resigned } from './resigned.ts';
import type { Fault } from './fault.ts';

export const assertionKeyIgnored: Fault = {
  id: 'assertion-key-ignored',
  title: 'Accepts client assertions signed with any key.',
  layer: resigned(
    () =>
      ({ alg, signed, claims }) =>
        alg !== 'none' && !signed ? claims : undefined,
  ),
};
