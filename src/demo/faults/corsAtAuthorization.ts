import { isAuthorization } from './messages.ts';
import type { Fault } from './fault.ts';

export const corsAtAuthorization: Fault = {
  id: 'cors-at-authorization',
  title: 'Lets scripts of every page read the answers of the authorization endpoint.',
  layer: () => async (request, next) => {
    const response = await next(request);
    if (!isAuthorization(request)) return response;
    return { ...response, headers: { ...response.headers, 'access-control-allow-origin': '*' } };
  },
};
