import { withQuery } from './messages.ts';
import { s256 } from '../s256.ts';
import type { Fault } from './fault.ts';

export const plainAccepted: Fault = {
  id: 'plain-accepted',
  title: 'Accepts the PKCE method plain.',
  layer: () => (request, next) => {
    const challenge = request.query.get('code_challenge');
    if (request.query.get('code_challenge_method') !== 'plain' || challenge === null) return next(request);
    return next(withQuery(request, { code_challenge: s256(challenge), code_challenge_method: 'S256' }));
  },
};
