import { authenticatedAs, clientOf, isRevocation } from './messages.ts';
import type { Fault } from './fault.ts';

export const revocationOpen: Fault = {
  id: 'revocation-open',
  title: 'Revokes tokens for whoever names the client.',
  layer:
    ({ clients }) =>
    (request, next) => {
      const client = clientOf(request, clients);
      const open =
        isRevocation(request) && client !== undefined && request.headers['authorization'] === undefined;
      return next(open ? authenticatedAs(request, client) : request);
    },
};
