import { authenticatedAs, clientOf, isToken } from './messages.ts';
import type { Fault } from './fault.ts';

export const secretNotCompared: Fault = {
  id: 'secret-not-compared',
  title: 'Accepts any client secret.',
  layer:
    ({ clients }) =>
    (request, next) => {
      const client = clientOf(request, clients);
      const shown = request.headers['authorization'] !== undefined || request.form.has('client_secret');
      return next(
        isToken(request) && shown && client !== undefined ? authenticatedAs(request, client) : request,
      );
    },
};
