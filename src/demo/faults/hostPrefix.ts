import { sameBut, uriParts } from './uriParts.ts';
import type { Fault } from './fault.ts';

export const hostPrefix: Fault = {
  id: 'host-prefix',
  title: 'Compares only the beginning of the host of a redirect URI.',
  allowsRedirect: (requested, registered) =>
    sameBut('host', requested, registered) &&
    uriParts(requested).host.startsWith(`${uriParts(registered).host}.`),
};
