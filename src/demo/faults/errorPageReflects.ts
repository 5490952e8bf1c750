import { isAuthorization } from './messages.ts';
import type { Fault } from './fault.ts';

export const errorPageReflects: Fault = {
  id: 'error-page-reflects',
  title: 'Shows the state of a wrong request on the error page as it is.',
  layer: () => async (request, next) => {
    const response = await next(request);
    if (!isAuthorization(request) || response.status < 400) return response;
    return { ...response, body: `${response.body}<p>${request.query.get('state') ?? ''}</p>` };
  },
};
