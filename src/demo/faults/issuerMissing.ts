import { onAuthorizationResponse } from './messages.ts';
import type { Fault } from './fault.ts';

export const issuerMissing: Fault = {
  id: 'issuer-missing',
  title: 'Leaves iss out of authorization responses.',
  layer: onAuthorizationResponse((url) => url.searchParams.delete('iss')),
};
