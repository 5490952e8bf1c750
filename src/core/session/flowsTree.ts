import { duration } from '../../shared/duration.ts';
import { waitingWords } from '../flow/liveFlow.ts';
import { runNames } from '../grants/all.ts';
import type { FlowOutcome } from '../flow/report.ts';
import type { FlowEntry } from './flowLog.ts';

/** One line of the Flows tree, without any VS Code type. */
export interface FlowLine {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  readonly tooltip: readonly string[];
  readonly icon: 'sync~spin' | 'pass' | 'error' | 'circle-slash';
  readonly context: string;
}

/**
 * @param now milliseconds since the epoch.
 * @param clockTime how the user's locale writes a time of day.
 */
export function flowLine(entry: FlowEntry, now: number, clockTime: (time: number) => string): FlowLine {
  const { flow } = entry;
  const kind = runNames(flow.kind).short;
  const base = { id: flow.id, label: flow.profile.name };
  if (entry.state === 'running') {
    const doing = entry.flow.waiting ? waitingWords(entry.flow.waiting).short : 'running';
    return {
      ...base,
      description: `${kind} · ${doing} · ${duration(now - flow.startedAt)}`,
      tooltip: [flow.profile.name, `${kind}, ${doing}`, `Started ${clockTime(flow.startedAt)}`],
      icon: 'sync~spin',
      context: 'flow running',
    };
  }
  const { outcome, endedAt } = entry.flow;
  const took = elapsed(endedAt - flow.startedAt);
  const { result, said } = endOf(outcome);
  return {
    ...base,
    description: `${kind} · ${result} · ${took} · ${clockTime(flow.startedAt)}`,
    tooltip: [flow.profile.name, `${kind}: ${said}`, `${flow.exchanges.length} exchanges in ${took}`],
    icon: icons[result],
    context: `flow ended ${result}`,
  };
}

type FlowEnd = 'token' | 'checked' | 'cancelled' | 'failed';

const icons: Record<FlowEnd, FlowLine['icon']> = {
  token: 'pass',
  checked: 'pass',
  cancelled: 'circle-slash',
  failed: 'error',
};

function endOf(outcome: FlowOutcome): { readonly result: FlowEnd; readonly said: string } {
  switch (outcome.kind) {
    case 'token':
      return { result: 'token', said: 'a token was issued' };
    case 'checked':
      return { result: 'checked', said: `${outcome.title}: ${outcome.meaning}` };
    case 'failure': {
      const result = outcome.failure.kind === 'cancelled' ? 'cancelled' : 'failed';
      return { result, said: outcome.failure.message };
    }
  }
}

function elapsed(milliseconds: number): string {
  return milliseconds < 10_000 ? `${Math.round(milliseconds)} ms` : duration(milliseconds);
}
