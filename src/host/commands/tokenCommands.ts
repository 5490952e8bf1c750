import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import type { Profile } from '../../core/profile/profile.ts';
import { getTokenResult } from '../../core/session/getTokenResult.ts';
import type { Obtained } from '../../core/session/session.ts';
import type { GetTokenResult } from '../../shared/commands.ts';
import { noticeText } from '../noticeText.ts';
import type { Parts } from '../parts.ts';
import { withFlowProgress } from './flowProgress.ts';
import { chooseProfile, findProfile, type FoundProfile, unknownProfile } from './chooseProfile.ts';
import { presentFailure } from './presentFailure.ts';
import { profileIdOf } from './profileArgument.ts';

/** Runs the profile's grant, shows the token or explains the failure, and returns what tasks may know of it. */
export async function getToken(parts: Parts, argument: unknown): Promise<GetTokenResult | undefined> {
  return obtainAndShow(parts, argument, (profile, signal) => {
    openClosedTab(parts, profile);
    return parts.session.fresh(profile, signal);
  });
}

/** Whoever asks again while a sign-in is waited for has most likely closed its tab: the new request joins the old one. */
function openClosedTab({ flows }: Parts, profile: Profile): void {
  const waiting = flows.entries.find(
    (entry) =>
      entry.state === 'running' && entry.flow.waiting && isDeepStrictEqual(entry.flow.profile, profile),
  );
  const wanted = waiting?.state === 'running' ? waiting.flow.waiting : undefined;
  if (wanted && 'openAgain' in wanted) void wanted.openAgain();
}

/** Uses the refresh token; client credentials, which have none, fetch anew. */
export async function refreshToken(parts: Parts, argument: unknown): Promise<GetTokenResult | undefined> {
  return obtainAndShow(parts, argument, (profile, signal) => parts.session.refresh(profile, signal));
}

/** Shows the token there is, good or expired; without one, offers to get one. */
export async function showToken(parts: Parts, argument: unknown): Promise<void> {
  const profile = await chooseProfile(parts, argument);
  if (!profile) return;
  if (await parts.tokens.get(profile)) return parts.showToken(profile);
  const get = vscode.l10n.t('Get Token');
  const answer = await vscode.window.showInformationMessage(
    vscode.l10n.t('There is no token for “{0}” yet.', noticeText(profile.name)),
    get,
  );
  if (answer === get) await getToken(parts, { profile: profile.id });
}

/** Copies an access token that is still good, getting one first if there is none. */
export async function copyToken(parts: Parts, argument: unknown): Promise<void> {
  const obtained = await currentToken(parts, argument);
  if (obtained?.kind !== 'token') return;
  await vscode.env.clipboard.writeText(obtained.tokens.access_token);
  vscode.window.setStatusBarMessage(vscode.l10n.t('$(check) Access token copied'), 3000);
}

/**
 * The access token itself, for `${command:…}` inputs of tasks.json and launch.json.
 *
 * @throws Error with the failure's sentence, so that the task does not run with an empty token.
 */
export async function accessToken(parts: Parts, argument: unknown): Promise<string> {
  const found = await findProfile(parts, argument);
  if (found.kind !== 'profile') throw new Error(whyNone(found));
  const { profile } = found;
  const good = await parts.session.good(profile);
  if (good) return good.access_token;
  const obtained = await withFlowProgress(parts.flows, profile, (signal) =>
    parts.session.current(profile, signal),
  );
  if (obtained.kind === 'token') return obtained.tokens.access_token;
  throw new Error(noticeText(`${obtained.failure.message} ${obtained.failure.advice}`));
}

/** A token that is still good, or a new one; says why when there is none. */
export async function currentToken(parts: Parts, argument: unknown): Promise<ObtainedFor | undefined> {
  const profile = await chooseProfile(parts, argument);
  return profile && currentTokenOf(parts, profile);
}

/** A profile's token that is still good, or a new one; says why when there is none. */
export async function currentTokenOf(parts: Parts, profile: Profile): Promise<ObtainedFor> {
  const tokens = await parts.session.good(profile);
  if (tokens) return { kind: 'token', tokens, profile };
  return obtainFor(parts, profile, (signal) => parts.session.current(profile, signal));
}

export type ObtainedFor = Obtained & { readonly profile: Profile };

/** Gets a token under a notification with Cancel; says why when there is none. */
export async function obtainFor(
  parts: Parts,
  profile: Profile,
  obtain: (signal: AbortSignal) => Promise<Obtained>,
): Promise<ObtainedFor> {
  const obtained = await withFlowProgress(parts.flows, profile, obtain);
  if (obtained.kind === 'failure') presentFailure(parts, profile, obtained);
  else if (parts.activeProfile() === undefined) await parts.active.set(profile.id);
  return { ...obtained, profile };
}

async function obtainAndShow(
  parts: Parts,
  argument: unknown,
  obtain: (profile: Profile, signal: AbortSignal) => Promise<Obtained>,
): Promise<GetTokenResult | undefined> {
  const id = profileIdOf(argument);
  const profile = await chooseProfile(parts, argument);
  if (!profile) return id === undefined ? undefined : unknownResult(id);
  const obtained = await obtainFor(parts, profile, (signal) => obtain(profile, signal));
  if (obtained.kind === 'token') await parts.showToken(profile);
  return getTokenResult(profile, obtained);
}

/** What a task or another extension is told of an id that no profile has. */
function unknownResult(id: string): GetTokenResult {
  return { profile: id, outcome: 'failure', kind: 'unknown_profile', ...unknownProfile(id) };
}

function whyNone(found: Exclude<FoundProfile, { readonly kind: 'profile' }>): string {
  switch (found.kind) {
    case 'unknown': {
      const { message, advice } = unknownProfile(found.id);
      return `${message} ${advice}`;
    }
    case 'none':
      return vscode.l10n.t('There is no profile yet. Add one in the OAuth view.');
    case 'declined':
      return vscode.l10n.t('No profile was chosen.');
  }
}
