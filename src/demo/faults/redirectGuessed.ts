import { clientOf, isAuthorization, withQuery } from './messages.ts';
import type { Fault } from './fault.ts';

export const redirectGuessed: Fault = {
  id: 'redirect-guessed',
  title: 'Takes the registered redirect URI when none is sent.',
  layer:
    ({ clients }) =>
    (request, next) => {
      const registered = clientOf(request, clients)?.redirectUri;
      const missing = isAuthorization(request) && !request.query.has('redirect_uri');
      return next(
        missing && registered !== undefined ? withQuery(request, { redirect_uri: registered }) : request,
      );
    },
};
