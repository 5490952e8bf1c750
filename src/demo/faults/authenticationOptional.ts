import { authenticatedAs, clientOf, isToken } from './messages.ts';
import type { Fault } from './fault.ts';

export const authenticationOptional: Fault = {
  id: 'authentication-optional',
  title: 'Gives a confidential client tokens without its secret.',
  layer:
    ({ clients }) =>
    (request, next) => {
      const client = clientOf(request, clients);
      const bare = request.headers['authorization'] === undefined && !request.form.has('client_secret');
      const optional = isToken(request) && bare && !request.query.has('client_secret');
      return next(optional && client !== undefined ? authenticatedAs(request, client) : request);
    },
};
