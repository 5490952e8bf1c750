import { sameBut } from './uriParts.ts';
import type { Fault } from './fault.ts';

export const schemeIgnored: Fault = {
  id: 'scheme-ignored',
  title: 'Takes http and https in a redirect URI for the same.',
  allowsRedirect: (requested, registered) => sameBut('scheme', requested, registered),
};
