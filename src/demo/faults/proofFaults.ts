import { s256 } from '../s256.ts';
import type { Fault } from './fault.ts';
import { laxProof } from './laxProof.ts';

export const proofFaults: readonly Fault[] = [
  {
    id: 'bound-as-bearer',
    title: 'Takes a bound token without a proof.',
    layer: laxProof(({ proof }) => proof === undefined),
  },
  {
    id: 'proof-replay-accepted',
    title: 'Takes a DPoP proof again.',
    layer: laxProof(({ used }) => used),
  },
  {
    id: 'proof-for-any-address',
    title: 'Takes DPoP proofs for other addresses.',
    layer: laxProof(
      ({ proof, request }) =>
        proof !== undefined &&
        proof.claims['htu'] !== `http://${request.headers['host'] ?? ''}${request.path}`,
    ),
  },
  {
    id: 'proof-for-any-method',
    title: 'Takes DPoP proofs for other methods.',
    layer: laxProof(({ proof, request }) => proof !== undefined && proof.claims['htm'] !== request.method),
  },
  {
    id: 'proof-for-any-token',
    title: 'Takes DPoP proofs for other tokens.',
    layer: laxProof(({ proof, token }) => proof !== undefined && proof.claims['ath'] !== s256(token)),
  },
  {
    id: 'proof-of-any-key',
    title: 'Takes DPoP proofs of other keys.',
    layer: laxProof(({ proof, bound }) => proof !== undefined && proof.key !== bound),
  },
];
