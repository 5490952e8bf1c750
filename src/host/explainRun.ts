import * as vscode from 'vscode';
import { environmentProxy } from '../core/diagnose/environmentProxy.ts';
import { explainReport } from '../core/diagnose/explainFailure.ts';
import type { Explanation } from '../core/diagnose/explanation.ts';
import type { TokenFacts } from '../core/diagnose/tokenFacts.ts';
import type { FlowReport } from '../core/record/report.ts';
import { isMadeByDemo } from '../demo/workspace.ts';
import type { Services } from './services.ts';

/** What explaining a run takes. */
export type ToExplain = Pick<Services, 'clock' | 'flows' | 'runner'>;

/** Explains a failed run with everything known around it; undefined for one that gave a token. */
export async function explainRun(
  { clock, flows, runner }: ToExplain,
  report: FlowReport,
  token?: TokenFacts,
): Promise<Explanation | undefined> {
  const profile = report.failedAt ?? report.profile;
  const metadata =
    profile.issuer === undefined ? undefined : runner.metadata.get(profile.issuer, clock.now())?.server;
  const setting = vscode.workspace.getConfiguration('http').get<string>('proxy');
  const proxy = setting === undefined || setting === '' ? environmentProxy(process.env) : setting;
  return explainReport(report, await runner.catalogue(), {
    // The oldest first.
    earlier: flows
      .ended()
      .filter(({ id, startedAt }) => id !== report.id && startedAt <= report.startedAt)
      .reverse(),
    ...(metadata ? { metadata } : {}),
    ...(proxy ? { proxy } : {}),
    ...(token ? { token } : {}),
    demo: isMadeByDemo(profile),
  });
}
