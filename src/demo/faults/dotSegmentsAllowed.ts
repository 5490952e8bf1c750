import { sameBut, uriParts } from './uriParts.ts';
import type { Fault } from './fault.ts';

export const dotSegmentsAllowed: Fault = {
  id: 'dot-segments-allowed',
  title: 'Takes a redirect URI that begins right and climbs away with dot segments.',
  allowsRedirect: (requested, registered) =>
    sameBut('path', requested, registered) &&
    uriParts(requested).path.startsWith(`${uriParts(registered).path}/../`),
};
