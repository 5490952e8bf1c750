import * as vscode from 'vscode';
import { flowText } from '../../core/flowView/flowText.ts';
import type { FlowLog } from '../../core/session/flowLog.ts';
import type { Parts } from '../parts.ts';
import { chooseFlow } from './flowCommands.ts';

const scheme = 'oauth-explorer-flow';

/** Shows two runs in VS Code's own comparison: what differed in requests, responses and claims. */
export async function compareFlows(parts: Parts, argument: unknown): Promise<void> {
  const first = await chooseFlow(parts, argument, ({ state }) => state === 'ended');
  if (first?.state !== 'ended') return;
  const others = parts.flows.entries.filter(
    ({ state, flow }) => state === 'ended' && flow.id !== first.flow.id,
  );
  if (others.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('There is no other flow in this session to compare with. Run it again, then compare.'),
    );
    return;
  }
  const second = await chooseFlow(parts, undefined, (entry) => others.includes(entry));
  if (second?.state !== 'ended') return;
  await parts.views.flowDocuments();
  const [before, after] = [first, second].sort((a, b) => a.flow.startedAt - b.flow.startedAt);
  if (!before || !after) return;
  await vscode.commands.executeCommand(
    'vscode.diff',
    address(before.flow.id),
    address(after.flow.id),
    vscode.l10n.t('{0}: before and after', after.flow.profile.name),
  );
}

function address(flowId: string): vscode.Uri {
  return vscode.Uri.from({ scheme, path: `/${flowId}.flow` });
}

/** Gives VS Code the texts of the runs that are compared. */
export function flowDocuments(flows: FlowLog): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(scheme, {
    provideTextDocumentContent: ({ path }) => {
      const entry = flows.get(path.slice(1).replace(/\.flow$/, ''));
      return entry?.state === 'ended' ? flowText(entry.flow) : vscode.l10n.t('This flow is no longer kept.');
    },
  });
}
