import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import { EntriesError } from '../core/profile/editEntries.ts';
import type { ProfileSource } from '../core/profile/profileSource.ts';
import { settingsSection } from '../shared/settings.ts';
import { CutError, editInPlace, settingsFile, writeWhole } from './settingsFile.ts';

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

/** A setting's value in exactly these settings; absent when they do not have it. */
export function readSetting(source: ProfileSource, key: 'profiles' | 'environments'): unknown {
  const values = configuration(source).inspect<unknown>(key);
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
 * Writes what `change` makes of the setting's present value. `userFile` is where the user's settings are thought to be: to look
 * at, never to write to unless they were cut.
 *
 * @throws SettingsWriteError; the file is then as it was, though VS Code may hold the change as an unsaved edit of it.
 */
export async function writeProfiles(
  source: ProfileSource,
  change: (value: unknown) => readonly unknown[],
  userFile?: vscode.Uri,
): Promise<void> {
  const before = unsavedFiles();
  try {
    const file = settingsFile(source);
    const old = readSetting(source, 'profiles');
    const wanted = change(old);
    await writeWhole(
      file ?? userFile,
      async () => {
        if (!file || !(await editInPlace(file, change)))
          await configuration(source).update('profiles', wanted, configurationTarget(source));
        await inForce(source, wanted);
      },
      () => isDeepStrictEqual(readSetting(source, 'profiles'), old),
    );
  } catch (thrown) {
    const left = unsavedFiles().filter((file) => !before.includes(file));
    throw writeError(thrown, source, left.length > 0);
  }
}

/** Waits until VS Code has read what was written; not for ever, since it may have been changed again. */
async function inForce(source: ProfileSource, wanted: readonly unknown[]): Promise<void> {
  // As the file has it, without members that are undefined.
  const written: unknown = JSON.parse(JSON.stringify(wanted));
  const isRead = () => isDeepStrictEqual(readSetting(source, 'profiles'), written);
  if (isRead()) return;
  await new Promise<void>((resolve) => {
    const end = () => {
      subscription.dispose();
      clearTimeout(timer);
      resolve();
    };
    const subscription = vscode.workspace.onDidChangeConfiguration(() => {
      if (isRead()) end();
    });
    const timer = setTimeout(end, 3000);
  });
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

/** VS Code edits the settings file like an editor does: when it cannot be saved, the edit stays, unsaved. */
function unsavedFiles(): readonly string[] {
  return vscode.workspace.textDocuments.filter(({ isDirty }) => isDirty).map(({ uri }) => uri.toString());
}

function writeError(thrown: unknown, { scope }: ProfileSource, unsaved: boolean): SettingsWriteError {
  const words = thrown instanceof Error ? thrown.message : String(thrown);
  if (thrown instanceof EntriesError) return new SettingsWriteError(words, { cause: thrown });
  const settings = {
    user: vscode.l10n.t('user settings'),
    workspace: vscode.l10n.t('workspace settings'),
    folder: vscode.l10n.t('folder settings'),
  };
  if (thrown instanceof CutError)
    return new SettingsWriteError(
      thrown.restored
        ? vscode.l10n.t('The {0} could not be written; their file is as it was. {1}', settings[scope], words)
        : vscode.l10n.t(
            'The {0} could not be written, and their file was cut short; what it held is in a new editor. {1}',
            settings[scope],
            words,
          ),
      { cause: thrown },
    );
  const state = unsaved
    ? vscode.l10n.t(
        'their file is as it was, and the change waits in VS Code, unsaved: save the file when it can be',
      )
    : vscode.l10n.t('nothing was changed');
  return new SettingsWriteError(
    vscode.l10n.t('The {0} could not be written; {1}. VS Code says: {2}', settings[scope], state, words),
    { cause: thrown },
  );
}
