import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import { isByHand } from '../byHand.ts';
import { mayHaveToken } from '../accessQuestion.ts';
import { FailureError } from '../../core/record/failure.ts';
import type { TokenSet } from '../../core/record/report.ts';
import { whyNotAlone } from '../../core/access/useAlone.ts';
import type { Profile } from '../../core/profile/profile.ts';
import { isSilent } from '../../core/grants/all.ts';
import { getTokenResult } from '../../core/session/getTokenResult.ts';
import type { Obtained } from '../../core/session/session.ts';
import { getsBound } from '../../core/token/isBound.ts';
import type { GetTokenResult } from '../../shared/commands.ts';
import { noticeText } from '../noticeText.ts';
import { offerToken } from '../offerToken.ts';
import type { Services } from '../services.ts';
import {
  chooseProfile,
  findProfile,
  type FoundProfile,
  type Purpose,
  unknownProfile,
  type ToChoose,
} from '../chooseProfile.ts';
import { currentTokenOf, obtainFor, tokensOf, type ToObtain } from '../obtainToken.ts';
import { profileIdOf } from '../profileArgument.ts';
import { dialogs } from '../dialogs.ts';

/** Runs the profile's grant and shows the token or explains the failure; returns only what tasks may know. */
export async function getToken(
  services: ToObtain & ToChoose & Pick<Services, 'showToken'>,
  argument: unknown,
): Promise<GetTokenResult | undefined> {
  const purpose = { title: vscode.l10n.t('Get a token for') };
  return obtainAndShow(services, argument, purpose, (profile, signal) => {
    openClosedTab(services, profile);
    return services.session.fresh(profile, signal);
  });
}

/** Whoever asks again during a sign-in has probably closed its tab: the new request joins the running one. */
function openClosedTab({ flows }: Pick<Services, 'flows'>, profile: Profile): void {
  const waiting = flows.entries.find(
    (entry) =>
      entry.state === 'running' && entry.flow.waiting && isDeepStrictEqual(entry.flow.profile, profile),
  );
  const wanted = waiting?.state === 'running' ? waiting.flow.waiting : undefined;
  if (wanted && 'openAgain' in wanted) void wanted.openAgain();
}

/** Refreshes the token; for client credentials, which have no refresh token, gets a new one. */
export async function refreshToken(
  services: ToObtain & ToChoose & Pick<Services, 'showToken'>,
  argument: unknown,
): Promise<GetTokenResult | undefined> {
  const purpose: Purpose = {
    title: vscode.l10n.t('Refresh the token of'),
    fits: (profile, tokens) => tokens?.refresh_token !== undefined || (tokens && isSilent(profile)) === true,
  };
  return obtainAndShow(services, argument, purpose, (profile, signal) =>
    services.session.refresh(profile, signal),
  );
}

/** Shows the present token, valid or expired; without one, offers to get one. */
export async function showToken(
  services: ToObtain & ToChoose & Pick<Services, 'showToken'>,
  argument: unknown,
): Promise<void> {
  const profile = await chooseProfile(services, argument, { title: vscode.l10n.t('Show the token of') });
  if (!profile) return;
  if (await services.tokens.get(profile)) return services.showToken(profile);
  await offerToken(services, profile);
}

/** Copies a valid access token, getting one first if there is none. */
export async function copyToken(
  services: ToObtain & ToChoose & Pick<Services, 'access'>,
  argument: unknown,
): Promise<void> {
  const profile = await chooseProfile(services, argument, {
    title: vscode.l10n.t('Copy the access token of'),
    fits: (one, tokens) => !getsBound(one, tokens),
    isAsked: true,
  });
  if (!profile) return;
  if (!isByHand(argument) && !(await mayHaveToken(services.access, 'command', profile))) return;
  const obtained = await currentTokenOf(services, profile);
  if (obtained.kind !== 'token') return;
  const useless = whyNotAlone(obtained.tokens, profile.name);
  if (useless !== undefined) {
    void dialogs.showWarningMessage(useless);
    return;
  }
  await vscode.env.clipboard.writeText(obtained.tokens.access_token);
  dialogs.done(vscode.l10n.t('Access token copied'));
}

/**
 * The access token itself, for `${command:…}` inputs of tasks.json and launch.json.
 *
 * @throws Error with the failure's sentence, so that the task does not run with an empty token.
 */
export async function accessToken(
  services: ToChoose & Pick<Services, 'access' | 'flows' | 'session'>,
  argument: unknown,
): Promise<string> {
  const found = await findProfile(services, argument, {
    title: vscode.l10n.t('Hand out the access token of'),
    fits: (one, tokens) => !getsBound(one, tokens),
  });
  if (found.kind !== 'profile') throw new Error(whyNone(found));
  const { profile } = found;
  if (!(await mayHaveToken(services.access, 'command', profile))) throw new Error(notAllowed(profile));
  return (await handedOut(services, profile)).access_token;
}

/**
 * A token for a caller that the user has allowed to have it.
 *
 * @throws Error with a sentence when there is none, or none that works without its key
 */
export async function handedOut(
  services: Pick<Services, 'flows' | 'session'>,
  profile: Profile,
): Promise<TokenSet> {
  const tokens = await tokensOf(services, profile).catch((thrown: unknown) => {
    if (!(thrown instanceof FailureError)) throw thrown;
    // VS Code shows the error in a notification of its own.
    throw new Error(noticeText(`${thrown.failure.message} ${thrown.failure.advice}`));
  });
  const useless = whyNotAlone(tokens, profile.name);
  if (useless !== undefined) throw new Error(noticeText(useless));
  return tokens;
}

/** The message for a caller that the user does not allow to have the token. */
export function notAllowed({ name }: Profile): string {
  return noticeText(
    vscode.l10n.t(
      'The access token of “{0}” was not handed out: you did not allow it. “OAuth Explorer: Manage Access to Tokens…” lists your decisions.',
      name,
    ),
  );
}

async function obtainAndShow(
  services: ToChoose & Pick<Services, 'activeProfile' | 'flows' | 'run' | 'showToken'>,
  argument: unknown,
  purpose: Purpose,
  obtain: (profile: Profile, signal: AbortSignal) => Promise<Obtained>,
): Promise<GetTokenResult | undefined> {
  const id = profileIdOf(argument);
  const profile = await chooseProfile(services, argument, purpose);
  if (!profile) return id === undefined ? undefined : unknownResult(id);
  const obtained = await obtainFor(services, profile, (signal) => obtain(profile, signal));
  if (obtained.kind === 'token') await services.showToken(profile);
  return getTokenResult(profile, obtained);
}

/** The result for an id that no profile has. */
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
    case 'unfit':
      return vscode.l10n.t('None of your profiles can do this.');
    case 'declined':
      return vscode.l10n.t('No profile was chosen.');
  }
}
