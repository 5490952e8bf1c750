import { sameBut } from './uriParts.ts';
import type { Fault } from './fault.ts';

export const fragmentAllowed: Fault = {
  id: 'fragment-allowed',
  title: 'Takes a redirect URI with a fragment.',
  allowsRedirect: (requested, registered) => sameBut('fragment', requested, registered),
};
