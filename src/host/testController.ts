import * as vscode from 'vscode';
import { once } from '../shared/once.ts';
import type { TestServices } from './agents/testSubjects.ts';

/**
 * Offers the checks in the Test Explorer once there is a profile, or a server was checked; the code behind it is loaded when VS
 * Code asks for the tests.
 */
export function offerTests(services: TestServices): vscode.Disposable {
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
      await (await tests()).resolve(item);
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
    const isThere = services.profiles.list().profiles.length > 0 || services.checks.ids.length > 0;
    if (!controller && isThere) controller = make();
    else if (controller && shown) void controller.resolveHandler?.(undefined);
  };
  const changed = services.profiles.onDidChange(look);
  const forget = services.checks.changes.on((id) => {
    // An MCP server without a profile is listed once it was checked.
    if (services.profiles.get(id) === undefined) look();
  });
  look();
  return vscode.Disposable.from(changed, new vscode.Disposable(forget), {
    dispose: () => controller?.dispose(),
  });
}
