import { sameBut, uriParts } from './uriParts.ts';
import type { Fault } from './fault.ts';

export const pathPrefix: Fault = {
  id: 'path-prefix',
  title: 'Compares only the beginning of a redirect URI.',
  allowsRedirect: (requested, registered) =>
    sameBut('path', requested, registered) &&
    uriParts(requested).path.startsWith(uriParts(registered).path) &&
    /^\/?\w+$/.test(uriParts(requested).path.slice(uriParts(registered).path.length)),
};
