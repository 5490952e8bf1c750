import { pkceSwap } from './pkceSwap.ts';
import type { Fault } from './fault.ts';

export const wrongVerifierAccepted: Fault = {
  id: 'wrong-verifier-accepted',
  title: 'Accepts any verifier.',
  layer: pkceSwap({
    replaces: ({ challenge, method }) => challenge?.length === 43 && method === 'S256',
    accepts: (_request, verifier) => verifier !== undefined,
  }),
};
