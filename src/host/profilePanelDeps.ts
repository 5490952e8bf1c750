import type { Profile } from '../core/profile/profile.ts';
import type { SaveTarget } from '../core/profileForm/state.ts';
import type { ProfilePanelDeps } from './panels/profilePanel.ts';
import type { Services } from './services.ts';
import { readServer } from './readServer.ts';
import { askToTrust } from './trustCertificate.ts';

/** What the profile editor is given of the services. */
export function profilePanelDeps(
  services: Pick<Services, 'clock' | 'extensionUri' | 'profiles' | 'run' | 'runner' | 'secrets'>,
): ProfilePanelDeps {
  const { clock, profiles, secrets } = services;
  return {
    extensionUri: services.extensionUri,
    clock,
    catalogue: () => services.runner.catalogue(),
    discover: (request) => readServer(services, request),
    hasSecret: async (place) => (await secrets.get(place)) !== undefined,
    storeSecret: (place, secret) => secrets.set(place, secret),
    secretChanges: secrets.changes,
    askToTrust,
    saveProfile: (profile, target) => saveProfile(services, profile, target),
    getToken: async (profile) => {
      await services.run('getToken', { profile });
    },
    profiles: {
      find: (id) => {
        const stored = profiles.get(id);
        return stored && { profile: stored.written ?? stored.profile, target: targetOf(stored.source) };
      },
      ids: () => profiles.ids(),
      variables: () => profiles.environments.variables(),
      workspaceUnavailable: () => profiles.workspaceUnavailable(),
      onDidChange: profiles.onDidChange,
    },
  };
}

function targetOf({ scope }: { readonly scope: 'user' | 'workspace' | 'folder' }): SaveTarget {
  return scope === 'user' ? 'user' : 'workspace';
}

/** Saves where the user chose; a profile that stands in a folder's settings stays there. */
export function saveProfile(
  { profiles }: Pick<Services, 'profiles'>,
  profile: Profile,
  target: SaveTarget,
): Promise<void> {
  const old = profiles.latest(profile);
  const place = old && targetOf(old.source) === target ? old.source : { scope: target };
  return profiles.save(profile, place, old?.profile.id);
}
