import { laxProof } from './laxProof.ts';
import type { Fault } from './fault.ts';

export const proofForAnyMethod: Fault = {
  id: 'proof-for-any-method',
  title: 'Takes DPoP proofs for other methods.',
  layer: laxProof(({ proof, request }) => proof !== undefined && proof.claims['htm'] !== request.method),
};
