import { posix } from 'node:path';
import * as vscode from 'vscode';
import type { ImportResult } from '../../core/import/imported.ts';
import { planImport, type PlannedImport } from '../../core/import/importPlan.ts';
import { importText } from '../../core/import/importText.ts';
import { entryDraft } from '../../core/profileForm/draft.ts';
import type { SaveTarget } from '../../core/profileForm/state.ts';
import { secretPlace, type Profile, type SecretPlace } from '../../core/profile/profile.ts';
import type { OpenProfilePanel } from '../services.ts';
import { withoutIcons } from '../../core/session/statusLine.ts';
import { dialogs } from '../dialogs.ts';

/** What importing needs besides VS Code itself. */
export interface ImportDeps {
  readonly profileIds: () => readonly string[];
  readonly saveProfile: (profile: Profile, target: SaveTarget) => Promise<void>;
  /** Found secrets go here and nowhere else. */
  readonly storeSecret: (at: SecretPlace, secret: string) => Promise<void>;
  /** Opens what is not complete in the profile editor. */
  readonly openPanel: (options: OpenProfilePanel) => Promise<void>;
}

/** Imports profiles from the clipboard, a file or typed text, after a preview. */
export async function importProfiles(deps: ImportDeps): Promise<void> {
  const found = await askForText();
  if (found === undefined) return;
  const plan = planImport(found, deps.profileIds());
  if (plan.length === 0) {
    void dialogs.showWarningMessage(found.problems.join(' '));
    return;
  }
  const chosen = await preview(found, plan);
  if (chosen === undefined || chosen.length === 0) return;
  const secrets = await save(chosen, deps);
  report(found, chosen, secrets);
}

interface Way extends vscode.QuickPickItem {
  read(): Promise<ImportResult | undefined>;
}

async function askForText(): Promise<ImportResult | undefined> {
  const clipboard = importText(await vscode.env.clipboard.readText());
  const inClipboard: Way = {
    label: vscode.l10n.t('$(clippy) From the Clipboard'),
    description: clipboard.format,
    detail: vscode.l10n.t('{0} found', clipboard.profiles.map(nameOf).join(', ')),
    read: () => Promise.resolve(clipboard),
  };
  const ways: Way[] = [
    ...(clipboard.profiles.length > 0 ? [inClipboard] : []),
    {
      label: vscode.l10n.t('$(folder-opened) From a File…'),
      detail: vscode.l10n.t('http-client.env.json, Postman collection or environment, settings.json, .env'),
      read: fromFile,
    },
    {
      label: vscode.l10n.t('$(edit) Type or Paste…'),
      detail: vscode.l10n.t('A curl command, an issuer’s URL, or any of those files’ text'),
      read: fromInput,
    },
  ];
  const title = vscode.l10n.t('Import Profiles');
  const way = await dialogs.showQuickPick(ways, {
    title,
    placeHolder: vscode.l10n.t('Where are they?'),
  });
  return way?.read();
}

async function fromInput(): Promise<ImportResult | undefined> {
  // It may hold a secret, so that it is not shown.
  const text = await dialogs.showInputBox({
    title: vscode.l10n.t('Import Profiles'),
    prompt: vscode.l10n.t('Paste a curl command of a token request, or the URL of an issuer.'),
    password: true,
    ignoreFocusOut: true,
  });
  return text === undefined ? undefined : importText(text);
}

async function fromFile(): Promise<ImportResult | undefined> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const [file] =
    (await vscode.window.showOpenDialog({
      title: vscode.l10n.t('Import Profiles'),
      openLabel: vscode.l10n.t('Import'),
      ...(folder && { defaultUri: folder }),
    })) ?? [];
  if (file === undefined) return undefined;
  const text = await readText(file);
  if (text === undefined)
    return {
      format: '',
      profiles: [],
      problems: [vscode.l10n.t('{0} could not be read.', posix.basename(file.path))],
    };
  return withCompanion(file, text);
}

/** JetBrains keeps secrets in a second file beside the first; each alone is only half. */
async function withCompanion(file: vscode.Uri, text: string): Promise<ImportResult> {
  const name = posix.basename(file.path);
  const isPrivate = name.endsWith('.private.env.json');
  const other = isPrivate
    ? name.replace('.private.env.json', '.env.json')
    : name.replace(/\.env\.json$/, '.private.env.json');
  if (other === name) return importText(text);
  const companion = await readText(vscode.Uri.joinPath(file, '..', other));
  if (companion === undefined) return importText(text);
  return isPrivate ? importText(companion, text) : importText(text, companion);
}

async function readText(file: vscode.Uri): Promise<string | undefined> {
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  } catch {
    return undefined;
  }
}

interface PreviewItem extends vscode.QuickPickItem {
  readonly planned: PlannedImport;
}

async function preview(
  found: ImportResult,
  plan: readonly PlannedImport[],
): Promise<PlannedImport[] | undefined> {
  const items = plan.map((planned): PreviewItem => ({ ...previewOf(planned), planned, picked: true }));
  const chosen = await dialogs.showQuickPick(items, {
    title: vscode.l10n.t('Import from: {0}', found.format),
    placeHolder: vscode.l10n.t('Choose the profiles to import to the user settings'),
    canPickMany: true,
    ignoreFocusOut: true,
    matchOnDescription: true,
  });
  return chosen?.map(({ planned }) => planned);
}

function previewOf(planned: PlannedImport): vscode.QuickPickItem {
  const secret = planned.secret === undefined ? '' : vscode.l10n.t(' · secret goes to the keychain');
  if (planned.kind === 'ready') {
    const { profile, notes } = planned;
    const detail = withoutIcons([`${profile.clientId} · ${profile.scopes.join(' ')}`, ...notes].join(' · '));
    return {
      label: withoutIcons(profile.name),
      description: `${hostOf(profile)} · ${profile.grant}${secret}`,
      detail,
    };
  }
  const detail = withoutIcons([...planned.problems, ...planned.notes].join(' '));
  return {
    label: withoutIcons(planned.name),
    description: vscode.l10n.t('opens in the editor{0}', secret),
    detail,
  };
}

/** @returns how many secrets went into the vault. */
async function save(chosen: readonly PlannedImport[], deps: ImportDeps): Promise<number> {
  let secrets = 0;
  for (const planned of chosen) {
    const { secret } = planned;
    if (planned.kind === 'open') {
      const draft = entryDraft(planned.entry);
      await deps.openPanel({ draft, ...(secret !== undefined && { secret }) });
      continue;
    }
    const { profile } = planned;
    await deps.saveProfile(profile, 'user');
    if (secret === undefined) continue;
    await deps.storeSecret(secretPlace(profile), secret);
    secrets += 1;
  }
  return secrets;
}

function report(found: ImportResult, chosen: readonly PlannedImport[], secrets: number): void {
  const saved = chosen.filter(({ kind }) => kind === 'ready').length;
  if (saved === 0 && found.problems.length === 0) return;
  const sentences = [
    saved === 1
      ? vscode.l10n.t('One profile was imported.')
      : vscode.l10n.t('{0} profiles were imported.', saved),
    ...(secrets > 0
      ? [
          saved === 1
            ? vscode.l10n.t(
                'Its secret is in the keychain; remove it from where it was, if others can read it.',
              )
            : vscode.l10n.t(
                'Their secrets are in the keychain; remove them from where they were, if others can read it.',
              ),
        ]
      : []),
    ...found.problems,
  ];
  void dialogs.showInformationMessage(sentences.join(' '));
}

function nameOf({ entry }: ImportResult['profiles'][number]): string {
  return typeof entry['name'] === 'string' ? entry['name'] : '?';
}

function hostOf(profile: Profile): string {
  return new URL(profile.issuer ?? profile.tokenEndpoint ?? '').host;
}
