import { withQuery } from './messages.ts';
import type { Fault } from './fault.ts';

export const unknownMethodAccepted: Fault = {
  id: 'unknown-method-accepted',
  title: 'Takes every PKCE method it does not know for S256.',
  layer: () => (request, next) => {
    const method = request.query.get('code_challenge_method');
    const unknown = method !== null && method !== 'S256' && method !== 'plain';
    return next(unknown ? withQuery(request, { code_challenge_method: 'S256' }) : request);
  },
};
