import { s256 } from '../s256.ts';
import type { Fault } from './fault.ts';
import { withQuery } from './messages.ts';
import { pkceSwap } from './pkceSwap.ts';

export const pkceFaults: readonly Fault[] = [
  {
    id: 'pkce-optional',
    title: 'Gives tokens without PKCE.',
    layer: pkceSwap({
      replaces: ({ challenge }) => challenge === undefined,
      accepts: (_request, verifier) => verifier === undefined,
    }),
  },
  {
    id: 'plain-accepted',
    title: 'Accepts the PKCE method plain.',
    layer: () => (request, next) => {
      const challenge = request.query.get('code_challenge');
      if (request.query.get('code_challenge_method') !== 'plain' || challenge === null) return next(request);
      return next(withQuery(request, { code_challenge: s256(challenge), code_challenge_method: 'S256' }));
    },
  },
  {
    id: 'unknown-method-accepted',
    title: 'Takes every PKCE method it does not know for S256.',
    layer: () => (request, next) => {
      const method = request.query.get('code_challenge_method');
      const unknown = method !== null && method !== 'S256' && method !== 'plain';
      return next(unknown ? withQuery(request, { code_challenge_method: 'S256' }) : request);
    },
  },
  {
    id: 'malformed-challenge-accepted',
    title: 'Accepts a challenge that cannot be one.',
    layer: pkceSwap({
      replaces: ({ challenge }) => challenge !== undefined && challenge.length < 43,
      accepts: () => false,
    }),
  },
  {
    id: 'wrong-verifier-accepted',
    title: 'Accepts any verifier.',
    layer: pkceSwap({
      replaces: ({ challenge, method }) => challenge?.length === 43 && method === 'S256',
      accepts: (_request, verifier) => verifier !== undefined,
    }),
  },
  {
    id: 'missing-verifier-accepted',
    title: 'Gives tokens without a verifier although there was a challenge.',
    layer: pkceSwap({
      replaces: ({ challenge, method }) => challenge?.length === 43 && method === 'S256',
      accepts: ({ challenge }, verifier) => verifier === undefined || s256(verifier) === challenge,
    }),
  },
  {
    id: 'downgrade-accepted',
    title: 'Accepts a verifier for a code that was asked for without a challenge.',
    layer: pkceSwap({
      replaces: ({ challenge }) => challenge === undefined,
      accepts: (_request, verifier) => verifier !== undefined,
    }),
  },
  {
    id: 'challenge-reuse-unnoticed',
    title: 'Does not notice a challenge that was used before.',
    layer: pkceSwap({
      replaces: ({ challenge, method }) => challenge?.length === 43 && method === 'S256',
      accepts: ({ challenge }, verifier) => verifier !== undefined && s256(verifier) === challenge,
      everNew: true,
    }),
  },
];
