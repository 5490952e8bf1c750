import { laxProof } from './laxProof.ts';
import type { Fault } from './fault.ts';

export const boundAsBearer: Fault = {
  id: 'bound-as-bearer',
  title: 'Takes a bound token without a proof.',
  layer: laxProof(({ proof }) => proof === undefined),
};
