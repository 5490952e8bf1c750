import { laxProof } from './laxProof.ts';
import type { Fault } from './fault.ts';

export const proofReplayAccepted: Fault = {
  id: 'proof-replay-accepted',
  title: 'Takes a DPoP proof again.',
  layer: laxProof(({ used }) => used),
};
