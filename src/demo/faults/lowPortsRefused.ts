import { isAuthorization, withQuery } from './messages.ts';
import type { Fault } from './fault.ts';

export const lowPortsRefused: Fault = {
  id: 'low-ports-refused',
  title: 'Accepts only some ports of the loopback address.',
  layer: () => (request, next) => {
    const uri = request.query.get('redirect_uri') ?? '';
    const refused =
      isAuthorization(request) &&
      URL.canParse(uri) &&
      Number(new URL(uri).port || 80) < 32_768 &&
      new URL(uri).port !== '';
    return next(refused ? withQuery(request, { redirect_uri: 'http://unregistered.invalid/' }) : request);
  },
};
