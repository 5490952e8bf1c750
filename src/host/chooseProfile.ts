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

/** What choosing a profile takes. */
export type ToChoose = Pick<Services, 'active' | 'clock' | 'profiles' | 'tokens'>;

/** The profile a command works on, or why there is none. */
export type FoundProfile =
  | { readonly kind: 'profile'; readonly profile: Profile }
  /** There is none with the id that was given. */
  | { readonly kind: 'unknown'; readonly id: string }
  /** There is none at all. */
  | { readonly kind: 'none' }
  /** There are some, and this can be done with none of them. */
  | { readonly kind: 'unfit' }
  | { readonly kind: 'declined' };

/** What a profile is chosen for. */
export interface Purpose {
  /** Names what will be done with it. */
  readonly title: string;
  /** Whether it can be done with a profile; one that is given is told by the command itself. */
  readonly fits?: (profile: Profile, tokens: TokenSet | undefined) => boolean;
  /** Whether it is chosen even where there is one alone: whoever runs a command without saying for which might be anybody. */
  readonly isAsked?: boolean;
}

/** Finds the profile a command was given, the only one there is, or the one the user picks; says nothing when there is none. */
export async function findProfile(
  services: ToChoose,
  argument: unknown,
  { title, fits = () => true, isAsked = false }: Purpose,
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
  // One alone is told by the command what is wrong with it.
  if (all.length > 1) await services.tokens.warm(all);
  const [only, ...others] =
    all.length === 1 ? all : all.filter((one) => fits(one, services.tokens.peek(one)));
  if (!only) return { kind: 'unfit' };
  const profile = others.length === 0 && !isAsked ? only : await pick(services, [only, ...others], title);
  return profile ? { kind: 'profile', profile } : { kind: 'declined' };
}

/**
 * The profile a command works on, see `findProfile`.
 *
 * @returns `undefined` when the user declined, or when there is none (and that was said).
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
    void dialogs.showInformationMessage(vscode.l10n.t('There is no profile with which this can be done.'));
  return found.kind === 'profile' ? found.profile : undefined;
}

/** The profile with this id; says so when there is none. */
export function namedProfile({ profiles }: Pick<Services, 'profiles'>, id: string): Profile | undefined {
  const profile = profiles.latest({ id })?.profile;
  if (!profile) sayUnknown(id);
  return profile;
}

function sayUnknown(id: string): void {
  const { message, advice } = unknownProfile(id);
  void dialogs.showErrorMessage(`${message} ${advice}`);
}

/** What to say of an id that no profile has. */
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

/** Asks for one of `profiles`, the active one first unless another is to be. */
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

/** Says that there is no profile yet, with the ways to the first one. */
async function offerFirst(): Promise<void> {
  const add = vscode.l10n.t('Add Profile');
  const demo = vscode.l10n.t('Start Demo Server');
  const answer = await dialogs.showInformationMessage(vscode.l10n.t('There is no profile yet.'), add, demo);
  if (answer === add) await vscode.commands.executeCommand(commands.addProfile);
  if (answer === demo) await vscode.commands.executeCommand(commands.startDemoServer);
}
