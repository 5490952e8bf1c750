import * as vscode from 'vscode';
import { textToDecode } from '../decodeToken.ts';
import { member } from '../../shared/json.ts';
import { views } from '../../shared/trees.ts';
import type { Services } from '../services.ts';
import { revealProfile } from '../revealProfile.ts';
import { profileIdOf } from '../profileArgument.ts';

/** Decodes the JWT at a given place, the selection, the JWT under the cursor, the clipboard or typed text, whichever comes first. */
export async function decodeToken(services: Pick<Services, 'views'>, argument?: unknown): Promise<void> {
  const text = await textToDecode(argument);
  if (text) (await services.views.token()).showText(text);
}

/** Shows the output channel. */
export function showOutput(services: Pick<Services, 'output'>): void {
  services.output.show();
}

/** Opens the settings that hold the profiles, at an entry if one is given. */
export async function openProfileSettings(
  services: Pick<Services, 'profiles'>,
  argument: unknown,
): Promise<void> {
  // A row's button passes the row, a click on the row its entry.
  const given = member(member(argument, 'line'), 'entry') ?? argument;
  if (given === 'environments') return openEnvironments();
  const { profiles, invalid } = services.profiles.list();
  const id = profileIdOf(argument);
  const entry =
    (id === undefined ? undefined : profiles.find(({ profile }) => profile.id === id)) ??
    invalid.find((one) => one === given) ??
    invalid[0] ??
    profiles[0];
  if (entry) return revealProfile(entry, 'problems' in entry ? entry.problems[0]?.path : []);
  await vscode.commands.executeCommand('workbench.action.openSettings', 'oauthExplorer.profiles');
}

/** Opens the setting that holds the environments. */
export async function openEnvironments(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.openSettings', '@id:oauthExplorer.environments');
}

/** Opens VS Code's own find box in the list of profiles, which filters or highlights. */
export async function findInProfiles(): Promise<void> {
  await vscode.commands.executeCommand(`${views.profiles}.focus`);
  await vscode.commands.executeCommand('list.find');
}
