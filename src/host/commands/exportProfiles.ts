import * as vscode from 'vscode';
import { exportJson, exportPlainText } from '../../core/import/exportText.ts';
import type { Profile } from '../../core/profile/profile.ts';
import { serverHost } from '../../core/session/profilesTree.ts';
import { dialogs } from '../dialogs.ts';
import { askWhere, isWritten } from '../saveFile.ts';
import { profileIdOf } from '../profileArgument.ts';
import type { Services } from '../services.ts';
import type { Item } from '../safeWindow.ts';

interface Way extends Item {
  readonly run: (profiles: readonly Profile[]) => Promise<void>;
}

/** Copies profiles, or writes them to a file, for others to import; their secrets stay in the keychain. */
export async function exportProfiles(services: Pick<Services, 'profiles'>, argument: unknown): Promise<void> {
  const profiles = await choose(services, argument);
  if (profiles === undefined || profiles.length === 0) return;
  const ways: Way[] = [
    {
      icon: 'json',
      label: vscode.l10n.t('Copy as JSON'),
      detail: vscode.l10n.t('As it stands in settings.json'),
      run: copied(exportJson),
    },
    {
      icon: 'note',
      label: vscode.l10n.t('Copy as Link-Free Text'),
      detail: vscode.l10n.t('For a chat or a ticket: no address becomes a link'),
      run: copied(exportPlainText),
    },
    { icon: 'save', label: vscode.l10n.t('Save to a File…'), detail: vscode.l10n.t('As JSON'), run: toFile },
  ];
  const way = await dialogs.showQuickPick(ways, {
    title: vscode.l10n.t('Export Profiles'),
    placeHolder: vscode.l10n.t(
      'Secrets and tokens are never exported; Import Profiles reads each of these back',
    ),
  });
  await way?.run(profiles);
}

async function choose(
  { profiles: store }: Pick<Services, 'profiles'>,
  argument: unknown,
): Promise<readonly Profile[] | undefined> {
  const all = store.list().profiles.map(({ profile, written }) => written ?? profile);
  const id = profileIdOf(argument);
  if (id !== undefined) return all.filter((profile) => profile.id === id);
  if (all.length === 0) void dialogs.showInformationMessage(vscode.l10n.t('There is no profile yet.'));
  if (all.length <= 1) return all;
  const items = all.map((profile) => ({
    label: profile.name,
    description: serverHost(profile),
    profile,
    picked: true,
  }));
  const chosen = await dialogs.showQuickPick(items, {
    title: vscode.l10n.t('Export Profiles'),
    placeHolder: vscode.l10n.t('Choose the profiles'),
    canPickMany: true,
  });
  return chosen?.map(({ profile }) => profile);
}

function copied(write: (profiles: readonly Profile[]) => string): Way['run'] {
  return async (profiles) => {
    await vscode.env.clipboard.writeText(write(profiles));
    dialogs.done(vscode.l10n.t('Profiles copied, without secrets'));
  };
}

async function toFile(profiles: readonly Profile[]): Promise<void> {
  const title = vscode.l10n.t('Export Profiles');
  const uri = await askWhere('oauth-profiles.json', { title, filters: { JSON: ['json'] } });
  if (uri === undefined) return;
  const path = uri.fsPath;
  if (await isWritten(uri, exportJson(profiles)))
    void dialogs.showInformationMessage(vscode.l10n.t('The profiles are in {0}, without secrets.', path));
  else void dialogs.showErrorMessage(vscode.l10n.t('The profiles could not be written to {0}.', path));
}
