import { sameBut } from './uriParts.ts';
import type { Fault } from './fault.ts';

export const queryIgnored: Fault = {
  id: 'query-ignored',
  title: 'Ignores the query of a redirect URI.',
  allowsRedirect: (requested, registered) => sameBut('query', requested, registered),
};
