import { applyFix } from '../core/diagnose/failureController.ts';
import { fixDeps } from './fixDeps.ts';
import { hostFixes } from './hostFixes.ts';
import type { ChecksPanelDeps } from './panels/checksPanel.ts';
import { runApiTarget } from './runApiTarget.ts';
import { runProfileChecks } from './runProfileChecks.ts';
import type { Services } from './services.ts';

/** The checks view with the extension host's network, browser, keychain and settings. */
export function checksPanelDeps(
  services: Pick<
    Services,
    | 'checks'
    | 'clock'
    | 'extensionUri'
    | 'flows'
    | 'profiles'
    | 'run'
    | 'runner'
    | 'secrets'
    | 'session'
    | 'tokens'
    | 'version'
  >,
): ChecksPanelDeps {
  const fixes = hostFixes(fixDeps(services));
  return {
    extensionUri: services.extensionUri,
    version: services.version,
    run: (...asked) => runProfileChecks(services, ...asked),
    runApi: (...asked) => runApiTarget(services, ...asked),
    reports: services.checks,
    showFlow: async (flow) => {
      services.flows.put({ state: 'ended', flow });
      await services.run('showFlow', { flow: flow.id });
    },
    applyFix: (profile, fix) => applyFix(fix, profile, fixes),
    latest: (profile) => services.profiles.latest(profile)?.profile,
  };
}
