import { bearerOf, isUserinfo, issuedTokens } from './messages.ts';
import type { Fault } from './fault.ts';

export const anyTokenAccepted: Fault = {
  id: 'any-token-accepted',
  title: 'Takes refresh tokens and id_tokens at the userinfo endpoint.',
  layer: () => {
    const accessTokens = new Map<string, string>();
    return async (request, next) => {
      const access = accessTokens.get(bearerOf(request) ?? '');
      if (isUserinfo(request) && access !== undefined)
        return next({ ...request, headers: { ...request.headers, authorization: `Bearer ${access}` } });
      const response = await next(request);
      const { accessToken, ...others } = issuedTokens(request, response);
      if (accessToken !== undefined)
        for (const other of Object.values(others)) accessTokens.set(other, accessToken);
      return response;
    };
  },
};
