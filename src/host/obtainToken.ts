import type { Profile } from '../core/profile/profile.ts';
import { FailureError } from '../core/record/failure.ts';
import type { TokenSet } from '../core/record/report.ts';
import type { Obtained } from '../core/session/session.ts';
import { namedProfile, type ToChoose } from './chooseProfile.ts';
import { withFlowProgress } from './flowProgress.ts';
import { isMadeByDemo } from '../demo/workspace.ts';
import type { Services } from './services.ts';
import { presentFailure } from './presentFailure.ts';

/** What getting a token takes. */
export type ToObtain = Pick<Services, 'active' | 'activeProfile' | 'flows' | 'run' | 'session'>;

/** A valid token, or a new one; tells the user when there is none. */
export async function currentToken(
  services: ToObtain & ToChoose,
  id: string,
): Promise<ObtainedFor | undefined> {
  const profile = namedProfile(services, id);
  return profile && currentTokenOf(services, profile);
}

/** A profile's valid token, or a new one; tells the user when there is none. */
export async function currentTokenOf(services: ToObtain, profile: Profile): Promise<ObtainedFor> {
  const tokens = await services.session.good(profile);
  if (tokens) return { kind: 'token', tokens, profile };
  return obtainFor(services, profile, (signal) => services.session.current(profile, signal));
}

/**
 * A valid token, or a new one got under a notification with Cancel, for a caller that does not show failures itself.
 *
 * @throws FailureError when there is none
 */
export async function tokensOf(
  { flows, session }: Pick<Services, 'flows' | 'session'>,
  profile: Profile,
  signal?: AbortSignal,
): Promise<TokenSet> {
  const good = await session.good(profile);
  if (good) return good;
  const obtained = await withFlowProgress(flows, profile, (stop) =>
    session.current(profile, signal ? AbortSignal.any([signal, stop]) : stop),
  );
  if (obtained.kind === 'failure') throw new FailureError(obtained.failure);
  return obtained.tokens;
}

export type ObtainedFor = Obtained & { readonly profile: Profile };

/** Gets a token under a notification with Cancel; tells the user when there is none. */
export async function obtainFor(
  services: Pick<Services, 'active' | 'activeProfile' | 'flows' | 'run'>,
  profile: Profile,
  obtain: (signal: AbortSignal) => Promise<Obtained>,
): Promise<ObtainedFor> {
  const obtained = await withFlowProgress(services.flows, profile, obtain);
  if (obtained.kind === 'failure') presentFailure(services, profile, obtained);
  else if (isFirstOf(services.activeProfile(), profile)) await services.active.set(profile.id);
  return { ...obtained, profile };
}

/** Whether a profile that got a token becomes the active one: there is none, or only a demo's. */
function isFirstOf(active: Profile | undefined, profile: Profile): boolean {
  return active === undefined || (isMadeByDemo(active) && !isMadeByDemo(profile));
}
