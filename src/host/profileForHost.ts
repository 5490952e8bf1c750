import * as vscode from 'vscode';
import { hostVerdict } from '../core/api/hostVerdict.ts';
import type { Profile } from '../core/profile/profile.ts';
import { chooseProfile, pick, type ToChoose } from './chooseProfile.ts';
import type { Services } from './services.ts';
import { usedOrigins } from './usedOrigins.ts';

/** The services that finding the profile for a request uses. */
export type ToFindForHost = ToChoose & Pick<Services, 'activeProfile' | 'globalState'>;

/**
 * The profile whose token a request to `url` gets: the active one, else the one the user chooses.
 *
 * Where the active profile's token is not known to be for that host, and those of other profiles are, the user chooses among
 * all of them; the chosen one becomes the active one.
 */
export async function profileForHost(
  services: ToFindForHost,
  url: string | undefined,
): Promise<Profile | undefined> {
  const active = services.activeProfile();
  if (active === undefined)
    return chooseProfile(services, undefined, { title: vscode.l10n.t('Use the token of') });
  const others = await fitting(services, url);
  if (url === undefined || others.length === 0) return active;
  const title = vscode.l10n.t('Whose token is for {0}?', new URL(url).host);
  const chosen = await pick(services, [...others, active], title, others[0]);
  if (chosen !== undefined) await services.active.set(chosen.id);
  return chosen;
}

/** The profiles whose tokens are known to be for the host of `url`, where the active one's is not. */
export async function fitting(
  { activeProfile, profiles, tokens, globalState }: Omit<ToFindForHost, 'active' | 'clock'>,
  url: string | undefined,
): Promise<readonly Profile[]> {
  if (url === undefined || !URL.canParse(url)) return [];
  const all = profiles.usable();
  await tokens.warm(all);
  const fits = (profile: Profile) =>
    hostVerdict(url, profile, tokens.peek(profile), usedOrigins(globalState, profile)).kind === 'known';
  const active = activeProfile();
  // As long as the active profile has no token, nothing is known about the hosts that its token will be for.
  return active && (tokens.peek(active) === undefined || fits(active)) ? [] : all.filter(fits);
}
