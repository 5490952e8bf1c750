import * as vscode from 'vscode';
import { waitingUrl } from '../../core/flow/liveFlow.ts';
import { endsEarly } from '../../core/oauth/loopback/judge.ts';
import type { SubmitResult } from '../../core/record/waiting.ts';
import { requestAgain } from '../../core/flowView/requestAgain.ts';
import { canRunAgain } from '../../core/flowView/canRunAgain.ts';
import type { FlowEntry } from '../../core/session/flowLog.ts';
import type { Services } from '../services.ts';
import { mayHaveToken } from '../accessQuestion.ts';
import { isByHand } from '../byHand.ts';
import { chooseFlow, hasEnded, type FlowKindWanted } from '../chooseFlow.ts';
import { named } from '../profileArgument.ts';
import { sendAndShow, type ToSend } from '../sendRequest.ts';
import { dialogs } from '../dialogs.ts';

const waitsForRedirect: FlowKindWanted = {
  title: vscode.l10n.t('Paste the redirected URL of'),
  fits: (entry) => waitingFlow(entry)?.kind === 'redirect',
  otherwise: () => vscode.l10n.t('This flow does not wait for the browser.'),
};
const waits: FlowKindWanted = {
  title: vscode.l10n.t('Copy the sign-in URL of'),
  fits: (entry) => {
    const waiting = waitingFlow(entry);
    return waiting !== undefined && waitingUrl(waiting) !== undefined;
  },
  otherwise: () => vscode.l10n.t('This flow does not wait for the browser.'),
};
const waitsForUserCode: FlowKindWanted = {
  title: vscode.l10n.t('Copy the code of'),
  fits: (entry) => waitingFlow(entry)?.kind === 'user_code',
  otherwise: () => vscode.l10n.t('This flow does not wait for a code to be typed.'),
};
const runs: FlowKindWanted = {
  title: vscode.l10n.t('Cancel a flow'),
  fits: ({ state }) => state === 'running',
  otherwise: () => vscode.l10n.t('This flow has ended already.'),
};
const failed: FlowKindWanted = {
  title: vscode.l10n.t('Explain a failure'),
  fits: (entry) => entry.state === 'ended' && entry.flow.outcome.kind === 'failure',
  otherwise: () => vscode.l10n.t('This flow did not fail.'),
};

/** Shows a run: the one given, the latest of a profile, or one the user picks. */
export async function showFlow(
  services: Pick<Services, 'clock' | 'flows' | 'views'>,
  argument: unknown,
): Promise<void> {
  const entry = await chooseFlow(services, argument, {
    fits: () => true,
    otherwise: () => '',
    title: vscode.l10n.t('Show a flow'),
  });
  if (entry) (await services.views.flow()).show(entry.flow.id);
}

/** Explains a failed run. */
export async function showFailure(
  services: Pick<Services, 'clock' | 'flows' | 'views'>,
  argument: unknown,
): Promise<void> {
  const entry = await chooseFlow(services, argument, failed);
  if (entry?.state !== 'ended') return;
  await (await services.views.failure()).show(entry.flow);
}

/** Runs a flow again, with its profile as it is now, in the environment in which the flow ran. */
export async function runFlowAgain(
  services: ToSend & Pick<Services, 'access' | 'clock' | 'flows' | 'profiles' | 'run'>,
  argument: unknown,
): Promise<void> {
  const again: FlowKindWanted = {
    title: vscode.l10n.t('Run a flow again'),
    fits: (entry) =>
      entry.state === 'ended' && canRunAgain(entry.flow, (profile) => services.profiles.latest(profile)),
    otherwise: () =>
      vscode.l10n.t('This flow cannot be run again: its profile or its request no longer exists.'),
  };
  const entry = await chooseFlow(services, argument, again);
  if (entry?.state !== 'ended') return;
  const { kind, profile, exchanges } = entry.flow;
  const request = requestAgain(entry.flow);
  const now = services.profiles.latest(profile)?.profile;
  const meant = named(profile);
  if (kind === 'mcp') await services.run('exploreMcpServer', { url: exchanges[0]?.request.url });
  else if (kind === 'check') await services.run('runChecks', meant);
  else if (kind === 'refresh_token') await services.run('refreshToken', meant);
  else if (!request || !now) await services.run('getToken', meant);
  else if (isByHand(argument) || (await mayHaveToken(services.access, 'call', now)))
    await sendAndShow(services, now, request);
}

/** Forgets one flow that has ended. */
export async function deleteFlow(
  services: Pick<Services, 'clock' | 'flows'>,
  argument: unknown,
): Promise<void> {
  const entry = await chooseFlow(services, argument, { ...hasEnded, title: vscode.l10n.t('Delete a flow') });
  if (entry) services.flows.remove(entry.flow.id);
}

/** Forgets all flows that have ended. */
export function clearFlows(services: Pick<Services, 'flows'>): void {
  services.flows.clear();
}

/** Takes the URL at which the browser ended, when it could not reach the loopback listener. */
export async function pasteRedirect(
  services: Pick<Services, 'clock' | 'flows'>,
  argument: unknown,
): Promise<void> {
  const waiting = waitingFlow(await chooseFlow(services, argument, waitsForRedirect));
  if (waiting?.kind !== 'redirect') return;
  let refused: { readonly url: string; readonly reason: string } | undefined;
  for (;;) {
    const before = refused;
    const url = await dialogs.showInputBox({
      title: vscode.l10n.t('Paste the address the browser was redirected to'),
      // VS Code shows what validateInput says of the initial value only after a change.
      prompt: before?.reason ?? vscode.l10n.t('It begins with {0}', waiting.redirectUri),
      placeHolder: `${waiting.redirectUri}?code=…&state=…`,
      // It contains the authorization code.
      password: true,
      // A refused address stays in the box until it is changed.
      ...(before && {
        value: before.url,
        validateInput: (typed) => (typed.trim() === before.url ? before.reason : undefined),
      }),
    });
    if (url === undefined) return;
    const pasted = url.trim();
    // It would end the sign-in with advice that nobody could follow.
    const reason = endsEarly(pasted, waiting.redirectUri, waiting.authorizationUrl)
      ? vscode.l10n.t('The address is cut off before the code: copy all of it.')
      : reasonOf(await waiting.submitRedirect(pasted));
    if (reason === undefined) return;
    refused = { url: pasted, reason };
  }
}

function reasonOf(result: SubmitResult): string | undefined {
  return result.accepted ? undefined : result.reason;
}

/** Copies the authorization URL, to sign in with another browser or browser profile. */
export async function copySignInUrl(
  services: Pick<Services, 'clock' | 'flows'>,
  argument: unknown,
): Promise<void> {
  const waiting = waitingFlow(await chooseFlow(services, argument, waits));
  const url = waiting && waitingUrl(waiting);
  if (url === undefined) return;
  await vscode.env.clipboard.writeText(url);
  dialogs.done(vscode.l10n.t('Sign-in URL copied'));
}

/** Copies the code to type and opens the page to type it at. @see RFC 8628 section 3.3 */
export async function copyUserCode(
  services: Pick<Services, 'clock' | 'flows'>,
  argument: unknown,
): Promise<void> {
  const waiting = waitingFlow(await chooseFlow(services, argument, waitsForUserCode));
  if (waiting?.kind !== 'user_code') return;
  await vscode.env.clipboard.writeText(waiting.userCode);
  dialogs.done(vscode.l10n.t('Code copied'));
  await waiting.openAgain();
}

/** Cancels a running flow; asks which when there are several. */
export async function cancelFlow(
  services: Pick<Services, 'clock' | 'flows' | 'session'>,
  argument: unknown,
): Promise<void> {
  const entry = await chooseFlow(services, argument, runs);
  if (entry) services.session.cancel(entry.flow.id);
}

function waitingFlow(entry: FlowEntry | undefined) {
  return entry?.state === 'running' ? entry.flow.waiting : undefined;
}
