import * as vscode from 'vscode';
import type { Profile } from '../core/profile/profile.ts';
import { dialogs } from './dialogs.ts';
import type { Services } from './services.ts';

/** Says that a profile has no token yet, and gets one when asked to. */
export async function offerToken({ run }: Pick<Services, 'run'>, { id, name }: Profile): Promise<void> {
  const get = vscode.l10n.t('Get Token');
  const answer = await dialogs.showInformationMessage(
    vscode.l10n.t('There is no token for “{0}” yet.', name),
    get,
  );
  if (answer === get) await run('getToken', { profile: id });
}
