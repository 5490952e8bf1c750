import { randomUUID } from 'node:crypto';
import type { FlowOutcome, FlowReport, TokenSet } from '../record/report.ts';
import { contextOf, liveFlow, type FlowDeps } from '../flow/runFlow.ts';
import { scrubFailure } from '../http/scrubFailure.ts';
import { locateFailure } from '../record/locateFailure.ts';
import { toFailure } from '../record/toFailure.ts';
import { Trace } from '../record/trace.ts';
import { secureUrl } from '../http/secureUrl.ts';
import { clientAuthentication, requireOwnServer } from '../oauth/clientAuthentication.ts';
import { requireGiver } from '../oauth/requireOneServer.ts';
import { serverMetadata } from '../oauth/serverMetadata.ts';
import type { Profile } from '../profile/profile.ts';
import type { OperationDescriptor, OperationResult } from './operation.ts';

/** An operation's run, and whether its tokens are worth nothing afterwards. */
export interface OperationRun {
  readonly report: FlowReport;
  readonly spent: boolean;
}

/** Does something with a token at its server, written down as a flow of its own. Never rejects. */
export async function runOperation(
  operation: OperationDescriptor,
  profile: Profile,
  tokens: TokenSet,
  deps: FlowDeps,
): Promise<OperationRun> {
  const { clock } = deps;
  const start = { id: randomUUID(), kind: operation.id, profile, startedAt: clock.now() };
  const trace: Trace = new Trace(() => deps.onProgress?.(liveFlow(start, trace)));
  for (const secret of [tokens.access_token, tokens.refresh_token, tokens.id_token])
    if (secret !== undefined) trace.useSecret(secret);
  const { outcome, spent } = await outcomeOf({ operation, profile, tokens, deps, trace });
  return { report: { ...start, endedAt: clock.now(), exchanges: trace.exchanges, outcome }, spent };
}

interface Run {
  readonly operation: OperationDescriptor;
  readonly profile: Profile;
  readonly tokens: TokenSet;
  readonly deps: FlowDeps;
  readonly trace: Trace;
}

async function outcomeOf(run: Run): Promise<{ readonly outcome: FlowOutcome; readonly spent: boolean }> {
  const { deps, trace } = run;
  const signal = deps.signal ?? new AbortController().signal;
  try {
    signal.throwIfAborted();
    const { verdict, meaning, spent } = await perform(run, signal);
    const outcome = { kind: 'checked', title: run.operation.title, verdict, meaning } as const;
    return { outcome, spent: spent === true };
  } catch (thrown) {
    const failure = toFailure(thrown, { step: trace.step, cancelled: signal.aborted });
    const told = locateFailure(scrubFailure(failure, trace), trace.exchanges);
    return { outcome: { kind: 'failure', failure: told }, spent: false };
  }
}

async function perform(
  { operation, profile, tokens, deps, trace }: Run,
  signal: AbortSignal,
): Promise<OperationResult> {
  const { endpoint: name, step } = operation;
  const made = await contextOf(profile, deps, trace, signal);
  // Its endpoint takes the place of the grant's: that is where the client proves itself.
  const context = { ...made, grant: { ...made.grant, endpoints: [name], actsForUser: true } };
  trace.enter('discovery');
  const found = await serverMetadata(profile, context, context.grant);
  requireOwnServer(profile, found, 'token', [name]);
  await requireGiver(tokens, found, name, context.isOneService);
  const endpoint = secureUrl(found.server[name] ?? '', 'discovery').href;
  let authentication: ReturnType<typeof clientAuthentication> | undefined;
  const authenticate = async () => {
    const proof = await (authentication ??= clientAuthentication(profile, found, context));
    trace.enter(step);
    return proof;
  };
  trace.enter(step);
  return operation.run(profile, { ...context, found, endpoint, tokens, authenticate });
}
