import { authorizationResponse, isAuthorization, withQuery } from './messages.ts';
import type { Fault } from './fault.ts';

export const lastRedirectUsed: Fault = {
  id: 'last-redirect-used',
  title: 'Checks the first of two redirect URIs and uses the last.',
  layer: () => async (request, next) => {
    const [first, last] = request.query.getAll('redirect_uri');
    if (!isAuthorization(request) || first === undefined || last === undefined) return next(request);
    const response = await next(withQuery(request, { redirect_uri: first }));
    const url = authorizationResponse(response);
    return url === undefined
      ? response
      : { ...response, headers: { ...response.headers, location: `${last}${url.search}` } };
  },
};
