import { isToken, tokenError } from './messages.ts';
import type { Fault } from './fault.ts';

export const replayKeepsTokens: Fault = {
  id: 'replay-keeps-tokens',
  title: 'Refuses a used code but keeps the tokens it was first redeemed for.',
  layer: () => {
    const spent = new Set<string>();
    return async (request, next) => {
      const code = request.form.get('code');
      if (!isToken(request, 'authorization_code') || code === null) return next(request);
      if (spent.has(code)) return tokenError('invalid_grant');
      const response = await next(request);
      if (response.status === 200) spent.add(code);
      return response;
    };
  },
};
