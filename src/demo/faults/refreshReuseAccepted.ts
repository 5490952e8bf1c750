import { isToken } from './messages.ts';
import type { FaultResponse } from './fault.ts';
import type { Fault } from './fault.ts';

export const refreshReuseAccepted: Fault = {
  id: 'refresh-reuse-accepted',
  title: 'Gives tokens for a used refresh token.',
  layer: () => {
    const answers = new Map<string, FaultResponse>();
    return async (request, next) => {
      const response = await next(request);
      const sent = request.form.get('refresh_token');
      if (!isToken(request, 'refresh_token') || sent === null) return response;
      const first = answers.get(sent);
      if (first === undefined && response.status === 200) answers.set(sent, response);
      return first ?? response;
    };
  },
};
