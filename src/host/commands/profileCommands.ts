import * as vscode from 'vscode';
import { authenticationOf } from '../../core/authentication/all.ts';
import { applicationSecretHash } from '../../core/profile/applicationSecretHash.ts';
import { secretPlace, type Profile } from '../../core/profile/profile.ts';
import { noticeText } from '../noticeText.ts';
import type { Parts } from '../parts.ts';
import { askAndKeepSecret, askSecret } from '../clientSecrets.ts';
import { profileProblem } from '../profileStore.ts';
import { removeProfile } from '../removeProfile.ts';
import { saveProfile } from '../profilePanelDeps.ts';
import { chooseProfile, pick } from './chooseProfile.ts';

export async function addProfile(parts: Parts): Promise<void> {
  await (await parts.views.profile()).open();
}

export async function editProfile(parts: Parts, argument: unknown): Promise<void> {
  const profile = await chooseProfile(parts, argument);
  if (!profile) return;
  const field = fieldOf(argument);
  const views = await parts.views.profile();
  await views.open({ profileId: profile.id, ...(field !== undefined && { field }) });
}

/** A quick fix says which field it is about. */
function fieldOf(argument: unknown): string | undefined {
  if (typeof argument !== 'object' || argument === null || !('field' in argument)) return undefined;
  return typeof argument.field === 'string' ? argument.field : undefined;
}

/** Imports profiles from what other tools keep; secrets go into the keychain. */
export async function importProfiles(parts: Parts): Promise<void> {
  const { importProfiles: run } = await import('./importProfiles.ts');
  await run({
    profileIds: () => parts.profiles.ids(),
    saveProfile: (profile, target) => saveProfile(parts, profile, target),
    storeSecret: (place, secret) => parts.secrets.set(place, secret),
    openPanel: async (options) => (await parts.views.profile()).open(options),
  });
}

/** Deletes a profile with its secret and its tokens, after a question. */
export async function deleteProfile(parts: Parts, argument: unknown): Promise<void> {
  const profile = await chooseProfile(parts, argument);
  if (!profile) return;
  const yes = vscode.l10n.t('Delete');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('Delete the profile “{0}”?', profile.name),
    {
      modal: true,
      detail: vscode.l10n.t('Its client secret and its tokens are deleted from the keychain too.'),
    },
    yes,
  );
  if (answer !== yes) return;
  await removeProfile(parts, profile);
}

export async function renameProfile(parts: Parts, argument: unknown): Promise<void> {
  const profile = await chooseProfile(parts, argument);
  if (!profile) return;
  const name = await vscode.window.showInputBox({
    title: vscode.l10n.t('Rename “{0}”', profile.name),
    value: profile.name,
    validateInput: (value) =>
      value.trim() === ''
        ? vscode.l10n.t('A profile needs a name.')
        : profileProblem({ ...profile, name: value.trim() }),
  });
  if (name !== undefined && name.trim() !== profile.name)
    await parts.profiles.rename(profile.id, name.trim());
}

/** Copies a profile under a new id; the secret is not copied along, it belongs to the client it was entered for. */
export async function duplicateProfile(parts: Parts, argument: unknown): Promise<void> {
  const profile = await chooseProfile(parts, argument);
  if (!profile) return;
  const id = await parts.profiles.duplicate(profile.id);
  await (await parts.views.profile()).open({ profileId: id });
}

/**
 * Asks for the client secret and keeps it in the keychain.
 *
 * @returns whether one was stored.
 */
export async function setSecret(parts: Parts, argument: unknown): Promise<boolean> {
  const profile = await chooseProfile(parts, argument);
  if (!profile) return false;
  if (!authenticationOf(profile).usesSecret) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('“{0}” is a public client: it authenticates without a secret.', noticeText(profile.name)),
    );
    return false;
  }
  if ((await askAndKeepSecret(profile, parts.secrets)) === undefined) return false;
  vscode.window.setStatusBarMessage(vscode.l10n.t('$(check) Client secret stored'), 3000);
  return true;
}

/** Chooses the profile that new bearer headers and the status bar use. */
export async function setActiveProfile(parts: Parts, argument: unknown): Promise<void> {
  const profiles = parts.profiles.list().profiles.map(({ profile }) => profile);
  const profile =
    argument === undefined && profiles.length > 0
      ? await pick(parts, profiles)
      : await chooseProfile(parts, argument);
  if (profile) await parts.active.set(profile.id);
}

/** Copies the ApplicationSecretHash of the stored or a typed secret. */
export async function copySecretHash(parts: Parts, argument: unknown): Promise<void> {
  const secret = await secretToHash(parts, argument);
  if (secret === undefined) return;
  await vscode.env.clipboard.writeText(applicationSecretHash(secret));
  vscode.window.setStatusBarMessage(vscode.l10n.t('$(check) ApplicationSecretHash copied'), 3000);
}

async function secretToHash(parts: Parts, argument: unknown): Promise<string | undefined> {
  const profile: Profile | undefined =
    argument === undefined && parts.profiles.list().profiles.length === 0
      ? undefined
      : await chooseProfile(parts, argument);
  const stored = profile && (await parts.secrets.get(secretPlace(profile)));
  if (stored !== undefined) return stored;
  return askSecret({
    name: profile?.name ?? vscode.l10n.t('a new client'),
    origin: vscode.l10n.t('nobody: only its hash is copied'),
  });
}
