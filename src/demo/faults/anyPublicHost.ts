import { isPublicHttps } from './uriParts.ts';
import type { Fault } from './fault.ts';

export const anyPublicHost: Fault = {
  id: 'any-public-host',
  title: 'Redirects to any https URI on the internet.',
  allowsRedirect: isPublicHttps,
};
