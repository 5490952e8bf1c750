import type { Fault } from './fault.ts';
import { isToken } from './messages.ts';
import { signedInItsPlace } from './signedInItsPlace.ts';

export const keyNotWanted: Fault = {
  id: 'key-not-wanted',
  title: 'Gives a client with a key tokens without its signature.',
  layer: signedInItsPlace((request) => isToken(request)),
};
