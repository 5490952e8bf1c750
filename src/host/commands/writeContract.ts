import * as vscode from 'vscode';
import { contractFile, isServerKey } from '../../core/contract/contract.ts';
import { parseContract } from '../../core/contract/parseContract.ts';
import { writeContract as written } from '../../core/contract/writeContract.ts';
import { textMember } from '../../shared/json.ts';
import { chooseProfile, type ToChoose } from '../chooseProfile.ts';
import { dialogs } from '../dialogs.ts';
import type { Services } from '../services.ts';
import { findContract } from '../contractFile.ts';

/** Writes what the last run of a profile's checks found into `oauth.checks.json`, as its promise, and opens it. */
export async function writeContract(
  services: ToChoose & Pick<Services, 'checks' | 'clock' | 'run'>,
  argument: unknown,
): Promise<void> {
  const named = textMember(argument, 'profile');
  const server = named !== undefined && isServerKey(named) ? services.checks.get(named) : undefined;
  const profile =
    server === undefined
      ? await chooseProfile(services, argument, { title: vscode.l10n.t('Write the contract of') })
      : undefined;
  const report = server ?? (profile && services.checks.get(profile.id));
  if (report === undefined) {
    if (profile === undefined) return;
    const run = vscode.l10n.t('Run Checks');
    const none = vscode.l10n.t('The checks of “{0}” have not run since the window was opened.', profile.name);
    if ((await dialogs.showInformationMessage(none, run)) === run)
      await services.run('runChecks', { profile: profile.id });
    return;
  }
  const found = await findContract();
  if (found === undefined) {
    void dialogs.showErrorMessage(
      vscode.l10n.t('Open a folder first: {0} stands in its root.', contractFile),
    );
    return;
  }
  const { uri, text, unread } = found;
  if (unread !== undefined) {
    void dialogs.showErrorMessage(unread);
    return;
  }
  const [problem] = text === undefined || text.trim() === '' ? [] : parseContract(text).problems;
  if (problem !== undefined) {
    const said = vscode.l10n.t('{0} is not changed while it cannot be read.', contractFile);
    void dialogs.showErrorMessage(vscode.l10n.t('{0} Line {1}: {2}', said, problem.line, problem.message));
    await vscode.window.showTextDocument(uri);
    return;
  }
  const edit = new vscode.WorkspaceEdit();
  if (text === undefined) edit.createFile(uri, { ignoreIfExists: true });
  // More than any text has: the whole of it.
  const whole = new vscode.Range(0, 0, Number.MAX_SAFE_INTEGER, 0);
  edit.replace(uri, whole, written(text, report, services.clock.now()));
  if (!(await vscode.workspace.applyEdit(edit))) {
    void dialogs.showErrorMessage(vscode.l10n.t('{0} could not be written.', contractFile));
    return;
  }
  const document = await vscode.workspace.openTextDocument(uri);
  await document.save();
  await vscode.window.showTextDocument(document);
}
