import * as vscode from 'vscode';
import { EntriesError } from '../core/profile/editEntries.ts';
import type { ProfileSource } from '../core/profile/parseProfiles.ts';
import { settingsSection } from '../shared/settings.ts';

/** The settings could not be written; the message says which, why, and that nothing was changed. */
export class SettingsWriteError extends Error {
  override readonly name = 'SettingsWriteError';
}

/** The settings that are read, the widest first. */
export function profileSources(): readonly ProfileSource[] {
  if (!vscode.workspace.isTrusted) return [{ scope: 'user' }];
  // In a single folder, the folder's settings are the workspace's.
  const folders = vscode.workspace.workspaceFile ? (vscode.workspace.workspaceFolders ?? []) : [];
  return [
    { scope: 'user' },
    { scope: 'workspace' },
    ...folders.map(({ uri }) => ({ scope: 'folder' as const, folder: uri.toString() })),
  ];
}

/** Whether two entries stand in the same settings. */
export function isSameSource(a: ProfileSource, b: ProfileSource): boolean {
  return a.scope === b.scope && (a.scope !== 'folder' || b.scope !== 'folder' || a.folder === b.folder);
}

function configuration(source: ProfileSource): vscode.WorkspaceConfiguration {
  const resource = source.scope === 'folder' ? vscode.Uri.parse(source.folder) : null;
  return vscode.workspace.getConfiguration(settingsSection, resource);
}

/** The setting's value in exactly these settings; absent when they do not have it. */
export function readProfiles(source: ProfileSource): unknown {
  const values = configuration(source).inspect<unknown>('profiles');
  switch (source.scope) {
    case 'user':
      return values?.globalValue;
    case 'workspace':
      return values?.workspaceValue;
    case 'folder':
      return values?.workspaceFolderValue;
  }
}

/**
 * Writes what `change` makes of the setting's present value.
 *
 * @throws SettingsWriteError; the settings are then as they were.
 */
export async function writeProfiles(
  source: ProfileSource,
  change: (value: unknown) => readonly unknown[],
): Promise<void> {
  try {
    const changed = change(readProfiles(source));
    await configuration(source).update('profiles', changed, configurationTarget(source));
  } catch (thrown) {
    throw writeError(thrown, source);
  }
}

function configurationTarget({ scope }: ProfileSource): vscode.ConfigurationTarget {
  switch (scope) {
    case 'user':
      return vscode.ConfigurationTarget.Global;
    case 'workspace':
      return vscode.ConfigurationTarget.Workspace;
    case 'folder':
      return vscode.ConfigurationTarget.WorkspaceFolder;
  }
}

function writeError(thrown: unknown, { scope }: ProfileSource): SettingsWriteError {
  const words = thrown instanceof Error ? thrown.message : String(thrown);
  if (thrown instanceof EntriesError) return new SettingsWriteError(words, { cause: thrown });
  const where = {
    user: vscode.l10n.t('user'),
    workspace: vscode.l10n.t('workspace'),
    folder: vscode.l10n.t('folder'),
  };
  return new SettingsWriteError(
    vscode.l10n.t(
      'The {0} settings could not be written, and nothing was changed. VS Code says: {1}',
      where[scope],
      words,
    ),
    { cause: thrown },
  );
}
