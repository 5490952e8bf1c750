import { laxProof } from './laxProof.ts';
import type { Fault } from './fault.ts';

export const proofForAnyAddress: Fault = {
  id: 'proof-for-any-address',
  title: 'Takes DPoP proofs for other addresses.',
  layer: laxProof(
    ({ proof, request }) =>
      proof !== undefined && proof.claims['htu'] !== `http://${request.headers['host'] ?? ''}${request.path}`,
  ),
};
