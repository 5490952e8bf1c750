import * as vscode from 'vscode';
import type { FlowEntry } from '../core/session/flowLog.ts';
import { flowLine } from '../core/session/flowsTree.ts';
import type { Services } from './services.ts';
import { flowIdOf, profileIdOf } from './profileArgument.ts';
import { dialogs } from './dialogs.ts';

/** Which flows a command works on, and what to say when the given one is not among them. */
export interface FlowKindWanted {
  readonly fits: (entry: FlowEntry) => boolean;
  readonly otherwise: () => string;
  /** The title of the list: what will be done with the flow. */
  readonly title: string;
}

export const hasEnded: Omit<FlowKindWanted, 'title'> = {
  fits: ({ state }) => state === 'ended',
  otherwise: () => vscode.l10n.t('This flow is still running. Wait until it ends, or cancel it.'),
};

/** The flow for a command: the given one, the latest of a given profile, the only one, or the user's choice. */
export async function chooseFlow(
  services: Pick<Services, 'clock' | 'flows'>,
  argument: unknown,
  { fits, otherwise, title }: FlowKindWanted,
): Promise<FlowEntry | undefined> {
  const id = flowIdOf(argument);
  const given = id === undefined ? undefined : services.flows.get(id);
  if (given) {
    if (fits(given)) return given;
    void dialogs.showInformationMessage(otherwise());
    return undefined;
  }
  const profileId = profileIdOf(argument);
  const entries = services.flows.entries.filter(
    (entry) => fits(entry) && (profileId === undefined || entry.flow.profile.id === profileId),
  );
  if (entries.length === 0) {
    void dialogs.showInformationMessage(vscode.l10n.t('There is no such flow.'));
    return undefined;
  }
  if (entries.length === 1 || profileId !== undefined) return entries[0];
  const items = entries.map((entry) => ({ ...lineOf(services, entry), entry }));
  return (await dialogs.showQuickPick(items, { title }))?.entry;
}

function lineOf(services: Pick<Services, 'clock'>, entry: FlowEntry): vscode.QuickPickItem {
  const { label, description } = flowLine(entry, services.clock.now(), (time) =>
    new Date(time).toLocaleTimeString(),
  );
  return { label, description };
}
