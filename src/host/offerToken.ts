import * as vscode from 'vscode';
import type { Profile } from '../core/profile/profile.ts';
import { dialogs } from './dialogs.ts';
import { named } from './profileArgument.ts';
import type { Services } from './services.ts';

/** Tells the user that a profile has no token yet, and offers to get one. */
export async function offerToken({ run }: Pick<Services, 'run'>, profile: Profile): Promise<void> {
  const get = vscode.l10n.t('Get Token');
  const answer = await dialogs.showInformationMessage(
    vscode.l10n.t('There is no token for “{0}” yet.', profile.name),
    get,
  );
  if (answer === get) await run('getToken', named(profile));
}
