import type { Memento } from 'vscode';
import { secretOrigin, type Profile } from '../core/profile/profile.ts';

/** The origins that the user let a profile's token go to, and the routes of its codes. They were agreed to for tokens of one server, in one environment, only. */
export function usedOrigins(state: Memento, profile: Profile): readonly string[] {
  return state.get<readonly string[]>(keyOf(profile)) ?? [];
}

/** Remembers that the token may go to `origin`. */
export async function agreeToOrigin(state: Memento, profile: Profile, origin: string): Promise<void> {
  await state.update(keyOf(profile), [...new Set([...usedOrigins(state, profile), origin])]);
}

/** Forgets what was agreed to for a profile that is deleted, whatever servers it had. */
export async function forgetOrigins(state: Memento, profileId: string): Promise<void> {
  const keys = state.keys().filter((key) => key.startsWith(`${prefixOf(profileId)} `));
  for (const key of keys) await state.update(key, undefined);
}

function keyOf(profile: Profile): string {
  const { environment } = profile;
  const within = environment === undefined ? '' : ` in ${environment}`;
  return `${prefixOf(profile.id)} ${secretOrigin(profile)}${within}`;
}

function prefixOf(profileId: string): string {
  return `usedOrigins.${profileId}`;
}
