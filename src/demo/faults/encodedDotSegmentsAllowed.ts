import { sameBut, uriParts } from './uriParts.ts';
import type { Fault } from './fault.ts';

export const encodedDotSegmentsAllowed: Fault = {
  id: 'encoded-dot-segments-allowed',
  title: 'Takes a redirect URI that climbs away with encoded dot segments.',
  allowsRedirect: (requested, registered) =>
    sameBut('path', requested, registered) &&
    uriParts(requested).path.startsWith(`${uriParts(registered).path}/%2e%2e/`),
};
