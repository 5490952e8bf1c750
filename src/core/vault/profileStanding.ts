import type { StoredProfile } from '../profile/mergeProfiles.ts';
import type { ProfileStanding } from './secretStore.ts';

/** Whose profile one is, as far as its secret is concerned. */
export function standingOf(stored: StoredProfile | undefined): ProfileStanding | undefined {
  if (stored === undefined) return undefined;
  const { source, users, valuesFrom = source } = stored;
  return {
    // Whoever says where a profile leads, says where its secret goes.
    standing: source.scope === 'user' && valuesFrom.scope === 'user' ? 'user' : 'workspace',
    ...(users !== undefined && { hidden: users }),
  };
}
