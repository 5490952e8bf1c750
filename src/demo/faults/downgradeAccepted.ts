import { pkceSwap } from './pkceSwap.ts';
import type { Fault } from './fault.ts';

export const downgradeAccepted: Fault = {
  id: 'downgrade-accepted',
  title: 'Accepts a verifier for a code that was asked for without a challenge.',
  layer: pkceSwap({
    replaces: ({ challenge }) => challenge === undefined,
    accepts: (_request, verifier) => verifier !== undefined,
  }),
};
