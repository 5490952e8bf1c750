import { pkceSwap } from './pkceSwap.ts';
import type { Fault } from './fault.ts';

export const pkceOptional: Fault = {
  id: 'pkce-optional',
  title: 'Gives tokens without PKCE.',
  layer: pkceSwap({
    replaces: ({ challenge }) => challenge === undefined,
    accepts: (_request, verifier) => verifier === undefined,
  }),
};
