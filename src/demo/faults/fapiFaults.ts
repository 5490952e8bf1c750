import type { Fault } from './fault.ts';
import { isToken } from './messages.ts';
import { signedInItsPlace } from './signedInItsPlace.ts';

export const fapiFaults: readonly Fault[] = [
  {
    id: 'key-not-wanted',
    title: 'Gives a client with a key tokens without its signature.',
    layer: signedInItsPlace((request) => isToken(request)),
  },
  {
    id: 'pushing-optional',
    title: 'Takes requests of the FAPI client that were not pushed.',
    lax: 'pushing',
  },
  {
    id: 'pushing-open',
    title: 'Takes pushed requests of a client with a key without its signature.',
    layer: signedInItsPlace(({ path }) => path === '/request'),
  },
  {
    id: 'rotation-kept',
    title: 'Rotates the refresh tokens of the FAPI client.',
    lax: 'rotation',
  },
  {
    id: 'binding-optional',
    title: 'Gives the FAPI client tokens that are bound to no key.',
    lax: 'binding',
  },
];
