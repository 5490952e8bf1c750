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

/** The settings from which profiles are read, the widest first. */
export function profileSources(): readonly ProfileSource[] {
  if (!vscode.workspace.isTrusted) return [{ scope: 'user' }];
  // Without a workspace file, the settings of the single folder are the workspace's.
  const folders = vscode.workspace.workspaceFile ? (vscode.workspace.workspaceFolders ?? []) : [];
  return [
    { scope: 'user' },
    { scope: 'workspace' },
    ...folders.map(({ uri }) => ({ scope: 'folder' as const, folder: uri.toString() })),
  ];
}

/** Whether two sources are the same settings. */
export function isSameSource(a: ProfileSource, b: ProfileSource): boolean {
  return a.scope === b.scope && (a.scope !== 'folder' || b.scope !== 'folder' || a.folder === b.folder);
}

function configuration(source: ProfileSource): vscode.WorkspaceConfiguration {
  const resource = source.scope === 'folder' ? vscode.Uri.parse(source.folder) : null;
  return vscode.workspace.getConfiguration(settingsSection, resource);
}

/** A setting's value in exactly these settings; undefined when they do not have it. */
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
 * Changes the value of `oauthExplorer.profiles` in these settings, through VS Code.
 *
 * @param userFile the probable file of the user's settings, to check that it was written completely; it is only written to when
 * it was not
 * @throws SettingsWriteError; the file is then as before, though VS Code may keep the change as an unsaved edit of it
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

/** Waits until VS Code has read what was written, but not forever, since it may have been changed again. */
async function inForce(source: ProfileSource, wanted: readonly unknown[]): Promise<void> {
  // In the form of the file, which has no undefined members.
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

/**
 * The files with unsaved edits. VS Code changes settings as an editor does: if the file cannot be saved, the edit stays in it.
 */
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
