import type { Memento } from 'vscode';
import type { CodeRoute } from '../core/oauth/requireOneServer.ts';
import { secretOrigin, type Profile } from '../core/profile/profile.ts';

/** The origins to which the user allowed a profile's token to be sent: for the tokens of one server in one environment only. */
export function usedOrigins(state: Memento, profile: Profile): readonly string[] {
  return agreed(state, 'usedOrigins', profile);
}

/** Remembers that the token may go to `origin`. */
export function agreeToOrigin(state: Memento, profile: Profile, origin: string): Promise<void> {
  return agree(state, 'usedOrigins', profile, origin);
}

/** Whether the user allowed what `from` issues to a profile to be sent to `to`. */
export function isUsedRoute(state: Memento, profile: Profile, route: CodeRoute): boolean {
  // Earlier versions kept routes among the origins.
  return kinds.some((kind) => agreed(state, kind, profile).includes(written(route)));
}

/** Remembers that codes may take this route. */
export function agreeToRoute(state: Memento, profile: Profile, route: CodeRoute): Promise<void> {
  return agree(state, 'usedRoutes', profile, written(route));
}

/** Forgets what the user allowed for a profile that is deleted, for all servers it had. */
export async function forgetAgreed(state: Memento, profileId: string): Promise<void> {
  const keys = kinds.flatMap((kind) => state.keys().filter((key) => key.startsWith(`${kind}.${profileId} `)));
  for (const key of keys) await state.update(key, undefined);
}

const kinds = ['usedOrigins', 'usedRoutes'] as const;
type Kind = (typeof kinds)[number];

function agreed(state: Memento, kind: Kind, profile: Profile): readonly string[] {
  return state.get<readonly string[]>(keyOf(kind, profile)) ?? [];
}

async function agree(state: Memento, kind: Kind, profile: Profile, what: string): Promise<void> {
  await state.update(keyOf(kind, profile), [...new Set([...agreed(state, kind, profile), what])]);
}

function keyOf(kind: Kind, profile: Profile): string {
  const { environment } = profile;
  const within = environment === undefined ? '' : ` in ${environment}`;
  return `${kind}.${profile.id} ${secretOrigin(profile)}${within}`;
}

/** How a route is stored: in a form that no origin has, so that it never lets a token go anywhere. */
function written({ from, to }: CodeRoute): string {
  return `${from} > ${to}`;
}
