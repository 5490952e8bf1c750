import * as vscode from 'vscode';
import type { Profile } from '../../core/profile/profile.ts';
import type { Obtained } from '../../core/session/session.ts';
import type { Parts } from '../parts.ts';

/** Opens the page that explains a failure, and says it in a notification; a cancelled flow needs neither. */
export function presentFailure(
  parts: Parts,
  profile: Profile,
  { failure, report }: Extract<Obtained, { readonly kind: 'failure' }>,
): void {
  if (failure.kind === 'cancelled') return;
  if (report) void parts.run('showFailure', { flow: report.id });
  const explain = vscode.l10n.t('Explain');
  const again = vscode.l10n.t('Try Again');
  // Not awaited: the notification stays as long as the user likes, and the command is over.
  void vscode.window
    .showErrorMessage(`${profile.name}: ${failure.message}`, ...(report ? [explain] : []), again)
    .then(async (answer) => {
      if (answer === explain && report) await parts.run('showFailure', { flow: report.id });
      if (answer === again) await parts.run('getToken', { profile: profile.id });
    });
}
