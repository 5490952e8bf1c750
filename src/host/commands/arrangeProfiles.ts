import * as vscode from 'vscode';
import type { Arrangement } from '../../core/session/arrangeProfiles.ts';
import { dialogs } from '../dialogs.ts';
import { arrangementOf, keepArrangement } from '../profileLines.ts';
import type { Services } from '../services.ts';

interface Choice extends vscode.QuickPickItem {
  readonly change?: Partial<Arrangement>;
}

/** Asks how the list of profiles is to be grouped and ordered, and remembers it. */
export async function arrangeProfilesCommand(
  services: Pick<Services, 'active' | 'globalState'>,
): Promise<void> {
  const now = arrangementOf(services);
  const choice = (label: string, change: Partial<Arrangement>): Choice => {
    const chosen = Object.entries(change).every(([key, value]) => now[key as keyof Arrangement] === value);
    return { label, change, ...(chosen && { description: vscode.l10n.t('as it is now') }) };
  };
  const { Separator } = vscode.QuickPickItemKind;
  const items: readonly Choice[] = [
    { label: vscode.l10n.t('Groups'), kind: Separator },
    choice(vscode.l10n.t('No groups'), { groups: 'none' }),
    choice(vscode.l10n.t('Group by server'), { groups: 'server' }),
    choice(vscode.l10n.t('Group by user and workspace settings'), { groups: 'settings' }),
    { label: vscode.l10n.t('Order'), kind: Separator },
    choice(vscode.l10n.t('In the order of the settings'), { order: 'settings' }),
    choice(vscode.l10n.t('By name'), { order: 'name' }),
  ];
  const chosen = await dialogs.showQuickPick(items, { title: vscode.l10n.t('Arrange profiles') });
  if (!chosen?.change) return;
  await keepArrangement(services, { ...now, ...chosen.change });
  services.active.changes.fire();
}
