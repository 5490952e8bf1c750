import * as vscode from 'vscode';
import { applicationSecretHash } from '../../core/profile/applicationSecretHash.ts';
import { secretPlace, type Profile } from '../../core/profile/profile.ts';
import type { KeptSecret } from '../../core/profile/traits.ts';
import { settableOf } from '../../core/session/settable.ts';
import { textMember } from '../../shared/json.ts';
import type { Services } from '../services.ts';
import { askAndKeepSecret, askSecret } from '../clientSecrets.ts';
import { isPressed } from '../byHand.ts';
import { profileProblem } from '../profileStore.ts';
import { removeProfile } from '../removeProfile.ts';
import { chooseProfile, pick, type ToChoose } from '../chooseProfile.ts';
import { dialogs } from '../dialogs.ts';

/** Opens an empty form. */
export async function addProfile(services: Pick<Services, 'views'>): Promise<void> {
  await (await services.views.profile()).open();
}

/** Opens the form of the given profile, or of the one that the user chooses. */
export async function editProfile(
  services: ToChoose & Pick<Services, 'views'>,
  argument: unknown,
): Promise<void> {
  const profile = await chooseProfile(services, argument, { title: vscode.l10n.t('Edit a profile') });
  if (!profile) return;
  // A quick fix names the field.
  const field = textMember(argument, 'field');
  const views = await services.views.profile();
  await views.open({ profileId: profile.id, ...(field !== undefined && { field }) });
}

/** Deletes a profile with its secret and tokens, after confirmation. */
export async function deleteProfile(
  services: ToChoose & Pick<Services, 'access' | 'globalState' | 'session'>,
  argument: unknown,
): Promise<void> {
  const profile = await chooseProfile(services, argument, { title: vscode.l10n.t('Delete a profile') });
  if (!profile) return;
  const hidden = services.profiles.get(profile.id)?.hidden;
  const yes = vscode.l10n.t('Delete');
  const answer = await dialogs.showWarningMessage(
    vscode.l10n.t('Delete the profile “{0}”?', profile.name),
    {
      modal: true,
      detail: vscode.l10n.t('Its client secret and its tokens are deleted from the keychain too.'),
    },
    yes,
  );
  if (answer !== yes) return;
  await removeProfile(services, profile);
  if (hidden)
    void dialogs.showInformationMessage(
      vscode.l10n.t(
        'Deleted. “{0}”, which has the same ID in wider settings, now shows instead; it was not changed.',
        hidden.name,
      ),
    );
}

/** Asks for another name of a profile; everything that belongs to the profile is kept. */
export async function renameProfile(services: ToChoose, argument: unknown): Promise<void> {
  const profile = await chooseProfile(services, argument, { title: vscode.l10n.t('Rename a profile') });
  if (!profile) return;
  const { name: written } = services.profiles.get(profile.id)?.written ?? profile;
  const name = await dialogs.showInputBox({
    title: vscode.l10n.t('Rename “{0}”', profile.name),
    value: written,
    validateInput: (value) =>
      value.trim() === ''
        ? vscode.l10n.t('A profile needs a name.')
        : profileProblem({ ...profile, name: value.trim() }, services.profiles.environments.variables()),
  });
  if (name !== undefined && name.trim() !== written) await services.profiles.rename(profile.id, name.trim());
}

/** Copies a profile under a new id, without its secret, which belongs to the original client. */
export async function duplicateProfile(
  services: ToChoose & Pick<Services, 'views'>,
  argument: unknown,
): Promise<void> {
  const profile = await chooseProfile(services, argument, { title: vscode.l10n.t('Duplicate a profile') });
  if (!profile) return;
  const id = await services.profiles.duplicate(profile.id);
  await (await services.views.profile()).open({ profileId: id });
}

/**
 * Asks for the client secret and keeps it in the keychain.
 *
 * @returns whether one was stored.
 */
export async function setSecret(
  services: ToChoose & Pick<Services, 'secrets'>,
  argument: unknown,
): Promise<boolean> {
  const profile = await chooseProfile(services, argument, {
    title: vscode.l10n.t('Set the secret of a profile'),
    fits: (one) => settableOf(one).length > 0,
  });
  if (!profile) return false;
  const all = settableOf(profile);
  if (all.length === 0) {
    void dialogs.showInformationMessage(
      vscode.l10n.t('“{0}” is a public client: it authenticates without a secret.', profile.name),
    );
    return false;
  }
  const kept = all.length === 1 ? all[0] : await whichSecret(profile, all);
  if (kept === undefined) return false;
  const secret = await askAndKeepSecret(profile, services.secrets, { kept });
  if (secret === undefined) return false;
  dialogs.done(vscode.l10n.t('The {0} is stored', kept.noun));
  return true;
}

async function whichSecret(profile: Profile, all: readonly KeptSecret[]): Promise<KeptSecret | undefined> {
  const items = all.map((kept) => ({ label: kept.noun, kept }));
  const title = vscode.l10n.t('Which secret of “{0}”?', profile.name);
  return (await dialogs.showQuickPick(items, { title }))?.kept;
}

/** Chooses the profile that new bearer headers and the status bar use. */
export async function setActiveProfile(services: ToChoose, argument: unknown): Promise<void> {
  const profiles = services.profiles.usable();
  const title = vscode.l10n.t('Choose the active profile');
  const profile =
    argument === undefined && profiles.length > 0
      ? await pick(services, profiles, title)
      : await chooseProfile(services, argument, { title });
  if (profile) await services.active.set(profile.id);
}

/** Makes the profile of a tree row the active one. */
export async function activateProfile(services: ToChoose, argument: unknown): Promise<void> {
  const profile = await chooseProfile(services, argument, {
    title: vscode.l10n.t('Choose the active profile'),
  });
  if (profile) await services.active.set(profile.id);
}

/** Copies the ApplicationSecretHash of the stored secret, or of one that is typed. */
export async function copySecretHash(
  services: ToChoose & Pick<Services, 'secrets'>,
  argument: unknown,
): Promise<void> {
  const secret = await secretToHash(services, argument);
  if (secret === undefined) return;
  await vscode.env.clipboard.writeText(applicationSecretHash(secret));
  dialogs.done(vscode.l10n.t('ApplicationSecretHash copied'));
}

/** Only our own interface may say whose hash is copied. */
async function secretToHash(
  services: ToChoose & Pick<Services, 'secrets'>,
  argument: unknown,
): Promise<string | undefined> {
  const profile: Profile | undefined =
    argument === undefined && services.profiles.list().profiles.length === 0
      ? undefined
      : await chooseProfile(services, isPressed(argument) ? argument : undefined, {
          title: vscode.l10n.t('Copy the ApplicationSecretHash of'),
          isAsked: true,
        });
  const stored = profile && (await services.secrets.get(secretPlace(profile)));
  if (stored !== undefined) return stored;
  return askSecret({
    name: profile?.name ?? vscode.l10n.t('a new client'),
    origin: vscode.l10n.t('nobody: only its hash is copied'),
  });
}
