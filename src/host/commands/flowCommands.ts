import * as vscode from 'vscode';
import { waitingUrl } from '../../core/flow/liveFlow.ts';
import type { FlowEntry } from '../../core/session/flowLog.ts';
import type { Services } from '../services.ts';
import { chooseFlow, type FlowKindWanted } from '../chooseFlow.ts';
import { dialogs } from '../dialogs.ts';

const any: FlowKindWanted = { fits: () => true, otherwise: () => '' };
const waitsForRedirect: FlowKindWanted = {
  fits: (entry) => waitingFlow(entry)?.kind === 'redirect',
  otherwise: () => vscode.l10n.t('This flow does not wait for the browser.'),
};
const waits: FlowKindWanted = {
  fits: (entry) => {
    const waiting = waitingFlow(entry);
    return waiting !== undefined && waitingUrl(waiting) !== undefined;
  },
  otherwise: () => vscode.l10n.t('This flow does not wait for the browser.'),
};
const waitsForUserCode: FlowKindWanted = {
  fits: (entry) => waitingFlow(entry)?.kind === 'user_code',
  otherwise: () => vscode.l10n.t('This flow does not wait for a code to be typed.'),
};
const runs: FlowKindWanted = {
  fits: ({ state }) => state === 'running',
  otherwise: () => vscode.l10n.t('This flow has ended already.'),
};
const failed: FlowKindWanted = {
  fits: (entry) => entry.state === 'ended' && entry.flow.outcome.kind === 'failure',
  otherwise: () => vscode.l10n.t('This flow did not fail.'),
};

/** Shows a run: the one given, the latest of a profile, or one the user picks. */
export async function showFlow(
  services: Pick<Services, 'clock' | 'flows' | 'views'>,
  argument: unknown,
): Promise<void> {
  const entry = await chooseFlow(services, argument, any);
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

export function clearFlows(services: Pick<Services, 'flows'>): void {
  services.flows.clear();
}

/** Takes the URL the browser ended up at, when it could not reach the loopback listener. */
export async function pasteRedirect(
  services: Pick<Services, 'clock' | 'flows'>,
  argument: unknown,
): Promise<void> {
  const waiting = waitingFlow(await chooseFlow(services, argument, waitsForRedirect));
  if (waiting?.kind !== 'redirect') return;
  const url = await dialogs.showInputBox({
    title: vscode.l10n.t('Paste the address the browser was redirected to'),
    prompt: vscode.l10n.t('It begins with {0}', waiting.redirectUri),
    placeHolder: `${waiting.redirectUri}?code=…&state=…`,
    ignoreFocusOut: true,
    // It holds the authorization code.
    password: true,
  });
  if (url === undefined) return;
  const result = waiting.submitRedirect(url.trim());
  if (!result.accepted) void dialogs.showErrorMessage(result.reason);
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
  dialogs.setStatusBarMessage(vscode.l10n.t('$(check) Sign-in URL copied'), 3000);
}

/** Copies the code to type and opens the page to type it at. @see RFC 8628 section 3.3 */
export async function copyUserCode(
  services: Pick<Services, 'clock' | 'flows'>,
  argument: unknown,
): Promise<void> {
  const waiting = waitingFlow(await chooseFlow(services, argument, waitsForUserCode));
  if (waiting?.kind !== 'user_code') return;
  await vscode.env.clipboard.writeText(waiting.userCode);
  dialogs.setStatusBarMessage(vscode.l10n.t('$(check) Code copied'), 3000);
  await waiting.openAgain();
}

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
