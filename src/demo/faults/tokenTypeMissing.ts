import { onTokens } from './messages.ts';
import type { Fault } from './fault.ts';

export const tokenTypeMissing: Fault = {
  id: 'token-type-missing',
  title: 'Leaves token_type out.',
  layer: onTokens(() => ({ token_type: undefined })),
};
