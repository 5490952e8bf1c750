import { pkceSwap } from './pkceSwap.ts';
import type { Fault } from './fault.ts';

export const malformedChallengeAccepted: Fault = {
  id: 'malformed-challenge-accepted',
  title: 'Accepts a challenge that cannot be one.',
  layer: pkceSwap({
    replaces: ({ challenge }) => challenge !== undefined && challenge.length < 43,
    accepts: () => false,
  }),
};
