import type { LiveFlow, WaitingForRedirect } from '../../src/core/flow/liveFlow.ts';

/** The redirect that a flow waits for, if it waits for one. */
export function redirectAwaited({ waiting }: Pick<LiveFlow, 'waiting'>): WaitingForRedirect | undefined {
  return waiting?.kind === 'redirect' ? waiting : undefined;
}
