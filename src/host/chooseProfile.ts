import * as vscode from 'vscode';
import type { TokenSet } from '../core/record/report.ts';
import type { Profile } from '../core/profile/profile.ts';
import { isWordy } from '../core/profile/problem.ts';
import { describeTokenState, tokenState } from '../core/session/tokenState.ts';
import { serverHost } from '../core/session/profilesTree.ts';
import { commands } from '../shared/commands.ts';
import { textMember } from '../shared/json.ts';
import type { Services } from './services.ts';
import { profileIdOf } from './profileArgument.ts';
import { dialogs } from './dialogs.ts';

/** The services that choosing a profile uses. */
export type ToChoose = Pick<Services, 'active' | 'clock' | 'profiles' | 'tokens'>;

/** The profile for a command, or why there is none. */
export type FoundProfile =
  | { readonly kind: 'profile'; readonly profile: Profile }
  /** There is none with the id that was given. */
  | { readonly kind: 'unknown'; readonly id: string }
  /** There is none at all. */
  | { readonly kind: 'none' }
  /** There are some, but none is suitable. */
  | { readonly kind: 'unfit' }
  | { readonly kind: 'declined' };

/** What a profile is chosen for. */
export interface Purpose {
  /** The title of the list: what will be done with the profile. */
  readonly title: string;
  /** Whether a profile is suitable; for a given profile, the command itself says why it is not. */
  readonly fits?: (profile: Profile, tokens: TokenSet | undefined) => boolean;
  /** Whether to ask even when there is only one: a command without arguments may have been run by anybody. */
  readonly isAsked?: boolean;
  /** Of these the first that is offered stands above the active one. */
  readonly first?: readonly Profile[];
}

/** Finds the profile that a command was given, the only one there is, or the user's choice; silent when there is none. */
export async function findProfile(
  services: ToChoose,
  argument: unknown,
  { title, fits = () => true, isAsked = false, first = [] }: Purpose,
): Promise<FoundProfile> {
  const id = profileIdOf(argument);
  if (id !== undefined) {
    const environment = textMember(argument, 'environment');
    const profile = services.profiles.latest({
      id,
      ...(environment !== undefined && { environment }),
    })?.profile;
    return profile ? { kind: 'profile', profile } : { kind: 'unknown', id };
  }
  const all = services.profiles.usable();
  if (all.length === 0) return { kind: 'none' };
  // With a single profile, the command itself says why it is not suitable.
  if (all.length > 1) await services.tokens.warm(all);
  const [only, ...others] =
    all.length === 1 ? all : all.filter((one) => fits(one, services.tokens.peek(one)));
  if (!only) return { kind: 'unfit' };
  const top = first.find(({ id }) => only.id === id || others.some((one) => one.id === id));
  const profile =
    others.length === 0 && !isAsked ? only : await pick(services, [only, ...others], title, top);
  return profile ? { kind: 'profile', profile } : { kind: 'declined' };
}

/**
 * The profile for a command, see `findProfile`.
 *
 * @returns `undefined` when the user declined, or was told that there is none
 */
export async function chooseProfile(
  services: ToChoose,
  argument: unknown,
  purpose: Purpose,
): Promise<Profile | undefined> {
  const found = await findProfile(services, argument, purpose);
  if (found.kind === 'unknown') sayUnknown(found.id);
  // Not awaited: the command is over, whatever becomes of the notification.
  if (found.kind === 'none') void offerFirst();
  if (found.kind === 'unfit')
    void dialogs.showInformationMessage(vscode.l10n.t('None of your profiles can do this.'));
  return found.kind === 'profile' ? found.profile : undefined;
}

/** The profile with this id; tells the user when there is none. */
export function namedProfile({ profiles }: Pick<Services, 'profiles'>, id: string): Profile | undefined {
  const profile = profiles.latest({ id })?.profile;
  if (!profile) sayUnknown(id);
  return profile;
}

function sayUnknown(id: string): void {
  const { message, advice } = unknownProfile(id);
  void dialogs.showErrorMessage(`${message} ${advice}`);
}

/** The message about an id that no profile has. */
export function unknownProfile(id: string): {
  readonly message: string;
  readonly advice: string;
} {
  return {
    message: isWordy(id)
      ? vscode.l10n.t('There is no profile with the id “{0}”.', id)
      : vscode.l10n.t('There is no profile with that id.'),
    advice: vscode.l10n.t('Look for it under oauthExplorer.profiles in your settings.'),
  };
}

/** Asks for one of `profiles`, with the active one on top unless another is given. */
export async function pick(
  services: Pick<Services, 'active' | 'clock' | 'tokens'>,
  profiles: readonly Profile[],
  title: string,
  first?: Profile,
): Promise<Profile | undefined> {
  await services.tokens.warm(profiles);
  const now = services.clock.now();
  const top = first?.id ?? services.active.ids.find((one) => profiles.some(({ id }) => id === one));
  const items = profiles
    .map((profile) => ({
      label: profile.name,
      description: `${describeTokenState(tokenState(services.tokens.peek(profile), now), now)} · ${serverHost(profile)}`,
      profile,
    }))
    .sort((a, b) => Number(b.profile.id === top) - Number(a.profile.id === top));
  const picked = await dialogs.showQuickPick(items, {
    title,
    matchOnDescription: true,
  });
  return picked?.profile;
}

/** Tells the user that there is no profile yet, and offers the ways to a first one. */
async function offerFirst(): Promise<void> {
  const add = vscode.l10n.t('Add Profile');
  const demo = vscode.l10n.t('Start Demo Server');
  const answer = await dialogs.showInformationMessage(vscode.l10n.t('There is no profile yet.'), add, demo);
  if (answer === add) await vscode.commands.executeCommand(commands.addProfile);
  if (answer === demo) await vscode.commands.executeCommand(commands.startDemoServer);
}
