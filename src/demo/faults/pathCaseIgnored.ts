import { sameBut, uriParts } from './uriParts.ts';
import type { Fault } from './fault.ts';

export const pathCaseIgnored: Fault = {
  id: 'path-case-ignored',
  title: 'Ignores upper and lower case in the path of a redirect URI.',
  allowsRedirect: (requested, registered) =>
    sameBut('path', requested, registered) &&
    uriParts(requested).path.toLowerCase() === uriParts(registered).path.toLowerCase(),
};
