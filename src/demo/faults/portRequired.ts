import { isAuthorization, withQuery } from './messages.ts';
import type { Fault } from './fault.ts';

export const portRequired: Fault = {
  id: 'port-required',
  title: 'Refuses a loopback redirect URI without a port, although it is registered so.',
  layer: () => (request, next) => {
    const uri = request.query.get('redirect_uri') ?? '';
    const refused = isAuthorization(request) && URL.canParse(uri) && new URL(uri).port === '';
    return next(refused ? withQuery(request, { redirect_uri: 'http://unregistered.invalid/' }) : request);
  },
};
