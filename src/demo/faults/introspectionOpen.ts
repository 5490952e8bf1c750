import { authenticatedAs, clientOf } from './messages.ts';
import type { Fault } from './fault.ts';

export const introspectionOpen: Fault = {
  id: 'introspection-open',
  title: 'Tells everybody about tokens.',
  layer:
    ({ clients }) =>
    (request, next) => {
      const open = request.path === '/token/introspection' && clientOf(request, clients) === undefined;
      return next(open ? authenticatedAs(request, clients.machine) : request);
    },
};
