import { onAuthorizationResponse } from './messages.ts';
import type { Fault } from './fault.ts';

export const stateMissingOnErrors: Fault = {
  id: 'state-missing-on-errors',
  title: 'Leaves the state out of errors.',
  layer: onAuthorizationResponse((url) => {
    if (url.searchParams.has('error')) url.searchParams.delete('state');
  }),
};
