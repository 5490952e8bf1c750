import { s256 } from '../s256.ts';
import { pkceSwap } from './pkceSwap.ts';
import type { Fault } from './fault.ts';

export const challengeReuseUnnoticed: Fault = {
  id: 'challenge-reuse-unnoticed',
  title: 'Does not notice a challenge that was used before.',
  layer: pkceSwap({
    replaces: ({ challenge, method }) => challenge?.length === 43 && method === 'S256',
    accepts: ({ challenge }, verifier) => verifier !== undefined && s256(verifier) === challenge,
    everNew: true,
  }),
};
