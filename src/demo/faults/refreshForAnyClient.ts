import type { DemoClient } from '../clients.ts';
import { authenticatedAs, clientOf, isToken, members } from './messages.ts';
import type { Fault } from './fault.ts';

export const refreshForAnyClient: Fault = {
  id: 'refresh-for-any-client',
  title: 'Renews the tokens of one client for another.',
  layer: ({ clients }) => {
    const owners = new Map<string, DemoClient>();
    return async (request, next) => {
      const client = clientOf(request, clients);
      const owner = isToken(request, 'refresh_token')
        ? owners.get(request.form.get('refresh_token') ?? '')
        : undefined;
      const foreign = owner !== undefined && owner.clientId !== client?.clientId;
      const response = await next(foreign ? authenticatedAs(request, owner) : request);
      const issued = members(response)['refresh_token'];
      const holder = owner ?? client;
      if (isToken(request) && typeof issued === 'string' && holder !== undefined) owners.set(issued, holder);
      return response;
    };
  },
};
