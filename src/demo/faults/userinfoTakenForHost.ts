import { uriParts } from './uriParts.ts';
import type { Fault } from './fault.ts';

export const userinfoTakenForHost: Fault = {
  id: 'userinfo-taken-for-host',
  title: 'Takes what stands before an @ for the host of a redirect URI.',
  allowsRedirect: (requested, registered) =>
    uriParts(requested).userinfo.replace(/:\d+$/, '') === uriParts(registered).host &&
    uriParts(requested).path === uriParts(registered).path,
};
