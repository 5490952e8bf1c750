import * as vscode from 'vscode';
import { otherClients } from '../../core/checks/otherClients.ts';
import type { Services } from '../services.ts';
import { chooseProfile, type ToChoose } from '../chooseProfile.ts';

/** Opens the checks of a profile: first the plan; nothing is sent before the user starts it. */
export async function runChecks(
  services: ToChoose & Pick<Services, 'views'>,
  argument: unknown,
): Promise<void> {
  const profile = await chooseProfile(services, argument, {
    title: vscode.l10n.t('Check redirect and PKCE of a profile'),
  });
  if (profile === undefined) return;
  const all = services.profiles.usable();
  (await services.views.checks()).show(profile, otherClients(profile, all));
}
