import { s256 } from '../s256.ts';
import { laxProof } from './laxProof.ts';
import type { Fault } from './fault.ts';

export const proofForAnyToken: Fault = {
  id: 'proof-for-any-token',
  title: 'Takes DPoP proofs for other tokens.',
  layer: laxProof(({ proof, token }) => proof !== undefined && proof.claims['ath'] !== s256(token)),
};
