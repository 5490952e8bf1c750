import type { DemoClient } from '../clients.ts';
import { authenticatedAs, clientOf, isRevocation, issuedTokens } from './messages.ts';
import type { Fault } from './fault.ts';

export const revocationForAnyClient: Fault = {
  id: 'revocation-for-any-client',
  title: 'Revokes tokens for every client that asks.',
  layer: ({ clients }) => {
    const owners = new Map<string, DemoClient>();
    return async (request, next) => {
      const owner = owners.get(request.form.get('token') ?? '');
      if (isRevocation(request) && owner !== undefined && clientOf(request, clients) !== owner)
        return next(authenticatedAs(request, owner));
      const response = await next(request);
      const client = clientOf(request, clients);
      const { accessToken } = issuedTokens(request, response);
      if (accessToken !== undefined && client !== undefined) owners.set(accessToken, client);
      return response;
    };
  },
};
