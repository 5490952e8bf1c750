import type { Fault } from './fault.ts';

export const pushingOptional: Fault = {
  id: 'pushing-optional',
  title: 'Takes requests of the FAPI client that were not pushed.',
  lax: 'pushing',
};
