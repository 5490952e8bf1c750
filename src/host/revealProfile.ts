import * as vscode from 'vscode';
import { locateEntry } from '../core/profile/locateEntry.ts';
import type { EntryPlace } from '../core/profile/parseProfiles.ts';
import type { ProfileProblem } from '../core/profile/problem.ts';
import { settingsFile } from './settingsFile.ts';

/** Opens the settings file at an entry of `oauthExplorer.profiles`, or at the part of the entry at `path`. */
export async function revealProfile(place: EntryPlace, path: ProfileProblem['path'] = []): Promise<void> {
  const editor = await openSettings(place.source);
  if (!editor) return;
  const { document } = editor;
  const span = locateEntry(document.getText(), place.index, path);
  if (!span) return;
  const start = document.positionAt(span.offset);
  const end = document.positionAt(span.offset + span.length);
  editor.selection = new vscode.Selection(start, end.line === start.line ? end : start);
  editor.revealRange(new vscode.Range(start, end), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

async function openSettings(source: EntryPlace['source']): Promise<vscode.TextEditor | undefined> {
  const file = settingsFile(source);
  if (file) return vscode.window.showTextDocument(file);
  const command = source.scope === 'user' ? 'openSettingsJson' : 'openWorkspaceSettingsFile';
  const before = vscode.window.activeTextEditor;
  await vscode.commands.executeCommand(`workbench.action.${command}`);
  return activeSettings(before);
}

/** The settings editor that was just opened, which the extension host hears of shortly after the command has ended. */
async function activeSettings(before: vscode.TextEditor | undefined): Promise<vscode.TextEditor | undefined> {
  const isSettings = (editor: vscode.TextEditor | undefined) =>
    editor !== undefined && /\.(json|code-workspace)$/.test(editor.document.uri.path);
  const now = vscode.window.activeTextEditor;
  if (now !== before && isSettings(now)) return now;
  return new Promise((resolve) => {
    const end = (editor: vscode.TextEditor | undefined) => {
      subscription.dispose();
      clearTimeout(timer);
      resolve(editor);
    };
    const subscription = vscode.window.onDidChangeActiveTextEditor((editor) => {
      if (isSettings(editor)) end(editor);
    });
    // If it was already active, no event comes.
    const timer = setTimeout(() => {
      const active = vscode.window.activeTextEditor;
      end(isSettings(active) ? active : undefined);
    }, 1000);
  });
}
