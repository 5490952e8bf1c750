import * as vscode from 'vscode';
import type { FixDeps } from '../core/diagnose/failureController.ts';
import type { HostFix } from '../core/diagnose/quickFix.ts';
import { secretPlace, type Profile } from '../core/profile/profile.ts';
import { member } from '../shared/json.ts';
import { dialogs } from './dialogs.ts';
import { named } from './profileArgument.ts';
import { SettingsWriteError } from './profileSettings.ts';
import type { Services } from './services.ts';
import { tellNotWritten } from './tellNotWritten.ts';

/** What quick fixes take. */
export type ToFix = Pick<Services, 'profiles' | 'run' | 'secrets'>;

/** Carries out quick fixes in VS Code: with input boxes, modal questions and our own commands. */
export function hostFixes(services: ToFix): FixDeps {
  return {
    profile: (of) => services.profiles.latest(of)?.profile,
    save: (profile) => saved(services, profile),
    host: (fix, profile) => doFix(fix, profile, services),
  };
}

/** Saves a changed profile where it is stored; returns whether that worked, and tells the user when it did not. */
export async function saved({ profiles }: Pick<Services, 'profiles'>, profile: Profile): Promise<boolean> {
  try {
    await profiles.update(profile);
    return true;
  } catch (thrown) {
    if (!(thrown instanceof SettingsWriteError)) throw thrown;
    tellNotWritten(thrown);
    return false;
  }
}

async function doFix(fix: HostFix, profile: Profile, services: ToFix): Promise<boolean> {
  const argument = named(profile);
  const now = () => services.profiles.latest(profile)?.profile;
  switch (fix.kind) {
    case 'trim_secret':
      return trimSecret(services, profile);
    case 'enter_secret':
      return (await services.run('setSecret', argument)) !== false;
    case 'ask_audience':
      return askAudience(services, profile);
    case 'trust_certificate': {
      const { askToTrust } = await import('./trustCertificate.ts');
      const trustedCertificate = await askToTrust(fix.url);
      return trustedCertificate !== undefined && saved(services, { ...profile, trustedCertificate });
    }
    case 'edit_profile':
      await services.run('editProfile', { ...argument, field: fix.field });
      return true;
    case 'start_demo':
      await services.run('startDemoServer', {});
      // The demo then has another port; the user may also have cancelled.
      return soon(() => now()?.issuer !== profile.issuer);
    case 'remove_demo':
      await services.run('stopDemoServer', { remove: true });
      return soon(() => now() === undefined);
    case 'sign_in':
      return member(await services.run('getToken', argument), 'outcome') === 'token';
    case 'get_token':
    case 'run_again':
      await services.run('getToken', argument);
      return true;
  }
}

/** Whether something soon holds: written settings come into force a little later. */
async function soon(holds: () => boolean): Promise<boolean> {
  for (let tries = 0; tries < 20 && !holds(); tries++) await new Promise((wake) => setTimeout(wake, 50));
  return holds();
}

/** Trims white space off the stored secret; `false` when there is none. */
async function trimSecret({ secrets }: ToFix, profile: Profile): Promise<boolean> {
  const place = secretPlace(profile);
  const secret = await secrets.get(place);
  if (secret === undefined) return false;
  await secrets.set(place, secret.trim());
  return true;
}

async function askAudience(services: ToFix, profile: Profile): Promise<boolean> {
  const audience = await dialogs.showInputBox({
    title: vscode.l10n.t('Audience of {0}', profile.name),
    prompt: vscode.l10n.t('The API’s identifier at the authorization server'),
    placeHolder: 'https://api.example.com',
    value: profile.audience ?? '',
  });
  const trimmed = audience?.trim() ?? '';
  return trimmed !== '' && saved(services, { ...profile, audience: trimmed });
}
