import type { Fault } from './fault.ts';

export const rotationKept: Fault = {
  id: 'rotation-kept',
  title: 'Rotates the refresh tokens of the FAPI client.',
  lax: 'rotation',
};
