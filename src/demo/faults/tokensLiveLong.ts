import { onTokens } from './messages.ts';
import type { Fault } from './fault.ts';

export const tokensLiveLong: Fault = {
  id: 'tokens-live-long',
  title: 'Issues access tokens for a month.',
  layer: onTokens(() => ({ expires_in: 30 * 86_400 })),
};
