import type { Fault } from './fault.ts';

export const tokenByGet: Fault = {
  id: 'token-by-get',
  title: 'Takes token requests from the URL.',
  layer: () => (request, next) => {
    if (request.path !== '/token' || request.method !== 'GET') return next(request);
    const headers = { ...request.headers, 'content-type': 'application/x-www-form-urlencoded' };
    return next({ ...request, method: 'POST', query: new URLSearchParams(), form: request.query, headers });
  },
};
