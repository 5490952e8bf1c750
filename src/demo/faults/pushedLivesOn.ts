import { onPushed } from './pushed.ts';
import type { Fault } from './fault.ts';

export const pushedLivesOn: Fault = {
  id: 'pushed-lives-on',
  title: 'Takes a pushed request that has expired.',
  layer: onPushed((_request, { used, form, end }) => (!used && end < Date.now() ? form : undefined)),
};
