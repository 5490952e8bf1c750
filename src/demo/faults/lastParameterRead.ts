import { isAuthorization } from './messages.ts';
import type { Fault } from './fault.ts';

export const lastParameterRead: Fault = {
  id: 'last-parameter-read',
  title: 'Uses the last of two parameters of an authorization request.',
  layer: () => (request, next) =>
    next(
      isAuthorization(request)
        ? { ...request, query: new URLSearchParams(Object.fromEntries(request.query)) }
        : request,
    ),
};
