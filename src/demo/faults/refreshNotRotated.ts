import { isToken, members, withForm, withMembers } from './messages.ts';
import type { Fault } from './fault.ts';

export const refreshNotRotated: Fault = {
  id: 'refresh-not-rotated',
  title: 'Gives the same refresh token again and again.',
  layer: () => {
    const current = new Map<string, string>();
    return async (request, next) => {
      const shown = request.form.get('refresh_token');
      if (!isToken(request, 'refresh_token') || shown === null) return next(request);
      const response = await next(withForm(request, { refresh_token: current.get(shown) ?? shown }));
      const fresh = members(response)['refresh_token'];
      if (typeof fresh !== 'string') return response;
      current.set(shown, fresh);
      return withMembers(response, { refresh_token: shown });
    };
  },
};
