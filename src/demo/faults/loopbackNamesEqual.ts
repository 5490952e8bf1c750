import { sameBut, uriParts } from './uriParts.ts';
import type { Fault } from './fault.ts';

export const loopbackNamesEqual: Fault = {
  id: 'loopback-names-equal',
  title: 'Takes localhost, 127.0.0.1 and [::1] for the same host.',
  allowsRedirect: (requested, registered) =>
    sameBut('host', requested, registered) &&
    ['localhost', '127.0.0.1', '[::1]'].includes(uriParts(requested).host),
};
