import * as vscode from 'vscode';
import type { Catalogue } from '../core/diagnose/catalogue.ts';
import { environmentProxy } from '../core/diagnose/environmentProxy.ts';
import { explainReport } from '../core/diagnose/explainFailure.ts';
import type { Explanation } from '../core/diagnose/explanation.ts';
import type { ServerMetadata } from '../core/diagnose/recognise.ts';
import type { TokenFacts } from '../core/diagnose/tokenFacts.ts';
import type { FlowReport } from '../core/record/report.ts';
import type { Profile } from '../core/profile/profile.ts';
import { isMadeByDemo } from '../demo/workspace.ts';

/** What is known around a run when it is explained. */
export interface ExplainDeps {
  catalogue(): Promise<Catalogue>;
  /** The runs of this session that ended, the oldest first. */
  earlier(): readonly FlowReport[];
  /** What the profile's server publishes about itself, if that is known. */
  metadata(profile: Profile): ServerMetadata | undefined;
}

/** Explains a run that failed with all that is known around it; nothing for one that gave a token. */
export async function explainRun(
  report: FlowReport,
  deps: ExplainDeps,
  token?: TokenFacts,
): Promise<Explanation | undefined> {
  const metadata = deps.metadata(report.failedAt ?? report.profile);
  const setting = vscode.workspace.getConfiguration('http').get<string>('proxy');
  const proxy = setting === undefined || setting === '' ? environmentProxy(process.env) : setting;
  return explainReport(report, await deps.catalogue(), {
    earlier: deps.earlier().filter(({ id, startedAt }) => id !== report.id && startedAt <= report.startedAt),
    ...(metadata ? { metadata } : {}),
    ...(proxy ? { proxy } : {}),
    ...(token ? { token } : {}),
    demo: isMadeByDemo(report.failedAt ?? report.profile),
  });
}
