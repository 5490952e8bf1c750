import * as vscode from 'vscode';
import { shorten } from '../core/http/plainText.ts';
import type { Profile } from '../core/profile/profile.ts';
import type { Obtained } from '../core/session/session.ts';
import { isMadeByDemo } from '../demo/workspace.ts';
import { commands } from '../shared/commands.ts';
import type { Services } from './services.ts';
import { dialogs } from './dialogs.ts';
import { named } from './profileArgument.ts';

/**
 * Opens the page that explains a failure, with a notification that links to it. A cancelled flow gets neither, but its user may
 * have cancelled over an error that the browser showed, and is asked.
 *
 * The notification is short and has no buttons: with buttons, VS Code would keep it open in front of the page’s own until the
 * user closes it. Without, it disappears by itself and stays in the notification centre.
 */
export function presentFailure(
  services: Pick<Services, 'run'>,
  profile: Profile,
  { failure, report }: Extract<Obtained, { readonly kind: 'failure' }>,
): void {
  if (failure.kind === 'cancelled') {
    // Sign-ins at a demo also end when the demo is stopped.
    if (failure.step === 'redirect' && report && !isMadeByDemo(profile))
      void askWhatWasShown(services, profile, report.id);
    return;
  }
  if (report) {
    void services.run('showFailure', { flow: report.id });
    const explain = {
      label: vscode.l10n.t('Explain'),
      command: commands.showFailure,
      argument: { flow: report.id },
    };
    const text = `${shorten(profile.name, 40)}: ${shorten(failure.message, 160)}`;
    // The demo server stopped with its window, and the next one has another port.
    if (failure.kind === 'network' && isMadeByDemo(profile)) {
      void offerDemo(services, text);
      return;
    }
    void dialogs.showErrorMessage({ text, links: [explain] });
    return;
  }
  const get = vscode.l10n.t('Get Token');
  // Not awaited: the notification stays as long as the user likes, and the command is over.
  void dialogs
    .showErrorMessage(`${profile.name}: ${failure.message} ${failure.advice}`, get)
    .then((answer) => answer === get && services.run('getToken', named(profile)));
}

/** Asks whether the browser showed an error: some servers show a refusal only on their own page, and users then cancel. */
async function askWhatWasShown(
  { run }: Pick<Services, 'run'>,
  { name }: Profile,
  flow: string,
): Promise<void> {
  const shown = vscode.l10n.t('The Browser Showed an Error');
  const text = vscode.l10n.t('The sign-in of “{0}” was cancelled.', shorten(name, 40));
  if ((await dialogs.showInformationMessage(text, shown)) === shown) await run('showFailure', { flow });
}

/** Offers to start another demo server, or to remove the profiles of the one that has stopped. */
async function offerDemo({ run }: Pick<Services, 'run'>, text: string): Promise<void> {
  const start = vscode.l10n.t('Start Demo Server');
  const remove = vscode.l10n.t('Remove Demo Profiles');
  const answer = await dialogs.showErrorMessage(text, start, remove);
  if (answer === start) await run('startDemoServer');
  if (answer === remove) await run('stopDemoServer', { remove: true });
}
