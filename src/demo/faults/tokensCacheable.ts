import { isToken } from './messages.ts';
import type { Fault } from './fault.ts';

export const tokensCacheable: Fault = {
  id: 'tokens-cacheable',
  title: 'Lets caches keep token responses.',
  layer: () => async (request, next) => {
    const response = await next(request);
    if (!isToken(request)) return response;
    return { ...response, headers: { ...response.headers, 'cache-control': 'max-age=60' } };
  },
};
