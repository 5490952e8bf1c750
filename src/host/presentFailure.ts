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
 * Opens the page that explains a failure, with a notification that links to it; a cancelled flow needs neither, but the browser may
 * have shown why it was cancelled.
 *
 * Beside the page the notification is short and has no buttons: with buttons VS Code would keep it on top of the page's own
 * until it is closed by hand. Without, it goes away by itself and stays in the notification centre.
 */
export function presentFailure(
  services: Pick<Services, 'run'>,
  profile: Profile,
  { failure, report }: Extract<Obtained, { readonly kind: 'failure' }>,
): void {
  if (failure.kind === 'cancelled') {
    // Those of a demo are ended with it, too.
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
    // Its server ended with the window it ran in, and has another port when it runs again.
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

/** Servers show some refusals on a page of their own, and whoever reads one there cancels. */
async function askWhatWasShown(
  { run }: Pick<Services, 'run'>,
  { name }: Profile,
  flow: string,
): Promise<void> {
  const shown = vscode.l10n.t('The Browser Showed an Error');
  const text = vscode.l10n.t('The sign-in of “{0}” was cancelled.', shorten(name, 40));
  if ((await dialogs.showInformationMessage(text, shown)) === shown) await run('showFailure', { flow });
}

/** The profile of a demo that is gone has two ways on: another demo, or none. */
async function offerDemo({ run }: Pick<Services, 'run'>, text: string): Promise<void> {
  const start = vscode.l10n.t('Start Demo Server');
  const remove = vscode.l10n.t('Remove Demo Profiles');
  const answer = await dialogs.showErrorMessage(text, start, remove);
  if (answer === start) await run('startDemoServer');
  if (answer === remove) await run('stopDemoServer', { remove: true });
}
