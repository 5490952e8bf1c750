import { secretPlace } from '../core/profile/profile.ts';
import type { HostFixDeps } from './hostFixes.ts';
import type { Services } from './services.ts';
import { SettingsWriteError } from './profileSettings.ts';
import { tellNotWritten } from './tellNotWritten.ts';

/** What quick fixes are given of the services. */
export function fixDeps(services: Pick<Services, 'profiles' | 'run' | 'secrets'>): HostFixDeps {
  const { profiles, secrets } = services;
  return {
    profile: (of) => profiles.latest(of)?.profile,
    save: async (profile) => {
      try {
        await profiles.update(profile);
        return true;
      } catch (thrown) {
        if (!(thrown instanceof SettingsWriteError)) throw thrown;
        tellNotWritten(thrown);
        return false;
      }
    },
    trimSecret: async (profile) => {
      const place = secretPlace(profile);
      const secret = await secrets.get(place);
      if (secret === undefined) return false;
      await secrets.set(place, secret.trim());
      return true;
    },
    run: (command, argument) => services.run(command, argument),
  };
}
