import { bearerOf, isUserinfo, issuedTokens } from './messages.ts';
import type { Fault } from './fault.ts';

export const madeUpTokenAccepted: Fault = {
  id: 'made-up-token-accepted',
  title: 'Answers at the userinfo endpoint for tokens that it never issued.',
  layer: () => {
    const known = new Set<string>();
    return async (request, next) => {
      const token = bearerOf(request);
      if (isUserinfo(request) && token !== undefined && !known.has(token))
        return { status: 200, headers: { 'content-type': 'application/json' }, body: '{"sub":"somebody"}' };
      const response = await next(request);
      for (const issued of Object.values(issuedTokens(request, response))) known.add(issued);
      return response;
    };
  },
};
