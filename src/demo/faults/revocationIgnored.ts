import { isRevocation } from './messages.ts';
import type { Fault } from './fault.ts';

export const revocationIgnored: Fault = {
  id: 'revocation-ignored',
  title: 'Says that it revokes tokens, and does not.',
  layer: () => (request, next) =>
    isRevocation(request) ? Promise.resolve({ status: 200, headers: {}, body: '' }) : next(request),
};
