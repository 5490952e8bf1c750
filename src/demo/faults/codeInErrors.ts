import { onAuthorizationResponse } from './messages.ts';
import type { Fault } from './fault.ts';

export const codeInErrors: Fault = {
  id: 'code-in-errors',
  title: 'Sends a code along with an error.',
  layer: onAuthorizationResponse((url) => {
    if (url.searchParams.has('error')) url.searchParams.set('code', 'a-code-nobody-asked-for');
  }),
};
