import * as vscode from 'vscode';
import {
  environmentSettings,
  withEnvironments,
  type EnvironmentSettings,
} from '../../core/import/environmentSettings.ts';
import { plainText } from '../../core/http/plainText.ts';
import { intoEnvironments } from '../../core/import/intoEnvironments.ts';
import {
  planImport,
  type PlannedImport,
  type ReadyImport,
  type There,
} from '../../core/import/importPlan.ts';
import { secretRanges } from '../../core/import/secretRanges.ts';
import { entryDraft } from '../../core/profileForm/draft.ts';
import { secretPlace } from '../../core/profile/profile.ts';
import { member } from '../../shared/json.ts';
import { dialogs } from '../dialogs.ts';
import { chooseOf, shortened } from '../importChoice.ts';
import { askForImport, readNamed, type ImportedFrom } from '../importSources.ts';
import { named } from '../profileArgument.ts';
import type { Services } from '../services.ts';

/** The services that importing uses. */
export type ToImport = Pick<Services, 'profiles' | 'run' | 'secrets'> & {
  readonly views: Pick<Services['views'], 'profile'>;
};

/**
 * Imports profiles from other tools' files after a preview; until then nothing is stored. Secrets go into the keychain.
 *
 * @param argument `{ "files": ["file:///…"] }`; without it the user is asked where they are
 */
export async function importProfiles(services: ToImport, argument: unknown): Promise<void> {
  const files = member(argument, 'files');
  const from = await (Array.isArray(files) ? readNamed(files) : askForImport());
  if (from !== undefined) await importFound(from, services);
}

/** Shows what was found, and imports what the user selects. */
export async function importFound({ found: read, files }: ImportedFrom, services: ToImport): Promise<void> {
  const settings = environmentSettings(
    read.environments ?? [],
    read.profiles.flatMap(({ secret }) => secret ?? []),
  );
  const existing = vscode.workspace.getConfiguration('oauthExplorer', null).get<unknown>('environments');
  const found = { ...read, profiles: intoEnvironments(read.profiles, settings, existing) };
  const plan = planImport(found, services.profiles.ids(), whatIsThere(services));
  if (Object.keys(settings.environments).length > 0) void offerEnvironments(settings, services);
  else if (plan.length === 0) {
    const nothing = vscode.l10n.t('No profiles were found.');
    void dialogs.showWarningMessage(found.problems.length === 0 ? nothing : shortened(found.problems));
    return;
  }
  if (plan.length === 0) return;
  const chosen = await chooseOf(plan, found.format);
  if (chosen === undefined || chosen.length === 0) return;
  const stored = await save(chosen, services);
  void report({ found, files }, chosen, stored, services);
}

/** New profiles go to the user's own settings; existing ones are updated in place, in the environment in force. */
function whatIsThere({ profiles }: ToImport): There {
  const all = profiles.usable();
  return { names: all.map(({ name }) => name), profiles: all };
}

/** Environments contain no profiles: the user decides whether their values are used in profiles' fields. */
async function offerEnvironments(settings: EnvironmentSettings, { profiles }: ToImport): Promise<void> {
  const take = vscode.l10n.t('Take Them Over');
  const names = Object.keys(settings.environments).map((name) => `“${plainText(name, 60)}”`);
  const answer = await dialogs.showInformationMessage(
    vscode.l10n.t(
      'Environments: {0}. Their values can fill variables in profiles; secrets are left out.',
      names.slice(0, 5).join(', '),
    ),
    take,
  );
  if (answer === take) await profiles.environments.change((before) => withEnvironments(before, settings));
}

/** @returns the profiles whose secret went into the vault */
async function save(
  chosen: readonly PlannedImport[],
  { profiles, secrets, views }: ToImport,
): Promise<readonly ReadyImport[]> {
  const stored: ReadyImport[] = [];
  for (const planned of chosen) {
    const { secret } = planned;
    if (planned.kind === 'open') {
      const draft = entryDraft(planned.entry);
      await (await views.profile()).open({ draft, ...(secret !== undefined && { secret }) });
      continue;
    }
    const { profile, environments = [] } = planned;
    // Before the profiles, whose variables would have no value otherwise.
    if (environments.length > 0) {
      const values = Object.fromEntries(environments.map((one) => [one.name, one.values]));
      await profiles.environments.change((before) => withEnvironments(before, { environments: values }));
    }
    // Existing profiles are updated in place.
    await (profiles.latest(profile) ? profiles.update(profile) : profiles.saveTo('user', profile));
    if (environments.length === 0 && secret !== undefined) {
      await secrets.set(secretPlace(profile), secret);
      stored.push(planned);
    }
    for (const one of environments) {
      if (one.secret === undefined) continue;
      await secrets.set(secretPlace(one.profile), one.secret);
      stored.push({ ...planned, profile: one.profile, secret: one.secret });
    }
  }
  return stored;
}

async function report(
  { found, files }: ImportedFrom,
  chosen: readonly PlannedImport[],
  stored: readonly ReadyImport[],
  { run }: ToImport,
): Promise<void> {
  const ready = chosen.filter((planned) => planned.kind === 'ready');
  const saved = ready.length;
  if (saved === 0 && found.problems.length === 0) return;
  const sentences = [
    ...(saved === 0 ? [] : [imported(saved)]),
    ...(stored.length === 0 ? [] : [inKeychain(stored.length, saved)]),
    shortened(found.problems),
  ];
  const text = sentences.filter(Boolean).join(' ');
  const get = vscode.l10n.t('Get Token');
  const remove =
    files.length === 1
      ? vscode.l10n.t('Remove the Secrets from This File')
      : vscode.l10n.t('Remove the Secrets from These Files');
  // One with variables needs an environment first.
  const [only] = saved === 1 ? ready.filter(({ environments }) => environments === undefined) : [];
  const buttons = [...(only ? [get] : []), ...(stored.length > 0 && files.length > 0 ? [remove] : [])];
  const answer = await dialogs.showInformationMessage(text, ...buttons);
  if (answer === get && only) await run('getToken', named(only.profile));
  if (answer === remove) await removeSecrets(files, stored);
}

async function removeSecrets(files: ImportedFrom['files'], stored: readonly ReadyImport[]): Promise<void> {
  const secrets = stored.flatMap(({ secret, profile: { clientId } }) =>
    secret === undefined ? [] : [{ secret, clientId }],
  );
  const places = await removeImportedSecrets(files, secrets);
  void dialogs.showInformationMessage(
    places === 0
      ? vscode.l10n.t('The secrets are no longer there; nothing was changed.')
      : vscode.l10n.t('Removed in {0} places, but not saved yet: Undo brings them back.', places),
  );
}

/**
 * Removes secrets from files in one edit that can be undone; nothing else changes, and nothing is saved.
 *
 * @returns how many places were emptied
 */
async function removeImportedSecrets(
  files: readonly vscode.Uri[],
  secrets: readonly { readonly secret: string; readonly clientId?: string }[],
): Promise<number> {
  const edit = new vscode.WorkspaceEdit();
  let places = 0;
  const documents: vscode.TextDocument[] = [];
  for (const file of files) {
    const document = await vscode.workspace.openTextDocument(file);
    const ranges = secretRanges(document.getText(), secrets);
    for (const { start, end } of ranges)
      edit.delete(file, new vscode.Range(document.positionAt(start), document.positionAt(end)));
    places += ranges.length;
    if (ranges.length > 0) documents.push(document);
  }
  if (places === 0 || !(await vscode.workspace.applyEdit(edit))) return 0;
  for (const document of documents) await vscode.window.showTextDocument(document, { preview: false });
  return places;
}

function imported(saved: number): string {
  return saved === 1
    ? vscode.l10n.t('One profile was imported.')
    : vscode.l10n.t('{0} profiles were imported.', saved);
}

function inKeychain(secrets: number, saved: number): string {
  return saved === 1 && secrets === 1
    ? vscode.l10n.t('Its secret is in the keychain. If others can read where it came from, remove it there.')
    : vscode.l10n.t(
        '{0} secrets are in the keychain. If others can read where they came from, remove them there.',
        secrets,
      );
}
