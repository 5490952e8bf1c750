import * as vscode from 'vscode';
import type { FixDeps } from '../core/diagnose/failureController.ts';
import type { HostFix } from '../core/diagnose/quickFix.ts';
import type { Profile } from '../core/profile/profile.ts';
import type { CommandName } from '../shared/commands.ts';
import { dialogs } from './dialogs.ts';
import { member } from '../shared/json.ts';
import { named } from './profileArgument.ts';

/** What quick fixes need of the extension's other services. */
export interface HostFixDeps {
  /** The profile as it is now, in its own environment. */
  profile(of: Profile): Profile | undefined;
  /** Saves a changed profile where it came from; `false` when it could not be. */
  save(profile: Profile): Promise<boolean>;
  /** Takes blanks and line breaks off the stored secret; `false` when there is none. */
  trimSecret(profile: Profile): Promise<boolean>;
  /** Runs one of our commands, such as `getToken` or `editProfile`. */
  run(command: CommandName, argument: object): unknown;
}

/** Quick fixes as VS Code does them: with input boxes, modal questions and our own commands. */
export function hostFixes(deps: HostFixDeps): FixDeps {
  return {
    profile: (of) => deps.profile(of),
    save: (profile) => deps.save(profile),
    host: (fix, profile) => doFix(fix, profile, deps),
  };
}

async function doFix(fix: HostFix, profile: Profile, deps: HostFixDeps): Promise<boolean> {
  const argument = named(profile);
  switch (fix.kind) {
    case 'trim_secret':
      return deps.trimSecret(profile);
    case 'enter_secret':
      return (await deps.run('setSecret', argument)) !== false;
    case 'ask_audience':
      return askAudience(profile, deps);
    case 'trust_certificate':
      return (await import('./trustCertificate.ts')).trustCertificate(fix.url, profile, deps);
    case 'edit_profile':
      await deps.run('editProfile', { ...argument, field: fix.field });
      return true;
    case 'start_demo':
      await deps.run('startDemoServer', {});
      // It has another port; the user may have cancelled.
      return soon(() => deps.profile(profile)?.issuer !== profile.issuer);
    case 'remove_demo':
      await deps.run('stopDemoServer', { remove: true });
      return soon(() => deps.profile(profile) === undefined);
    case 'sign_in':
      return member(await deps.run('getToken', argument), 'outcome') === 'token';
    case 'get_token':
    case 'run_again':
      await deps.run('getToken', argument);
      return true;
  }
}

/** Settings that were written are in force a little later. */
async function soon(holds: () => boolean): Promise<boolean> {
  for (let tries = 0; tries < 20 && !holds(); tries++) await new Promise((wake) => setTimeout(wake, 50));
  return holds();
}

async function askAudience(profile: Profile, deps: HostFixDeps): Promise<boolean> {
  const audience = await dialogs.showInputBox({
    title: vscode.l10n.t('Audience of {0}', profile.name),
    prompt: vscode.l10n.t('The identifier of the API as the authorization server has it'),
    placeHolder: 'https://api.example.com',
    value: profile.audience ?? '',
  });
  const trimmed = audience?.trim() ?? '';
  return trimmed !== '' && deps.save({ ...profile, audience: trimmed });
}
