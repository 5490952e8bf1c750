import * as vscode from 'vscode';
import type { FlowEntry } from '../core/session/flowLog.ts';
import type { Services } from './services.ts';
import { named } from './profileArgument.ts';
import { dialogs } from './dialogs.ts';
import { lostQuietly } from './lostQuietly.ts';

const key = 'flows.waiting';

interface WaitingSignIn {
  readonly flow: string;
  readonly profile: string;
  /** The environment of the sign-in, whichever is in force when the window comes back. */
  readonly environment?: string;
  /** The profile's name at that time, as the settings may not have been read yet when the window comes back. */
  readonly name: string;
  /** Milliseconds since the epoch. */
  readonly deadline: number;
}

/**
 * Remembers the waiting sign-ins, so that a user whose window was reloaded during one is told that it has ended: its listener
 * closed with the window.
 */
export function watchSignIns(
  services: Pick<Services, 'workspaceState' | 'clock' | 'flows' | 'run' | 'output'>,
): vscode.Disposable {
  const { workspaceState, clock, flows, output } = services;
  const remember = (signIns: readonly WaitingSignIn[]) =>
    lostQuietly(output, workspaceState.update(key, signIns.length > 0 ? signIns : undefined));
  const before = workspaceState.get<readonly WaitingSignIn[]>(key) ?? [];
  for (const cutOff of before) if (cutOff.deadline > clock.now()) void tell(services, cutOff);
  if (before.length > 0) remember([]);
  let kept: readonly WaitingSignIn[] = [];
  const stop = flows.changes.on((entry) => {
    if (entry === undefined) return;
    const now = withEntry(kept, entry);
    if (now === kept) return;
    kept = now;
    remember(kept);
  });
  return new vscode.Disposable(stop);
}

function withEntry(kept: readonly WaitingSignIn[], entry: FlowEntry): readonly WaitingSignIn[] {
  const { id, profile } = entry.flow;
  const deadline = entry.state === 'running' ? entry.flow.waiting?.deadline : undefined;
  if (kept.some(({ flow }) => flow === id) === (deadline !== undefined)) return kept;
  return deadline === undefined
    ? kept.filter(({ flow }) => flow !== id)
    : [...kept, { flow: id, ...named(profile), name: profile.name, deadline }];
}

async function tell({ run }: Pick<Services, 'run'>, cutOff: WaitingSignIn): Promise<void> {
  const { profile, name, environment } = cutOff;
  const again = vscode.l10n.t('Get Token');
  const answer = await dialogs.showWarningMessage(
    vscode.l10n.t(
      'The sign-in for “{0}” ended when the window was reloaded, and its browser tab leads nowhere now. Get a token again.',
      name,
    ),
    again,
  );
  if (answer === again) await run('getToken', { profile, ...(environment !== undefined && { environment }) });
}
