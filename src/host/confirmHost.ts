import * as vscode from 'vscode';
import type { HostVerdict } from '../core/api/hostVerdict.ts';
import type { Profile } from '../core/profile/profile.ts';
import { dialogs } from './dialogs.ts';
import type { Services } from './services.ts';
import { agreeToOrigin } from './usedOrigins.ts';

/** Asks whether a token may go to a host that it was not issued for, and remembers a yes. */
export async function confirmHost(
  services: Pick<Services, 'globalState'>,
  profile: Profile,
  { origin, why }: Extract<HostVerdict, { kind: 'ask' }>,
): Promise<boolean> {
  const send = vscode.l10n.t('Send Token');
  const answer = await dialogs.showWarningMessage(
    vscode.l10n.t('Send the token of “{0}” to {1}?', profile.name, origin),
    {
      modal: true,
      detail: vscode.l10n.t('{0} Whoever runs that server can use the token until it expires.', why),
    },
    send,
  );
  if (answer !== send) return false;
  await agreeToOrigin(services.globalState, profile, origin);
  return true;
}
