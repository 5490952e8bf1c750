import { resigned } from './resigned.ts';
import type { Fault } from './fault.ts';

export const assertionUnsignedAccepted: Fault = {
  id: 'assertion-unsigned-accepted',
  title: 'Accepts client assertions without a signature.',
  layer: resigned(
    () =>
      ({ alg, claims }) =>
        alg === 'none' ? claims : undefined,
  ),
};
