import type { LiveFlow } from '../../src/core/flow/liveFlow.ts';
import type { WaitingForRedirect } from '../../src/core/record/waiting.ts';

/** The redirect that a flow waits for, if it waits for one. */
export function redirectAwaited({ waiting }: Pick<LiveFlow, 'waiting'>): WaitingForRedirect | undefined {
  return waiting?.kind === 'redirect' ? waiting : undefined;
}
