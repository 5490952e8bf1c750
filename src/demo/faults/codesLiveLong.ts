import type { Fault } from './fault.ts';

export const codesLiveLong: Fault = {
  id: 'codes-live-long',
  title: 'Issues codes that are good for an hour.',
  lax: 'code-lifetime',
};
