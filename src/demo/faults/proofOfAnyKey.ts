import { laxProof } from './laxProof.ts';
import type { Fault } from './fault.ts';

export const proofOfAnyKey: Fault = {
  id: 'proof-of-any-key',
  title: 'Takes DPoP proofs of other keys.',
  layer: laxProof(({ proof, bound }) => proof !== undefined && proof.key !== bound),
};
