import { s256 } from '../s256.ts';
import { pkceSwap } from './pkceSwap.ts';
import type { Fault } from './fault.ts';

export const missingVerifierAccepted: Fault = {
  id: 'missing-verifier-accepted',
  title: 'Gives tokens without a verifier although there was a challenge.',
  layer: pkceSwap({
    replaces: ({ challenge, method }) => challenge?.length === 43 && method === 'S256',
    accepts: ({ challenge }, verifier) => verifier === undefined || s256(verifier) === challenge,
  }),
};
