import type { StoredProfile } from '../profile/mergeProfiles.ts';
import type { ProfileStanding } from './secretStore.ts';

/** Whether a profile is the user's own or a workspace's, as far as its secret is concerned. */
export function standingOf(stored: StoredProfile | undefined): ProfileStanding | undefined {
  if (stored === undefined) return undefined;
  const { source, users, valuesFrom = source } = stored;
  return {
    // The settings that define a profile's variables also decide where its secret goes.
    standing: source.scope === 'user' && valuesFrom.scope === 'user' ? 'user' : 'workspace',
    ...(users !== undefined && { hidden: users }),
  };
}
