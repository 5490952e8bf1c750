import * as vscode from 'vscode';
import { benchServer } from '../core/checks/benchServer.ts';
import type { OtherClient } from '../core/checks/benchOptions.ts';
import { runChecks } from '../core/checks/runChecks.ts';
import { dialectOf, namesBothEndpoints } from '../core/diagnose/catalogue.ts';
import { applyQuickFix } from '../core/diagnose/quickFix.ts';
import { recogniseProvider } from '../core/diagnose/recognise.ts';
import { secretPlace, type AuthorizationCodeProfile, type Profile } from '../core/profile/profile.ts';
import { defaultBrowser } from './browser.ts';
import { secretOrAsk } from './clientSecrets.ts';
import type { ChecksPanelDeps } from './panels/checksPanel.ts';
import type { Services } from './services.ts';
import { setting } from './settings.ts';

/** The checks view with the extension host's network, browser, keychain and settings. */
export function checksPanelDeps(
  services: Pick<
    Services,
    'clock' | 'extensionUri' | 'flows' | 'profiles' | 'run' | 'runner' | 'secrets' | 'version'
  >,
): ChecksPanelDeps {
  return {
    extensionUri: services.extensionUri,
    version: services.version,
    run: async (profile, other, choice, signal, progress) => {
      const { clock, secrets, runner } = services;
      const network = {
        fetch: runner.fetchFor(profile),
        clock,
        signal,
        timeout: setting('requestTimeout') * 1000,
      };
      const catalogue = await runner.catalogue();
      const knownPair = namesBothEndpoints(catalogue, profile);
      const server = await benchServer(profile, { ...network, metadata: runner.metadata, knownPair });
      const dialect = dialectOf(catalogue, profile, recogniseProvider(catalogue, profile).provider);
      return runChecks(
        {
          ...network,
          profile,
          server,
          ...(other === undefined ? {} : { other: otherOf(services, other) }),
          ...(dialect === undefined ? {} : { dialect }),
          browser: defaultBrowser,
          signInTimeout: setting('signInTimeout') * 1000,
          secret: () => secretOrAsk(profile, secrets, signal, server.tokenEndpoint),
          progress,
        },
        choice,
      );
    },
    showFlow: async (flow) => {
      services.flows.put({ state: 'ended', flow });
      await services.run('showFlow', { flow: flow.id });
    },
    applyFix: (profile, fix) => applyFix(services, profile, fix),
  };
}

/** The other client's secret is used when it is stored; nobody is asked for it. */
function otherOf({ secrets }: Pick<Services, 'secrets'>, profile: AuthorizationCodeProfile): OtherClient {
  return { profile, secret: () => secrets.use(secretPlace(profile)) };
}

async function applyFix(
  services: Pick<Services, 'profiles' | 'run'>,
  profile: Profile,
  fix: Parameters<ChecksPanelDeps['applyFix']>[1],
): Promise<string | undefined> {
  const applied = applyQuickFix(services.profiles.get(profile.id)?.profile ?? profile, fix);
  if (applied.kind === 'profile') {
    await services.profiles.update(applied.profile);
    return vscode.l10n.t('The profile was changed. Run the checks again from the Profiles view.');
  }
  if (applied.fix.kind === 'edit_profile')
    await services.run('editProfile', { profile: profile.id, field: applied.fix.field });
  return undefined;
}
