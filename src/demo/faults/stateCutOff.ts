import { onAuthorizationResponse } from './messages.ts';
import type { Fault } from './fault.ts';

export const stateCutOff: Fault = {
  id: 'state-cut-off',
  title: 'Returns only the first 64 characters of the state.',
  layer: onAuthorizationResponse((url) => {
    const state = url.searchParams.get('state');
    if (state !== null) url.searchParams.set('state', state.slice(0, 64));
  }),
};
