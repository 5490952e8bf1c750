import { isRevocation, isToken, issuedTokens, tokenError } from './messages.ts';
import type { Fault } from './fault.ts';

export const revocationKeepsAccess: Fault = {
  id: 'revocation-keeps-access',
  title: 'Revokes a refresh token and leaves its access token.',
  layer: () => {
    const refreshTokens = new Set<string>();
    const ended = new Set<string>();
    return async (request, next) => {
      const token = request.form.get('token') ?? '';
      if (isRevocation(request) && refreshTokens.has(token)) {
        ended.add(token);
        return { status: 200, headers: {}, body: '' };
      }
      if (isToken(request) && ended.has(request.form.get('refresh_token') ?? ''))
        return tokenError('invalid_grant');
      const response = await next(request);
      const { refreshToken } = issuedTokens(request, response);
      if (refreshToken !== undefined) refreshTokens.add(refreshToken);
      return response;
    };
  },
};
