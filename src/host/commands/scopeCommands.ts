import * as vscode from 'vscode';
import { grantOf } from '../../core/grants/all.ts';
import type { Profile } from '../../core/profile/profile.ts';
import type { Services } from '../services.ts';
import { withFlowProgress } from '../flowProgress.ts';
import { chooseProfile, type ToChoose } from '../chooseProfile.ts';
import { dialogs } from '../dialogs.ts';

/** Asks the token endpoint for each scope, after showing what will be asked. */
export async function findScopes(
  services: ToChoose & Pick<Services, 'flows' | 'runner' | 'views'>,
  argument: unknown,
): Promise<void> {
  const profile = await chooseProfile(services, argument, {
    title: vscode.l10n.t('Find the scopes of'),
    fits: (one) => grantOf(one).findsScopes === true,
  });
  if (!profile) return;
  if (grantOf(profile).findsScopes !== true) {
    void dialogs.showInformationMessage(
      vscode.l10n.t(
        'This works for client credentials only: with another grant, each request would need a sign-in.',
      ),
    );
    return;
  }
  const supported = await withFlowProgress(services.flows, profile, (signal) =>
    supportedScopes(services, profile, signal),
  );
  (await services.views.scopes()).show(profile, supported);
}

/** The scopes the server publishes; none when it publishes nothing. */
async function supportedScopes(
  services: Pick<Services, 'clock' | 'runner'>,
  profile: Profile,
  signal: AbortSignal,
): Promise<readonly string[]> {
  if (profile.issuer === undefined) return [];
  const { readServer } = await import('../readServer.ts');
  try {
    return (await readServer(services, { issuer: profile.issuer, signal })).scopes ?? [];
  } catch {
    // Without metadata the profile's own scopes and typed ones are left to ask for.
    return [];
  }
}
