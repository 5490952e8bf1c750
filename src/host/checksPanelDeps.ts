import * as vscode from 'vscode';
import { applyQuickFix } from '../core/diagnose/quickFix.ts';
import type { Profile } from '../core/profile/profile.ts';
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
    applyFix: (profile, fix) => applyFix(services, profile, fix),
  };
}

async function applyFix(
  services: Pick<Services, 'profiles' | 'run'>,
  profile: Profile,
  fix: Parameters<ChecksPanelDeps['applyFix']>[1],
): Promise<string | undefined> {
  const applied = applyQuickFix(services.profiles.latest(profile)?.profile ?? profile, fix);
  if (applied.kind === 'profile') {
    await services.profiles.update(applied.profile);
    return vscode.l10n.t('The profile was changed. Run the checks again from the Profiles view.');
  }
  if (applied.fix.kind === 'edit_profile')
    await services.run('editProfile', { profile: profile.id, field: applied.fix.field });
  return undefined;
}
