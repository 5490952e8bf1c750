import * as vscode from 'vscode';
import type { Profile } from '../../core/profile/profile.ts';
import type { Parts } from '../parts.ts';
import { withFlowProgress } from './flowProgress.ts';
import { chooseProfile } from './chooseProfile.ts';

/** Asks the token endpoint for each scope, after showing what will be asked. */
export async function findScopes(parts: Parts, argument: unknown): Promise<void> {
  const profile = await chooseProfile(parts, argument);
  if (!profile) return;
  if (profile.grant !== 'client_credentials') {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('This works for client credentials: each answer of another grant would need a sign-in.'),
    );
    return;
  }
  const supported = await withFlowProgress(parts.flows, profile, (signal) =>
    supportedScopes(parts, profile, signal),
  );
  (await parts.views.scopes()).show(profile, supported);
}

/** The scopes the server publishes; none when it publishes nothing. */
async function supportedScopes(
  parts: Parts,
  profile: Profile,
  signal: AbortSignal,
): Promise<readonly string[]> {
  if (profile.issuer === undefined) return [];
  const { readServer } = await import('../readServer.ts');
  try {
    return (await readServer(parts, { issuer: profile.issuer, signal })).scopes ?? [];
  } catch {
    // Without metadata the profile's own scopes and typed ones are left to ask for.
    return [];
  }
}
