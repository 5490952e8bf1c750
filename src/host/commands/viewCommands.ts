import * as vscode from 'vscode';
import { textToDecode } from '../decodeToken.ts';
import type { Parts } from '../parts.ts';
import { revealProfile } from '../revealProfile.ts';
import { profileIdOf } from './profileArgument.ts';

/** Decodes the selection, the clipboard or typed text. */
export async function decodeToken(parts: Parts): Promise<void> {
  const text = await textToDecode();
  if (text) (await parts.views.token()).showText(text);
}

export function showOutput(parts: Parts): void {
  parts.output.show();
}

/** Opens the settings that hold the profiles, at an entry if one is given. */
export async function openProfileSettings(parts: Parts, argument: unknown): Promise<void> {
  const { profiles, invalid } = parts.profiles.list();
  const id = profileIdOf(argument);
  const entry =
    (id === undefined ? undefined : profiles.find(({ profile }) => profile.id === id)) ??
    invalid.find((one) => one === argument) ??
    invalid[0] ??
    profiles[0];
  if (entry) return revealProfile(entry, 'problems' in entry ? entry.problems[0]?.path : []);
  await vscode.commands.executeCommand('workbench.action.openSettings', 'oauthExplorer.profiles');
}
