import { onPushed } from './pushed.ts';
import type { Fault } from './fault.ts';

export const pushedTwice: Fault = {
  id: 'pushed-twice',
  title: 'Takes a pushed request again.',
  layer: onPushed((_request, { used, form }) => (used ? form : undefined)),
};
