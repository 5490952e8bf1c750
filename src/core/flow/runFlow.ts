import { randomUUID } from 'node:crypto';
import { recordingFetch } from '../http/recordingFetch.ts';
import { authorizationCode } from '../oauth/authorizationCode.ts';
import { clientCredentials } from '../oauth/clientCredentials.ts';
import type { TokenDialect } from '../oauth/dialect.ts';
import type { MetadataCache } from '../oauth/metadataCache.ts';
import { refreshToken } from '../oauth/refreshToken.ts';
import type { Browser, Clock, Fetch } from '../ports.ts';
import { hasRedirect, type Grant, type Profile } from '../profile/profile.ts';
import { abortable } from './abortable.ts';
import type { FlowContext } from './context.ts';
import type { LiveFlow } from './liveFlow.ts';
import type { FlowOutcome, FlowReport, TokenSet } from './report.ts';
import { locateFailure } from './locateFailure.ts';
import { scrubFailure } from './scrubFailure.ts';
import { toFailure } from './toFailure.ts';
import { Trace } from './trace.ts';

/** Everything a flow needs from outside. */
export interface FlowDeps {
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly browser: Browser;
  readonly metadata: MetadataCache;
  /** The client secret of a profile; asked for only when its client authentication needs one. */
  secret(profile: Profile): Promise<string | undefined>;
  /** How a profile's token endpoint deviates; absent or undefined for plain RFC 6749. */
  dialect?(profile: Profile): TokenDialect | undefined;
  /** Ends the flow at whatever it waits for. */
  readonly signal?: AbortSignal;
  /** Milliseconds for one request; 30 s unless said otherwise. */
  readonly requestTimeout?: number;
  /** Milliseconds for the user to sign in; 5 minutes unless said otherwise. */
  readonly signInTimeout?: number;
  /** The tokens to refresh: needed for `refresh_token`. */
  readonly previous?: TokenSet;
  /** Told after every change of the flow, with the flow as it is then. */
  onProgress?(flow: LiveFlow): void;
}

/** The flows that end with a token. */
export type TokenFlowKind = Grant;

/** Runs one flow of a profile to its report. Never rejects: what went wrong is the report's outcome. */
export async function runFlow(kind: TokenFlowKind, profile: Profile, deps: FlowDeps): Promise<FlowReport> {
  const { clock } = deps;
  const start = { id: randomUUID(), kind, profile, startedAt: clock.now() };
  const trace: Trace = new Trace(() => deps.onProgress?.(live(start, trace)));
  const signal = deps.signal ?? new AbortController().signal;
  const outcome = await outcomeOf(kind, profile, deps, { trace, signal });
  const { exchanges, pkce } = trace;
  return { ...start, endedAt: clock.now(), exchanges, ...(pkce === undefined ? {} : { pkce }), outcome };
}

async function outcomeOf(
  kind: TokenFlowKind,
  profile: Profile,
  deps: FlowDeps,
  { trace, signal }: Pick<FlowContext, 'trace' | 'signal'>,
): Promise<FlowOutcome> {
  try {
    signal.throwIfAborted();
    const context = contextOf(profile, deps, trace, signal);
    return { kind: 'token', tokens: await run(kind, profile, deps, context) };
  } catch (thrown) {
    const failure = toFailure(thrown, { step: trace.step, cancelled: signal.aborted });
    return { kind: 'failure', failure: locateFailure(scrubFailure(failure, trace), trace.exchanges) };
  }
}

function run(kind: TokenFlowKind, profile: Profile, deps: FlowDeps, context: FlowContext): Promise<TokenSet> {
  if (kind === 'refresh_token') return refreshToken(profile, context, deps.previous);
  return hasRedirect(profile) ? authorizationCode(profile, context) : clientCredentials(profile, context);
}

function contextOf(profile: Profile, deps: FlowDeps, trace: Trace, signal: AbortSignal): FlowContext {
  const { clock, browser, metadata } = deps;
  const dialect = deps.dialect?.(profile);
  const timeout = deps.requestTimeout ?? 30_000;
  return {
    trace,
    fetch: recordingFetch({ fetch: deps.fetch, clock, trace, signal, timeout }),
    clock,
    browser,
    signal,
    metadata,
    signInTimeout: deps.signInTimeout ?? 300_000,
    secret: () => abortable(deps.secret(profile), signal),
    ...(dialect === undefined ? {} : { dialect }),
  };
}

function live(start: Pick<LiveFlow, 'id' | 'kind' | 'profile' | 'startedAt'>, trace: Trace): LiveFlow {
  const { exchanges, pkce, waiting } = trace;
  return {
    ...start,
    exchanges,
    ...(pkce === undefined ? {} : { pkce }),
    ...(waiting === undefined ? {} : { waiting }),
  };
}
