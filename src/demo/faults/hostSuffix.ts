import { sameBut, uriParts } from './uriParts.ts';
import type { Fault } from './fault.ts';

export const hostSuffix: Fault = {
  id: 'host-suffix',
  title: 'Compares only the end of the host of a redirect URI.',
  allowsRedirect: (requested, registered) =>
    sameBut('host', requested, registered) && uriParts(requested).host.endsWith(uriParts(registered).host),
};
