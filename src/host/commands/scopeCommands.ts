import * as vscode from 'vscode';
import { grantOf } from '../../core/grants/all.ts';
import type { Profile } from '../../core/profile/profile.ts';
import type { Services } from '../services.ts';
import { withFlowProgress } from '../flowProgress.ts';
import { chooseProfile, type ToChoose } from '../chooseProfile.ts';
import { dialogs } from '../dialogs.ts';

/** Requests each scope from the token endpoint, after showing what will be requested. */
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

/** The scopes in the server's metadata; none when it publishes none. */
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
    // Without metadata, the profile's own scopes and typed ones can still be requested.
    return [];
  }
}
