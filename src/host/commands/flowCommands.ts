import * as vscode from 'vscode';
import { waitingUrl } from '../../core/flow/liveFlow.ts';
import type { FlowEntry } from '../../core/session/flowLog.ts';
import { flowLine } from '../../core/session/flowsTree.ts';
import { noticeText } from '../noticeText.ts';
import type { Parts } from '../parts.ts';
import { flowIdOf, profileIdOf } from './profileArgument.ts';

/** The flows a command can work on, and what it says of a given one that is none of them. */
export interface FlowKindWanted {
  readonly fits: (entry: FlowEntry) => boolean;
  readonly otherwise: () => string;
}

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
const runs: FlowKindWanted = {
  fits: ({ state }) => state === 'running',
  otherwise: () => vscode.l10n.t('This flow has ended already.'),
};
const failed: FlowKindWanted = {
  fits: (entry) => entry.state === 'ended' && entry.flow.outcome.kind === 'failure',
  otherwise: () => vscode.l10n.t('This flow did not fail.'),
};

export const hasEnded: FlowKindWanted = {
  fits: ({ state }) => state === 'ended',
  otherwise: () => vscode.l10n.t('This flow is still under way. Wait for its end, or cancel it.'),
};

/** Shows a run: the one given, the latest of a profile, or one the user picks. */
export async function showFlow(parts: Parts, argument: unknown): Promise<void> {
  const entry = await chooseFlow(parts, argument, any);
  if (entry) (await parts.views.flow()).show(entry.flow.id);
}

/** Explains a failed run. */
export async function showFailure(parts: Parts, argument: unknown): Promise<void> {
  const entry = await chooseFlow(parts, argument, failed);
  if (entry?.state !== 'ended') return;
  await (await parts.views.failure()).show(entry.flow);
}

export function clearFlows(parts: Parts): void {
  parts.flows.clear();
}

/** Takes the URL the browser ended up at, when it could not reach the loopback listener. */
export async function pasteRedirect(parts: Parts, argument: unknown): Promise<void> {
  const waiting = waitingFlow(await chooseFlow(parts, argument, waitsForRedirect));
  if (waiting?.kind !== 'redirect') return;
  const url = await vscode.window.showInputBox({
    title: vscode.l10n.t('Paste the address the browser was redirected to'),
    prompt: vscode.l10n.t('It begins with {0}', waiting.redirectUri),
    placeHolder: `${waiting.redirectUri}?code=…&state=…`,
    ignoreFocusOut: true,
    // It holds the authorization code.
    password: true,
  });
  if (url === undefined) return;
  const result = waiting.submitRedirect(url.trim());
  if (!result.accepted) void vscode.window.showErrorMessage(noticeText(result.reason));
}

/** Copies the authorization URL, to sign in with another browser or browser profile. */
export async function copySignInUrl(parts: Parts, argument: unknown): Promise<void> {
  const waiting = waitingFlow(await chooseFlow(parts, argument, waits));
  const url = waiting && waitingUrl(waiting);
  if (url === undefined) return;
  await vscode.env.clipboard.writeText(url);
  vscode.window.setStatusBarMessage(vscode.l10n.t('$(check) Sign-in URL copied'), 3000);
}

export async function cancelFlow(parts: Parts, argument: unknown): Promise<void> {
  const entry = await chooseFlow(parts, argument, runs);
  if (entry) parts.session.cancel(entry.flow.id);
}

/** The flow a command works on: the one given, the latest of a given profile, the only one, or the one the user picks. */
export async function chooseFlow(
  parts: Parts,
  argument: unknown,
  { fits, otherwise }: FlowKindWanted,
): Promise<FlowEntry | undefined> {
  const id = flowIdOf(argument);
  const given = id === undefined ? undefined : parts.flows.get(id);
  if (given) {
    if (fits(given)) return given;
    void vscode.window.showInformationMessage(otherwise());
    return undefined;
  }
  const profileId = profileIdOf(argument);
  const entries = parts.flows.entries.filter(
    (entry) => fits(entry) && (profileId === undefined || entry.flow.profile.id === profileId),
  );
  if (entries.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('There is no such flow in this session.'));
    return undefined;
  }
  if (entries.length === 1 || profileId !== undefined) return entries[0];
  const items = entries.map((entry) => ({ ...lineOf(parts, entry), entry }));
  return (await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Choose a flow') }))?.entry;
}

function lineOf(parts: Parts, entry: FlowEntry): vscode.QuickPickItem {
  const { label, description } = flowLine(entry, parts.clock.now(), (time) =>
    new Date(time).toLocaleTimeString(),
  );
  return { label, description };
}

function waitingFlow(entry: FlowEntry | undefined) {
  return entry?.state === 'running' ? entry.flow.waiting : undefined;
}
