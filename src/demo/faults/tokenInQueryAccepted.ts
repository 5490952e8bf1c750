import { isUserinfo, withQuery } from './messages.ts';
import type { Fault } from './fault.ts';

export const tokenInQueryAccepted: Fault = {
  id: 'token-in-query-accepted',
  title: 'Takes the access token from the URL.',
  layer: () => (request, next) => {
    const token = request.query.get('access_token');
    if (!isUserinfo(request) || token === null) return next(request);
    const headers = { ...request.headers, authorization: `Bearer ${token}` };
    return next({ ...withQuery(request, { access_token: undefined }), headers });
  },
};
