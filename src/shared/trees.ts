import { serverCommands } from './commands.ts';

/** The ids of our views, in one place, so that a misspelt one does not compile. */
export const views = { profiles: 'oauthExplorer.profiles', flows: 'oauthExplorer.flows' } as const;

/** What the row of a profile may be called, besides its grant's id; the menus' `when` clauses look for these words. */
export const profileWords = [
  ...(['profile', 'confidential', 'signs', 'publishes', 'token', 'refreshable', 'active'] as const),
  // Its token is of no use without the key that is kept here.
  'bound' as const,
  // Its client may have been registered from here.
  'registrable' as const,
  ...(Object.keys(serverCommands) as (keyof typeof serverCommands)[]),
  // An entry of the settings that is not a profile.
  'invalid' as const,
];
export type ProfileWord = (typeof profileWords)[number];

/** What the row of a flow may be called. */
export const flowWords = [
  ...(['flow', 'running', 'ended', 'again', 'url'] as const),
  // What it waits for.
  ...(['redirect', 'user_code', 'decision'] as const),
  // How it ended.
  ...(['token', 'answer', 'checked', 'cancelled', 'failed'] as const),
];
export type FlowWord = (typeof flowWords)[number];
