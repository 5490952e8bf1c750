import { ByCode, isAuthorization, isToken, withForm } from './messages.ts';
import type { Fault } from './fault.ts';

export const tokenIgnoresRedirect: Fault = {
  id: 'token-ignores-redirect',
  title: 'Does not compare the redirect URI at the token endpoint.',
  layer: () => {
    const redirects = new ByCode<string>();
    return async (request, next) => {
      if (isAuthorization(request)) redirects.keep(request, request.query.get('redirect_uri') ?? '');
      const right = isToken(request, 'authorization_code') ? redirects.get(request) : undefined;
      const response = await next(right === undefined ? request : withForm(request, { redirect_uri: right }));
      redirects.note(response);
      return response;
    };
  },
};
