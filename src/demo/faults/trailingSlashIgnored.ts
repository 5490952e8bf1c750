import { sameBut, uriParts } from './uriParts.ts';
import type { Fault } from './fault.ts';

export const trailingSlashIgnored: Fault = {
  id: 'trailing-slash-ignored',
  title: 'Ignores a slash at the end of a redirect URI.',
  allowsRedirect: (requested, registered) =>
    sameBut('path', requested, registered) && uriParts(requested).path === `${uriParts(registered).path}/`,
};
