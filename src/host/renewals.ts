import * as vscode from 'vscode';
import { RenewalWatch } from '../core/session/renewalWatch.ts';
import type { Parts } from './parts.ts';

const interval = 15_000;

/** Renews the tokens of profiles that want it shortly before they end, while the window is in use; quietly. */
export function renewTokens({ profiles, tokens, clock, session, output }: Parts): vscode.Disposable {
  const watch = new RenewalWatch({
    profiles: () => profiles.list().profiles.map(({ profile }) => profile),
    peek: (profile) => tokens.peek(profile),
    now: () => clock.now(),
    inUse: () => vscode.window.state.focused,
    refresh: (profile) => session.refresh(profile, new AbortController().signal),
    failed: (profile, { failure }) =>
      output.warn(`${profile.name}: not renewed ahead of time: ${failure.message}`),
  });
  const timer = setInterval(() => void watch.look(), interval);
  timer.unref();
  return new vscode.Disposable(() => clearInterval(timer));
}
