import * as vscode from 'vscode';
import type { FlowReport } from '../core/record/report.ts';
import { flowText } from '../core/flowView/flowText.ts';
import type { FlowLog } from '../core/session/flowLog.ts';

const scheme = 'oauth-explorer-flow';

/**
 * The address of a run's document.
 *
 * @param other the run on the other side
 */
export function flowAddress(flowId: string, other: string): vscode.Uri {
  return vscode.Uri.from({ scheme, path: `/${flowId}.flow`, query: other });
}

/** Provides VS Code with the texts of the runs that are compared. */
export function flowDocuments(flows: FlowLog): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(scheme, {
    provideTextDocumentContent: ({ path, query }) => {
      const flow = ended(flows, path.slice(1).replace(/\.flow$/, ''));
      return flow ? flowText(flow, ended(flows, query)) : vscode.l10n.t('This flow is no longer available.');
    },
  });
}

function ended(flows: FlowLog, id: string): FlowReport | undefined {
  const entry = flows.get(id);
  return entry?.state === 'ended' ? entry.flow : undefined;
}
