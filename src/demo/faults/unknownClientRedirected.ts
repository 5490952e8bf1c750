import { clientOf, isAuthorization } from './messages.ts';
import type { Fault } from './fault.ts';

export const unknownClientRedirected: Fault = {
  id: 'unknown-client-redirected',
  title: 'Sends an error to the redirect URI of a client that it does not know.',
  layer:
    ({ clients }) =>
    (request, next) => {
      const target = request.query.get('redirect_uri') ?? '';
      if (!isAuthorization(request) || !URL.canParse(target) || clientOf(request, clients) !== undefined)
        return next(request);
      const url = new URL(target);
      url.searchParams.set('error', 'unauthorized_client');
      url.searchParams.set('state', request.query.get('state') ?? '');
      return Promise.resolve({ status: 303, headers: { location: url.href }, body: '' });
    },
};
