import type { Fault } from './fault.ts';

export const backslashTaken: Fault = {
  id: 'backslash-taken',
  title: 'Takes what stands before a backslash and an @ for a user name.',
  allowsRedirect: (requested, registered) =>
    requested.replace(/\/\/[^/]*\\@([^/:]*)(?::\d+)?/, '//$1') === registered,
};
