import * as vscode from 'vscode';
import type { FlowReport } from '../../core/flow/report.ts';
import { flowText } from '../../core/flowView/flowText.ts';
import type { FlowLog } from '../../core/session/flowLog.ts';
import type { Parts } from '../parts.ts';
import { chooseFlow, hasEnded } from './flowCommands.ts';

const scheme = 'oauth-explorer-flow';

/** Shows two runs in VS Code's own comparison: what differed in requests, responses and claims. */
export async function compareFlows(parts: Parts, argument: unknown): Promise<void> {
  const first = await chooseFlow(parts, argument, hasEnded);
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
  const second = await chooseFlow(parts, undefined, { ...hasEnded, fits: (entry) => others.includes(entry) });
  if (second?.state !== 'ended') return;
  await parts.views.flowDocuments();
  const [before, after] = [first, second].sort((a, b) => a.flow.startedAt - b.flow.startedAt);
  if (!before || !after) return;
  await vscode.commands.executeCommand(
    'vscode.diff',
    address(before.flow.id, after.flow.id),
    address(after.flow.id, before.flow.id),
    vscode.l10n.t('{0}: before and after', after.flow.profile.name),
  );
}

/** @param other the run on the other side. */
function address(flowId: string, other: string): vscode.Uri {
  return vscode.Uri.from({ scheme, path: `/${flowId}.flow`, query: other });
}

/** Gives VS Code the texts of the runs that are compared. */
export function flowDocuments(flows: FlowLog): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(scheme, {
    provideTextDocumentContent: ({ path, query }) => {
      const flow = ended(flows, path.slice(1).replace(/\.flow$/, ''));
      return flow ? flowText(flow, ended(flows, query)) : vscode.l10n.t('This flow is no longer kept.');
    },
  });
}

function ended(flows: FlowLog, id: string): FlowReport | undefined {
  const entry = flows.get(id);
  return entry?.state === 'ended' ? entry.flow : undefined;
}
