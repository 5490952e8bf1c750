import { capital } from '../../shared/capital.ts';
import { duration } from '../../shared/duration.ts';
import type { FlowWord } from '../../shared/trees.ts';
import { waitingUrl, waitingWords, type LiveFlow } from '../flow/liveFlow.ts';
import type { Failure } from '../record/failure.ts';
import type { FlowReport } from '../record/report.ts';
import { runNames } from '../grants/all.ts';
import { plainText } from '../http/plainText.ts';
import type { FlowEntry } from './flowLog.ts';

/** One line of the Flows tree, without any VS Code type. */
export interface FlowLine {
  readonly id: string;
  /** What was run and what came of it: what tells two runs apart, since narrow side bars cut the end off. */
  readonly label: string;
  /** Whose run it was, and when. */
  readonly description: string;
  readonly tooltip: readonly string[];
  readonly icon: 'sync~spin' | 'pass' | 'error' | 'circle-slash';
  /** Words the menus' `when` clauses look for. */
  readonly context: string;
}

/**
 * @param now milliseconds since the epoch.
 * @param clockTime how the user's locale writes a time of day.
 * @param again whether one that ended can be run again.
 */
export function flowLine(
  entry: FlowEntry,
  now: number,
  clockTime: (time: number) => string,
  again = false,
): FlowLine {
  return entry.state === 'running'
    ? runningLine(entry.flow, now, clockTime)
    : endedLine(entry.flow, again, clockTime);
}

function runningLine(flow: LiveFlow, now: number, clockTime: (time: number) => string): FlowLine {
  const kind = runNames(flow.kind).short;
  const { waiting } = flow;
  const doing = waiting ? waitingWords(waiting).short : 'running';
  const words: FlowWord[] = ['flow', 'running', ...(waiting ? [waiting.kind] : [])];
  if (waiting && waitingUrl(waiting) !== undefined) words.push('url');
  return {
    id: flow.id,
    label: capital(`${kind} · ${doing}`),
    description: `${flow.profile.name} · ${duration(now - flow.startedAt)}`,
    tooltip: [flow.profile.name, `${kind}, ${doing}`, `Started ${clockTime(flow.startedAt)}`],
    icon: 'sync~spin',
    context: words.join(' '),
  };
}

function endedLine(flow: FlowReport, again: boolean, clockTime: (time: number) => string): FlowLine {
  const kind = runNames(flow.kind).short;
  const took = elapsed(flow.endedAt - flow.startedAt);
  const { state, result, said, icon = icons[state] } = endOf(flow);
  const { length } = flow.exchanges;
  const ended: FlowWord[] = ['flow', 'ended', state, ...(again ? ['again' as const] : [])];
  return {
    id: flow.id,
    label: capital(`${kind} · ${result}`),
    description: `${flow.profile.name} · ${took} · ${clockTime(flow.startedAt)}`,
    tooltip: [
      flow.profile.name,
      `${kind}: ${said}`,
      `${length} ${length === 1 ? 'exchange' : 'exchanges'} in ${took}`,
    ],
    icon,
    context: ended.join(' '),
  };
}

type FlowEnd = Extract<FlowWord, 'token' | 'answer' | 'checked' | 'cancelled' | 'failed'>;

const icons: Record<FlowEnd, FlowLine['icon']> = {
  token: 'pass',
  answer: 'pass',
  checked: 'pass',
  cancelled: 'circle-slash',
  failed: 'error',
};

interface End {
  readonly state: FlowEnd;
  /** A word or two. */
  readonly result: string;
  /** One sentence. */
  readonly said: string;
  /** Where it is not that of the state. */
  readonly icon?: FlowLine['icon'];
}

function endOf({ kind, outcome, exchanges }: FlowReport): End {
  switch (outcome.kind) {
    case 'token': {
      // Of an API call, the token is the one that was sent, and the answer is what came of it.
      const answer = kind === 'api_call' ? exchanges.at(-1)?.response : undefined;
      if (!answer) return { state: 'token', result: 'token', said: 'a token was issued' };
      const { status } = answer;
      return { state: 'answer', result: `${status}`, said: `the API answered with status ${status}` };
    }
    case 'checked': {
      const said = `${outcome.title}: ${outcome.meaning}`;
      // The tone of an exploration: what keeps every client out is not a success.
      return kind === 'mcp' && outcome.verdict === 'bad'
        ? { state: 'checked', result: 'cannot connect', said, icon: 'error' }
        : { state: 'checked', result: 'checked', said };
    }
    case 'failure': {
      const { failure } = outcome;
      const state = failure.kind === 'cancelled' ? 'cancelled' : 'failed';
      return { state, result: inAWord(failure), said: failure.message };
    }
  }
}

/** A failure as briefly as it can be told from others; a server's own word for it first. */
function inAWord(failure: Failure): string {
  switch (failure.kind) {
    case 'oauth_error':
      return plainText(failure.body.error, 40) || 'failed';
    case 'http_error':
      return `${failure.status}`;
    case 'cancelled':
      return 'cancelled';
    case 'timeout':
      return 'timed out';
    case 'network':
    case 'tls':
      return 'not reached';
    default:
      return 'failed';
  }
}

function elapsed(milliseconds: number): string {
  return milliseconds < 10_000 ? `${Math.round(milliseconds)} ms` : duration(milliseconds);
}
