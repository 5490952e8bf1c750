import * as vscode from 'vscode';
import { flowAddress } from '../flowDocuments.ts';
import type { Services, Views } from '../services.ts';
import { chooseFlow, hasEnded } from '../chooseFlow.ts';
import { dialogs } from '../dialogs.ts';

/** Shows two runs in VS Code's own diff editor: how requests, responses and claims differ. */
export async function compareFlows(
  services: Pick<Services, 'clock' | 'flows'> & { readonly views: Pick<Views, 'flowDocuments'> },
  argument: unknown,
): Promise<void> {
  const first = await chooseFlow(services, argument, { ...hasEnded, title: vscode.l10n.t('Compare a flow') });
  if (first?.state !== 'ended') return;
  const others = services.flows.entries.filter(
    ({ state, flow }) => state === 'ended' && flow.id !== first.flow.id,
  );
  if (others.length === 0) {
    void dialogs.showInformationMessage(
      vscode.l10n.t('There is no other flow to compare this one with. Run it again, then compare.'),
    );
    return;
  }
  const second = await chooseFlow(services, undefined, {
    ...hasEnded,
    fits: (entry) => others.includes(entry),
    title: vscode.l10n.t('Compare “{0}” with', first.flow.profile.name),
  });
  if (second?.state !== 'ended') return;
  await services.views.flowDocuments();
  const [before, after] = [first, second].sort((a, b) => a.flow.startedAt - b.flow.startedAt);
  if (!before || !after) return;
  await vscode.commands.executeCommand(
    'vscode.diff',
    flowAddress(before.flow.id, after.flow.id),
    flowAddress(after.flow.id, before.flow.id),
    vscode.l10n.t('{0}: before and after', after.flow.profile.name),
  );
}
