import { authenticatedAs, clientOf, isToken } from './messages.ts';
import type { Fault } from './fault.ts';

export const secretInQueryAccepted: Fault = {
  id: 'secret-in-query-accepted',
  title: 'Accepts the client secret in the URL.',
  layer:
    ({ clients }) =>
    (request, next) => {
      const client = clientOf(request, clients);
      const sent = request.query.get('client_secret');
      const right = sent !== null && sent === client?.clientSecret;
      return next(isToken(request) && right ? authenticatedAs(request, client) : request);
    },
};
