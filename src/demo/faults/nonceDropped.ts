import { isAuthorization, withQuery } from './messages.ts';
import type { Fault } from './fault.ts';

export const nonceDropped: Fault = {
  id: 'nonce-dropped',
  title: 'Issues id_tokens without the nonce.',
  layer: () => (request, next) =>
    next(isAuthorization(request) ? withQuery(request, { nonce: undefined }) : request),
};
