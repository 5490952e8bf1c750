import * as vscode from 'vscode';
import { dialogs } from '../dialogs.ts';
import { seenProfiles, type ToFindLeftovers } from '../leftovers.ts';

interface Item extends vscode.QuickPickItem {
  readonly id: string;
}

/**
 * Lists the profiles that are no longer in any settings but have secrets or tokens, and deletes those of the selected ones, or
 * of the one that the argument names.
 */
export async function removeLeftovers(services: ToFindLeftovers, argument: unknown): Promise<void> {
  const { tokens, profiles, globalState } = services;
  const seen = seenProfiles(globalState);
  const items: Item[] = [];
  for (const { id, name } of seen.gone(profiles.ids()))
    if (await tokens.keepsAny(id)) items.push({ label: name, description: id, id });
  if (items.length === 0) {
    void dialogs.showInformationMessage(vscode.l10n.t('Nothing is stored for removed profiles.'));
    return;
  }
  const named = (argument as { readonly profile?: unknown } | undefined)?.profile;
  const chosen = items.filter(({ id }) => id === named);
  if (chosen.length === 0) chosen.push(...(await ask(items)));
  for (const { id } of chosen) {
    // The profile may have come back while the list was open.
    if (profiles.ids().includes(id)) continue;
    await tokens.deleteLeftovers(id);
    await seen.forget(id);
  }
  if (chosen.length > 0) dialogs.done(vscode.l10n.t('Deleted from the keychain'));
}

async function ask(items: readonly Item[]): Promise<readonly Item[]> {
  const chosen = await dialogs.showQuickPick(items, {
    title: vscode.l10n.t('Secrets and tokens of profiles that are not in the settings here'),
    placeHolder: vscode.l10n.t('Choose which to delete; profiles of other workspaces are listed too'),
    canPickMany: true,
    matchOnDescription: true,
  });
  return chosen ?? [];
}
