import { isToken, tokenError } from './messages.ts';
import type { Fault } from './fault.ts';

export const passwordGrantEnabled: Fault = {
  id: 'password-grant-enabled',
  title: 'Offers the password grant.',
  layer: () => (request, next) =>
    isToken(request, 'password') ? Promise.resolve(tokenError('invalid_grant')) : next(request),
};
