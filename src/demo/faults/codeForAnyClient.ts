import type { DemoClient } from '../clients.ts';
import { authenticatedAs, ByCode, clientOf, isAuthorization, isToken } from './messages.ts';
import type { Fault } from './fault.ts';

export const codeForAnyClient: Fault = {
  id: 'code-for-any-client',
  title: 'Gives one client tokens for a code of another.',
  layer: ({ clients }) => {
    const owners = new ByCode<DemoClient>();
    return async (request, next) => {
      const asking = isAuthorization(request) ? clientOf(request, clients) : undefined;
      if (asking !== undefined) owners.keep(request, asking);
      const owner = isToken(request, 'authorization_code') ? owners.get(request) : undefined;
      const foreign = owner !== undefined && clientOf(request, clients)?.clientId !== owner.clientId;
      const response = await next(foreign ? authenticatedAs(request, owner) : request);
      owners.note(response);
      return response;
    };
  },
};
