import { isAuthorization, withQuery } from './messages.ts';
import type { Fault } from './fault.ts';

export const implicitEnabled: Fault = {
  id: 'implicit-enabled',
  title: 'Offers the implicit grant.',
  layer: () => (request, next) => {
    const implicit = isAuthorization(request) && request.query.get('response_type') === 'token';
    return next(implicit ? withQuery(request, { response_type: 'code' }) : request);
  },
};
