import { isToken, tokenError } from './messages.ts';
import type { Fault } from './fault.ts';

export const refreshFamilyKept: Fault = {
  id: 'refresh-family-kept',
  title: 'Refuses a used refresh token but keeps its successors.',
  layer: () => {
    const spent = new Set<string>();
    return async (request, next) => {
      const sent = request.form.get('refresh_token');
      if (!isToken(request, 'refresh_token') || sent === null) return next(request);
      if (spent.has(sent)) return tokenError('invalid_grant');
      const response = await next(request);
      if (response.status === 200) spent.add(sent);
      return response;
    };
  },
};
