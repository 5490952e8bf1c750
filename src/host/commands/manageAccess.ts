import * as vscode from 'vscode';
import { callerWords } from '../../core/access/caller.ts';
import type { Services } from '../services.ts';
import { dialogs } from '../dialogs.ts';

/** Lists who may have which profile's tokens; a selected entry is revoked, and asked about again the next time. */
export async function manageAccess({
  access,
  profiles,
}: Pick<Services, 'access' | 'profiles'>): Promise<void> {
  const words = {
    always: vscode.l10n.t('always allowed'),
    session: vscode.l10n.t('allowed for this session'),
    never: vscode.l10n.t('never allowed'),
  };
  const items = (await access.list()).map((decision) => ({
    label: profiles.get(decision.profile)?.profile.name ?? decision.profile,
    description: words[decision.answer],
    detail: `${callerWords(decision.caller)} · ${decision.server}`,
    decision,
  }));
  if (items.length === 0) {
    void dialogs.showInformationMessage(
      vscode.l10n.t('Nobody has asked for a token yet, so there is nothing to take back.'),
    );
    return;
  }
  const chosen = await dialogs.showQuickPick(items, {
    title: vscode.l10n.t('Access to tokens'),
    placeHolder: vscode.l10n.t('Choose what to take back; you are asked again the next time'),
    canPickMany: true,
  });
  for (const { decision } of chosen ?? []) await access.revoke(decision);
}
