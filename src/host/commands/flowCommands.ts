import * as vscode from 'vscode';
import type { FlowEntry } from '../../core/session/flowLog.ts';
import { flowLine } from '../../core/session/flowsTree.ts';
import type { Parts } from '../parts.ts';
import { flowIdOf, profileIdOf } from './profileArgument.ts';

/** Shows a run: the one given, the latest of a profile, or one the user picks. */
export async function showFlow(parts: Parts, argument: unknown): Promise<void> {
  const entry = await chooseFlow(parts, argument, () => true);
  if (entry) (await parts.views.flow()).show(entry.flow.id);
}

/** Explains a failed run. */
export async function showFailure(parts: Parts, argument: unknown): Promise<void> {
  const entry = await chooseFlow(parts, argument, isFailed);
  if (entry?.state !== 'ended') return;
  await (await parts.views.failure()).show(entry.flow);
}

export function clearFlows(parts: Parts): void {
  parts.flows.clear();
}

/** Takes the URL the browser ended up at, when it could not reach the loopback listener. */
export async function pasteRedirect(parts: Parts, argument: unknown): Promise<void> {
  const waiting = waitingFlow(await chooseFlow(parts, argument, isWaiting));
  if (!waiting) return;
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
  if (!result.accepted) void vscode.window.showErrorMessage(result.reason);
}

/** Copies the authorization URL, to sign in with another browser or browser profile. */
export async function copySignInUrl(parts: Parts, argument: unknown): Promise<void> {
  const waiting = waitingFlow(await chooseFlow(parts, argument, isWaiting));
  if (!waiting) return;
  await vscode.env.clipboard.writeText(waiting.authorizationUrl);
  vscode.window.setStatusBarMessage(vscode.l10n.t('$(check) Sign-in URL copied'), 3000);
}

export async function cancelFlow(parts: Parts, argument: unknown): Promise<void> {
  const entry = await chooseFlow(parts, argument, ({ state }) => state === 'running');
  if (entry) parts.session.cancel(entry.flow.id);
}

/** The flow a command works on: the one given, the latest of a given profile, the only one, or the one the user picks. */
export async function chooseFlow(
  parts: Parts,
  argument: unknown,
  fits: (entry: FlowEntry) => boolean,
): Promise<FlowEntry | undefined> {
  const id = flowIdOf(argument);
  const given = id === undefined ? undefined : parts.flows.get(id);
  const profileId = profileIdOf(argument);
  const isMeant = ({ flow }: FlowEntry) => profileId === undefined || flow.profile.id === profileId;
  const entries = (given ? [given] : parts.flows.entries.filter(isMeant)).filter(fits);
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

function isFailed(entry: FlowEntry): boolean {
  return entry.state === 'ended' && entry.flow.outcome.kind === 'failure';
}

function isWaiting(entry: FlowEntry): boolean {
  return waitingFlow(entry) !== undefined;
}

function waitingFlow(entry: FlowEntry | undefined) {
  return entry?.state === 'running' ? entry.flow.waiting : undefined;
}
