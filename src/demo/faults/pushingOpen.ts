import type { Fault } from './fault.ts';
import { signedInItsPlace } from './signedInItsPlace.ts';

export const pushingOpen: Fault = {
  id: 'pushing-open',
  title: 'Takes pushed requests of a client with a key without its signature.',
  layer: signedInItsPlace(({ path }) => path === '/request'),
};
