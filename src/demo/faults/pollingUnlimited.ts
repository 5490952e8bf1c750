import { isToken, tokenError, members } from './messages.ts';
import type { Fault } from './fault.ts';

export const pollingUnlimited: Fault = {
  id: 'polling-unlimited',
  title: 'Answers devices however fast they ask.',
  layer: () => async (request, next) => {
    const response = await next(request);
    const slow = isToken(request) && members(response)['error'] === 'slow_down';
    return slow ? tokenError('authorization_pending') : response;
  },
};
