import * as vscode from 'vscode';
import { isRenewalDue } from '../core/session/renewal.ts';
import type { Parts } from './parts.ts';

const interval = 15_000;

/** Renews the tokens of profiles that want it shortly before they end, while the window is in use; quietly, once for each token. */
export function renewTokens(parts: Parts): vscode.Disposable {
  const tried = new Set<string>();
  const timer = setInterval(() => {
    if (!vscode.window.state.focused) return;
    for (const { profile } of parts.profiles.list().profiles) {
      const tokens = parts.tokens.peek(profile);
      if (!tokens || tried.has(tokens.access_token) || !isRenewalDue(profile, tokens, parts.clock.now()))
        continue;
      tried.add(tokens.access_token);
      void parts.session.refresh(profile, new AbortController().signal).then((obtained) => {
        if (obtained.kind === 'failure')
          parts.output.warn(`${profile.name}: not renewed ahead of time: ${obtained.failure.message}`);
      });
    }
  }, interval);
  timer.unref();
  return new vscode.Disposable(() => clearInterval(timer));
}
