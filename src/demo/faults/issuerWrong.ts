import { onAuthorizationResponse } from './messages.ts';
import type { Fault } from './fault.ts';

export const issuerWrong: Fault = {
  id: 'issuer-wrong',
  title: 'Names another issuer in authorization responses.',
  layer: onAuthorizationResponse((url) => url.searchParams.set('iss', 'https://other-server.example')),
};
