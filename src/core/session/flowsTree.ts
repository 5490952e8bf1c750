import { duration } from '../../shared/duration.ts';
import type { FlowKind } from '../flow/report.ts';
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

const kinds: Record<FlowKind, string> = {
  client_credentials: 'client credentials',
  authorization_code: 'authorization code',
  refresh_token: 'refresh',
  api_call: 'API call',
  check: 'check',
};

/**
 * @param now milliseconds since the epoch.
 * @param clockTime how the user's locale writes a time of day.
 */
export function flowLine(entry: FlowEntry, now: number, clockTime: (time: number) => string): FlowLine {
  const { flow } = entry;
  const base = { id: flow.id, label: flow.profile.name };
  if (entry.state === 'running') {
    const doing = entry.flow.waiting ? 'waiting for the browser' : 'running';
    return {
      ...base,
      description: `${kinds[flow.kind]} · ${doing} · ${duration(now - flow.startedAt)}`,
      tooltip: [flow.profile.name, `${kinds[flow.kind]}, ${doing}`, `Started ${clockTime(flow.startedAt)}`],
      icon: 'sync~spin',
      context: 'flow running',
    };
  }
  const { outcome, endedAt } = entry.flow;
  const took = elapsed(endedAt - flow.startedAt);
  const result =
    outcome.kind === 'token' ? 'token' : outcome.failure.kind === 'cancelled' ? 'cancelled' : 'failed';
  return {
    ...base,
    description: `${kinds[flow.kind]} · ${result} · ${took} · ${clockTime(flow.startedAt)}`,
    tooltip: [
      flow.profile.name,
      `${kinds[flow.kind]}: ${outcome.kind === 'token' ? 'a token was issued' : outcome.failure.message}`,
      `${flow.exchanges.length} exchanges in ${took}`,
    ],
    icon: result === 'token' ? 'pass' : result === 'cancelled' ? 'circle-slash' : 'error',
    context: `flow ended ${result}`,
  };
}

function elapsed(milliseconds: number): string {
  return milliseconds < 10_000 ? `${Math.round(milliseconds)} ms` : duration(milliseconds);
}
