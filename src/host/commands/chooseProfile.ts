import * as vscode from 'vscode';
import type { Profile } from '../../core/profile/profile.ts';
import { describeTokenState, tokenState } from '../../core/session/tokenState.ts';
import { serverHost } from '../../core/session/profilesTree.ts';
import { commands } from '../../shared/commands.ts';
import type { Parts } from '../parts.ts';
import { profileIdOf } from './profileArgument.ts';

/**
 * The profile a command works on: the one it was given, the only one there is, or the one the user picks.
 *
 * @returns `undefined` when the user declined, or when there is none (and that was said).
 */
export async function chooseProfile(parts: Parts, argument: unknown): Promise<Profile | undefined> {
  const id = profileIdOf(argument);
  if (id !== undefined) {
    const profile = parts.profiles.get(id)?.profile;
    if (!profile) sayUnknown(id);
    return profile;
  }
  const profiles = parts.profiles.list().profiles.map(({ profile }) => profile);
  if (profiles.length === 0) {
    await offerFirst();
    return undefined;
  }
  return profiles.length === 1 ? profiles[0] : pick(parts, profiles);
}

/** Asks for one of `profiles`, the active one first. */
export async function pick(parts: Parts, profiles: readonly Profile[]): Promise<Profile | undefined> {
  await parts.tokens.warm(profiles);
  const now = parts.clock.now();
  const active = parts.active.id;
  const items = profiles
    .map((profile) => ({
      label: profile.name,
      description: `${serverHost(profile)} · ${describeTokenState(tokenState(parts.tokens.peek(profile), now), now)}`,
      profile,
    }))
    .sort((a, b) => Number(b.profile.id === active) - Number(a.profile.id === active));
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Choose a profile'),
    matchOnDescription: true,
  });
  return picked?.profile;
}

function sayUnknown(id: string): void {
  void vscode.window.showErrorMessage(
    vscode.l10n.t(
      'There is no profile with the id “{0}”. Look for it under oauthExplorer.profiles in your settings.',
      id,
    ),
  );
}

async function offerFirst(): Promise<void> {
  const add = vscode.l10n.t('Add Profile');
  const demo = vscode.l10n.t('Start Demo Server');
  const answer = await vscode.window.showInformationMessage(
    vscode.l10n.t('There is no profile yet.'),
    add,
    demo,
  );
  if (answer === add) await vscode.commands.executeCommand(commands.addProfile);
  if (answer === demo) await vscode.commands.executeCommand(commands.startDemoServer);
}
