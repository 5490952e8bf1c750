import * as vscode from 'vscode';
import { once } from '../shared/once.ts';
import type { Services } from './services.ts';

/** Offers the checks in the Test Explorer once there is a profile; what is behind it is loaded when VS Code asks for the tests. */
export function offerTests(
  services: Pick<Services, 'checks' | 'clock' | 'profiles' | 'runner' | 'secrets'>,
): vscode.Disposable {
  let controller: vscode.TestController | undefined;
  let shown = false;
  const make = () => {
    const made = vscode.tests.createTestController('oauthExplorer.checks', 'OAuth Explorer');
    const tests = once(async () => {
      const { CheckTests } = await import('./agents/checkTests.ts');
      return new CheckTests(services, made);
    });
    made.resolveHandler = async (item) => {
      shown = true;
      (await tests()).resolve(item);
    };
    made.refreshHandler = async () => (await tests()).resolve(undefined);
    const run =
      (signIn: boolean) => async (request: vscode.TestRunRequest, cancellation: vscode.CancellationToken) =>
        (await tests()).run(request, signIn, cancellation);
    const { Run } = vscode.TestRunProfileKind;
    made.createRunProfile(vscode.l10n.t('Run Checks'), Run, run(false), true);
    made.createRunProfile(vscode.l10n.t('Run Checks with Sign-in'), Run, run(true), false);
    return made;
  };
  const look = () => {
    if (!controller && services.profiles.list().profiles.length > 0) controller = make();
    else if (controller && shown) void controller.resolveHandler?.(undefined);
  };
  const changed = services.profiles.onDidChange(look);
  look();
  return vscode.Disposable.from(changed, { dispose: () => controller?.dispose() });
}
