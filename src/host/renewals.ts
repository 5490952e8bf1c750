import * as vscode from 'vscode';
import { FailureError } from '../core/record/failure.ts';
import { secretPlace, type Profile } from '../core/profile/profile.ts';
import { RenewalWatch } from '../core/session/renewalWatch.ts';
import type { Obtained } from '../core/session/session.ts';
import { keptOf } from '../core/profile/kept.ts';
import type { Services } from './services.ts';

const interval = 15_000;

/**
 * Renews tokens shortly before they expire, for the profiles that want that, while the window is in use; failures are only
 * logged.
 */
export function renewTokens(
  services: Pick<Services, 'clock' | 'output' | 'profiles' | 'secrets' | 'session' | 'tokens'>,
): vscode.Disposable {
  const { profiles, tokens, clock, output } = services;
  const watch = new RenewalWatch({
    profiles: () => profiles.usable(),
    peek: (profile) => tokens.peek(profile),
    now: () => clock.now(),
    inUse: () => vscode.window.state.focused,
    refresh: (profile) => refreshUnasked(services, profile),
    failed: (profile, { failure }) =>
      output.warn(`${profile.name}: not renewed ahead of time: ${failure.message}`),
  });
  const timer = setInterval(() => void watch.look(), interval);
  timer.unref();
  return new vscode.Disposable(() => clearInterval(timer));
}

/** Refreshes with stored secrets only: as nobody asked for the renewal, nobody is asked for a secret. */
export async function refreshUnasked(
  { secrets, session }: Pick<Services, 'secrets' | 'session'>,
  profile: Profile,
): Promise<Obtained> {
  try {
    const stored = await Promise.all(
      keptOf(profile).map(
        async (kept) => (await secrets.get(secretPlace(profile, undefined, kept))) !== undefined,
      ),
    );
    return stored.every(Boolean)
      ? await session.refresh(profile, new AbortController().signal)
      : secretMissing;
  } catch (thrown) {
    if (thrown instanceof FailureError) return { kind: 'failure', failure: thrown.failure };
    throw thrown;
  }
}

const secretMissing: Obtained = {
  kind: 'failure',
  failure: {
    kind: 'secret_missing',
    step: 'secret',
    message: 'The client secret is not stored.',
    advice: 'Set the client secret of the profile.',
  },
};
