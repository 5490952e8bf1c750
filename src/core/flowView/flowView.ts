import type { FlowStepView, FlowViewModel, LaneView } from '../../shared/views/flowView.ts';
import { duration } from '../../shared/duration.ts';
import { unmatchedOf, waitingUrl, waitingWords } from '../flow/liveFlow.ts';
import type { Waiting } from '../record/waiting.ts';
import { runNames } from '../grants/all.ts';
import type { FlowEntry } from '../session/flowLog.ts';
import { serverHost } from '../session/profilesTree.ts';
import { lanesOf } from './lanes.ts';
import { isCodeSpent, pkceView } from './pkceView.ts';
import { qrCode } from './qrCode.ts';
import { redactFlow } from './redactFlow.ts';
import { stepView } from './steps.ts';

/** The user's choices in the view. */
export interface FlowViewOptions {
  /** `Exchange.id` of the selected step. */
  readonly selected?: number;
  readonly showVerifier?: boolean;
  /** Shows every secret as it was sent, for an export with the user's consent. */
  readonly plain?: boolean;
}

/** The flow view's model of a finished or running flow: redacted, unless `plain` is set. */
export function flowView(entry: FlowEntry, options: FlowViewOptions = {}): FlowViewModel {
  const { flow } = entry;
  const exchanges = options.plain === true ? flow.exchanges : redactFlow(flow);
  const lanes = lanesOf(exchanges, flow.kind);
  const steps = exchanges.map((exchange, at) =>
    stepView(exchange, flow.startedAt, flow.exchanges[at], flow.kind),
  );
  const selected = options.selected ?? defaultStep(entry, steps);
  const waiting = entry.state === 'running' ? entry.flow.waiting : undefined;
  return {
    title: flow.profile.name,
    subtitle: `${runNames(flow.kind).title} · ${serverHost(flow.profile)}`,
    ...ending(entry),
    lanes,
    steps,
    story: steps.map((step) => sentence(step, lanes)),
    ...(waiting && {
      waiting: {
        sentence: waitingWords(waiting).sentence,
        canCopyUrl: waitingUrl(waiting) !== undefined,
        ...(waiting.kind === 'redirect' && { redirectUri: waiting.redirectUri }),
        ...noticesOf(waiting),
        ...(waiting.kind === 'user_code' && {
          userCode: waiting.userCode,
          qr: qrCode(waitingUrl(waiting) ?? '', flow.profile),
        }),
        since: waitingSince(flow),
        deadline: waiting.deadline,
      },
    }),
    ...(flow.pkce && {
      pkce: pkceView(flow.pkce, isCodeSpent(flow.exchanges), options.showVerifier === true),
    }),
    ...(selected !== undefined && { selected }),
  };
}

function ending(entry: FlowEntry): Pick<FlowViewModel, 'outcome' | 'summary'> {
  if (entry.state === 'running')
    return entry.flow.waiting
      ? { outcome: 'running', summary: waitingWords(entry.flow.waiting).sentence }
      : { outcome: 'running', summary: 'Running.' };
  const { outcome, startedAt, endedAt, kind } = entry.flow;
  const lasted = endedAt - startedAt;
  const took = lasted < 1000 ? `${lasted} ms` : duration(lasted);
  if (outcome.kind === 'token')
    return {
      outcome: 'token',
      summary: kind === 'api_call' ? `The API answered after ${took}.` : `A token was issued after ${took}.`,
    };
  if (outcome.kind === 'checked')
    return { outcome: 'checked', summary: `${outcome.title}: ${outcome.meaning}` };
  const cancelled = outcome.failure.kind === 'cancelled';
  return { outcome: cancelled ? 'cancelled' : 'failed', summary: outcome.failure.message };
}

function noticesOf(waiting: Waiting): { readonly notices?: readonly string[] } {
  const notices = unmatchedOf(waiting);
  return notices.length === 0 ? {} : { notices };
}

/** When the browser was opened: what came before, such as reading the metadata, is not waiting for it. */
function waitingSince({ exchanges, startedAt }: FlowEntry['flow']): number {
  const leg = exchanges.find(({ leg, purpose }) => leg === 'browser' && purpose === 'authorization');
  return leg?.startedAt ?? startedAt;
}

/** The step that users want to see first: the one that failed, else the one that brought the token, else the last. */
function defaultStep(entry: FlowEntry, steps: readonly FlowStepView[]): number | undefined {
  const failedIn =
    entry.state === 'ended' && entry.flow.outcome.kind === 'failure'
      ? entry.flow.outcome.failure.exchange
      : undefined;
  const exchange = steps.findLast(({ to }) => to === 'token_endpoint');
  // Not an ignored one: browsers also ask for an icon while the user is still signing in.
  const last = steps.findLast(({ outcome }) => outcome !== 'ignored') ?? steps.at(-1);
  return failedIn ?? (exchange ?? last)?.id;
}

/**
 * What to say in place of the browser's exchange with the server, which is not recorded: only the redirect after it can be
 * seen.
 */
function missingAnswer({ from, outcome }: FlowStepView): string {
  if (from === 'browser') return 'answered in the browser';
  return outcome === 'pending' ? 'no answer yet' : 'no answer';
}

function sentence(step: FlowStepView, lanes: readonly LaneView[]): string {
  const name = (id: string) => lanes.find((lane) => lane.id === id)?.label ?? id;
  const answer = step.responseLabel === undefined ? `, ${missingAnswer(step)}` : '';
  return `${step.title}: ${name(step.from)} to ${name(step.to)}${answer}.`;
}
