import * as vscode from 'vscode';
import {
  environmentSettings,
  withEnvironments,
  type EnvironmentSettings,
} from '../../core/import/environmentSettings.ts';
import { plainText } from '../../core/http/plainText.ts';
import type { ImportResult } from '../../core/import/imported.ts';
import { intoEnvironments } from '../../core/import/intoEnvironments.ts';
import type { Update } from '../../core/import/alreadyThere.ts';
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
import { askForImport, readNamed, type ImportedFrom } from '../importSources.ts';
import { named } from '../profileArgument.ts';
import type { Services } from '../services.ts';

/** What importing takes. */
export type ToImport = Pick<Services, 'profiles' | 'run' | 'secrets'> & {
  readonly views: Pick<Services['views'], 'profile'>;
};

/**
 * Imports profiles from what other tools keep, after a preview; before it nothing is stored. Secrets go into the keychain.
 *
 * @param argument `{ "files": ["file:///…"] }`; without it the user is asked where they are
 */
export async function importProfiles(services: ToImport, argument: unknown): Promise<void> {
  const files = member(argument, 'files');
  const from = await (Array.isArray(files) ? readNamed(files) : askForImport());
  if (from !== undefined) await importFound(from, services);
}

/** Shows what was found, and imports what the user chose of it. */
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
  const picked = await preview(found, plan);
  const chosen = picked && (await updateOrKeep(picked));
  if (chosen === undefined || chosen.length === 0) return;
  const stored = await save(chosen, services);
  void report({ found, files }, chosen, stored, services);
}

/** Only the user's own settings are imported to; what has variables is another thing in each environment. */
function whatIsThere({ profiles }: ToImport): There {
  const all = profiles.list().profiles;
  return {
    names: all.map(({ profile }) => profile.name),
    profiles: all
      .filter(({ source, written }) => source.scope === 'user' && written === undefined)
      .map(({ profile }) => profile),
  };
}

/** Of profiles that are there, the user says whether they change or another one stands beside them; `undefined` when neither. */
async function updateOrKeep(picked: readonly PlannedImport[]): Promise<readonly PlannedImport[] | undefined> {
  const updates = picked.filter(
    (one): one is ReadyImport => one.kind === 'ready' && one.update !== undefined,
  );
  if (updates.length === 0) return picked;
  const update = vscode.l10n.t('Update');
  const keep = vscode.l10n.t('Keep Both');
  const lines = updates.map(
    ({ update: there, secret }) =>
      `“${plainText(there?.profile.name ?? '', 60)}”: ${changesOf(there, secret)}`,
  );
  const answer = await dialogs.showInformationMessage(
    vscode.l10n.t('Some are there already: update them with what was found?'),
    { modal: true, detail: shortened(lines, '\n') },
    update,
    keep,
  );
  if (answer !== update) return answer === keep ? picked : undefined;
  return picked.map((one) =>
    one.kind === 'ready' && one.update ? { ...one, profile: one.update.profile } : one,
  );
}

/** What would change of a profile that is there. */
function changesOf(update: Update | undefined, secret: string | undefined): string {
  const fields = [
    ...(update?.fields ?? []),
    ...(secret === undefined ? [] : [vscode.l10n.t('the secret in the keychain')]),
  ];
  return fields.length === 0 ? vscode.l10n.t('nothing changes') : fields.join(', ');
}

/** Environments hold no profile: whoever wants their values in profiles' fields says so. */
async function offerEnvironments(settings: EnvironmentSettings, { profiles }: ToImport): Promise<void> {
  const take = vscode.l10n.t('Take Them Over');
  const names = Object.keys(settings.environments).map((name) => `“${plainText(name, 60)}”`);
  const answer = await dialogs.showInformationMessage(
    vscode.l10n.t(
      'Environments: {0}. Their values can stand for variables in the fields of profiles; secrets are not taken over.',
      names.slice(0, 5).join(', '),
    ),
    take,
  );
  if (answer === take) await profiles.environments.change((before) => withEnvironments(before, settings));
}

interface PreviewItem extends vscode.QuickPickItem {
  readonly planned: PlannedImport;
}

async function preview(
  found: ImportResult,
  plan: readonly PlannedImport[],
): Promise<PlannedImport[] | undefined> {
  const items = plan.map((planned): PreviewItem => ({
    ...previewOf(planned),
    planned,
    picked: !isThere(planned),
  }));
  const chosen = await dialogs.showQuickPick(items, {
    title: vscode.l10n.t('Import from: {0}', found.format),
    placeHolder: vscode.l10n.t('Choose what to import to the user settings'),
    canPickMany: true,
    ignoreFocusOut: true,
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return chosen?.map(({ planned }) => planned);
}

/** Whether importing would change nothing. */
function isThere(planned: PlannedImport): boolean {
  return planned.kind === 'ready' && planned.update?.fields.length === 0 && planned.secret === undefined;
}

/** A profile's line: every host it talks to, and the only one that its secret goes to. */
function previewOf(planned: PlannedImport): vscode.QuickPickItem {
  const isReady = planned.kind === 'ready';
  const { secretHost, hosts, file } = planned;
  const places = isReady ? (planned.environments ?? []) : [];
  const hasSecret = planned.secret !== undefined || places.some(({ secret }) => secret !== undefined);
  const words = [
    hosts.join(', '),
    isReady ? planned.profile.grant : vscode.l10n.t('opens in the editor'),
    ...(isReady && planned.update
      ? [vscode.l10n.t('already there as “{0}”', plainText(planned.update.profile.name, 60))]
      : []),
    ...places.map(({ name }) => `“${plainText(name, 60)}”`),
    ...(file === undefined ? [] : [file]),
  ];
  // First, so that a narrow window cuts other words: where the secret goes is what is confirmed.
  const said = [
    ...(hasSecret ? [secretWords(secretHost)] : []),
    ...(isReady ? [`${planned.profile.clientId} · ${planned.profile.scopes.join(' ')}`] : planned.problems),
    ...planned.notes,
  ];
  return {
    label: isReady ? planned.profile.name : planned.name,
    description: words.filter(Boolean).join(' · '),
    detail: said.join(' · '),
  };
}

function secretWords(host: string | undefined): string {
  return host === undefined
    ? vscode.l10n.t('secret waits for a server, then goes to the keychain')
    : vscode.l10n.t('secret goes to the keychain and to {0} only', host);
}

/** @returns those whose secret went into the vault. */
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
    // Before the profile, which would have no value without them.
    if (environments.length > 0) {
      const values = Object.fromEntries(environments.map((one) => [one.name, one.values]));
      await profiles.environments.change((before) => withEnvironments(before, { environments: values }));
    }
    await profiles.saveTo('user', profile);
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
  // With variables it takes an environment first.
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
      ? vscode.l10n.t('The secrets were not found there any more; nothing was changed.')
      : vscode.l10n.t('Removed in {0} places, not saved yet: Undo brings them back.', places),
  );
}

/**
 * Takes secrets out of files in one edit that can be undone; nothing else changes, and nothing is saved.
 *
 * @returns how many places were emptied.
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
    ? vscode.l10n.t('Its secret is in the keychain; remove it from where it was, if others can read it.')
    : vscode.l10n.t(
        '{0} secrets are in the keychain; remove them from where they were, if others can read it.',
        secrets,
      );
}

/** A notification holds few sentences: the first three, and how many more there are. */
function shortened(problems: readonly string[], between = ' '): string {
  const more = problems.length - 3;
  const first = problems.slice(0, 3);
  return [...first, ...(more > 0 ? [vscode.l10n.t('And {0} more.', more)] : [])].join(between);
}
