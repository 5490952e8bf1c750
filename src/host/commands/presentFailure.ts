import * as vscode from 'vscode';
import type { Profile } from '../../core/profile/profile.ts';
import type { Obtained } from '../../core/session/session.ts';
import { commands } from '../../shared/commands.ts';
import { noticeText } from '../noticeText.ts';
import type { Parts } from '../parts.ts';

/**
 * Opens the page that explains a failure, and says it in a notification that links there; a cancelled flow needs neither.
 *
 * The notification has no buttons where the page has them: with buttons VS Code would keep it on top of the page until it
 * is closed by hand, without it goes away by itself and stays in the notification centre.
 */
export function presentFailure(
  parts: Parts,
  profile: Profile,
  { failure, report }: Extract<Obtained, { readonly kind: 'failure' }>,
): void {
  if (failure.kind === 'cancelled') return;
  const sentence = noticeText(`${profile.name}: ${failure.message}`);
  if (report) {
    void parts.run('showFailure', { flow: report.id });
    const argument = encodeURIComponent(JSON.stringify([{ flow: report.id }]));
    const link = `[${vscode.l10n.t('Explain')}](command:${commands.showFailure}?${argument})`;
    void vscode.window.showErrorMessage(`${sentence} ${link}`);
    return;
  }
  const get = vscode.l10n.t('Get Token');
  // Not awaited: the notification stays as long as the user likes, and the command is over.
  void vscode.window
    .showErrorMessage(`${sentence} ${noticeText(failure.advice)}`, get)
    .then((answer) => answer === get && parts.run('getToken', { profile: profile.id }));
}
