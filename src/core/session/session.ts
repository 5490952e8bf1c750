import { abortable } from '../abortable.ts';
import { isSilent } from '../grants/all.ts';
import type { Failure } from '../record/failure.ts';
import type { LiveFlow } from '../flow/liveFlow.ts';
import type { FlowReport, TokenSet } from '../record/report.ts';
import type { TokenFlowKind } from '../flow/runFlow.ts';
import type { Clock } from '../ports.ts';
import type { Profile } from '../profile/profile.ts';
import { TaskQueue } from '../taskQueue.ts';
import type { FlowLog } from './flowLog.ts';
import { tokenState } from './tokenState.ts';

/** A flow to run. */
export interface RunRequest {
  readonly kind: TokenFlowKind;
  readonly profile: Profile;
  /** The token a refresh starts from. */
  readonly previous?: TokenSet;
  /** What a refresh asks for, when that is less than was granted. */
  readonly fewer?: readonly string[];
  readonly signal: AbortSignal;
  onProgress?: (flow: LiveFlow) => void;
}

/** What a session needs from outside. */
export interface SessionPorts {
  readonly clock: Clock;
  readonly tokens: {
    /** The token of exactly this set-up, good or expired. */
    get: (profile: Profile) => Promise<TokenSet | undefined>;
    /** The same, as the vault has it now: another window may have rotated the refresh token. */
    reread: (profile: Profile) => Promise<TokenSet | undefined>;
    /** What memory has of it. */
    peek: (profile: Profile) => TokenSet | undefined;
    /** Never rejects. */
    set: (profile: Profile, tokens: TokenSet) => Promise<void>;
    /** Joins a request for the same set-up and `purpose` that is under way; rejects for a caller that leaves the others to it. */
    share: <T>(
      profile: Profile,
      purpose: string,
      signal: AbortSignal,
      start: (signal: AbortSignal) => Promise<T>,
    ) => Promise<T>;
  };
  /** Runs a flow; never rejects. */
  readonly run: (request: RunRequest) => Promise<FlowReport>;
  readonly flows: FlowLog;
}

/** A token, or why there is none; `report` is absent when no flow had to run. */
export type Obtained =
  | { readonly kind: 'token'; readonly tokens: TokenSet; readonly report?: FlowReport }
  | { readonly kind: 'failure'; readonly failure: Failure; readonly report?: FlowReport };

/** The use cases around tokens: every command that needs one comes through here. */
export class Session {
  readonly #ports: SessionPorts;
  /** How often a profile was deleted, by its id. */
  readonly #deletions = new Map<string, number>();
  readonly #runs = new Set<Run>();
  /** Uses of refresh tokens, by the profile's id: a server that rotates takes each of them once. */
  readonly #turns = new TaskQueue();

  constructor(ports: SessionPorts) {
    this.#ports = ports;
  }

  /** A token that is still good, else a refreshed one, else one from the profile's grant. */
  async current(profile: Profile, signal: AbortSignal): Promise<Obtained> {
    const tokens = await this.good(profile);
    return tokens ? { kind: 'token', tokens } : this.renew(profile, signal);
  }

  /** The profile's token if it is still good; asks nobody. */
  async good(profile: Profile): Promise<TokenSet | undefined> {
    const tokens = await this.#ports.tokens.get(profile);
    return tokenState(tokens, this.#ports.clock.now()).kind === 'expired' ? undefined : tokens;
  }

  /** A new token without a sign-in where that is possible: by the refresh token, else by the profile's grant. */
  async renew(profile: Profile, signal: AbortSignal): Promise<Obtained> {
    const tokens = await this.#ports.tokens.reread(profile);
    if (tokens?.refresh_token === undefined || isSilent(profile)) return this.fresh(profile, signal);
    const refreshed = await this.#run({ kind: 'refresh_token', profile, previous: tokens, signal });
    const spent = refreshed.kind === 'failure' && isSpentGrant(refreshed.failure);
    return spent ? this.fresh(profile, signal) : refreshed;
  }

  /** Uses the refresh token and nothing else; client credentials, which have none, fetch anew. @see RFC 6749 section 6 */
  async refresh(profile: Profile, signal: AbortSignal): Promise<Obtained> {
    if (isSilent(profile)) return this.fresh(profile, signal);
    const tokens = await this.#ports.tokens.reread(profile);
    if (tokens?.refresh_token === undefined)
      return { kind: 'failure', failure: noRefreshToken(profile, tokens) };
    return this.#run({ kind: 'refresh_token', profile, previous: tokens, signal });
  }

  /**
   * A token with some of the scopes that were granted, by the refresh token. It is not kept: the profile's own access token
   * stays, and a refresh token that the server gives in the place of the one that was used is kept with it.
   *
   * @see RFC 6749 section 6
   */
  async withFewerScopes(profile: Profile, fewer: readonly string[], signal: AbortSignal): Promise<Obtained> {
    const { run, tokens } = this.#ports;
    const deletions = this.#deletionsOf(profile.id);
    return this.#tracked(signal, (stoppable) =>
      this.#inTurn(profile, stoppable, async () => {
        const previous = await tokens.reread(profile);
        if (previous?.refresh_token === undefined)
          return { kind: 'failure', failure: noRefreshToken(profile, previous) };
        const { refresh_token: spent } = previous;
        const report = await run({ kind: 'refresh_token', profile, previous, fewer, signal: stoppable });
        const ended = obtained(report);
        if (ended.kind === 'failure') return ended;
        const own = tokens.peek(profile);
        const { refresh_token: next = spent } = ended.tokens;
        // Whoever has signed in anew in the meantime has a refresh token of their own.
        if (own?.refresh_token === spent && next !== spent && deletions === this.#deletionsOf(profile.id))
          void tokens.set(profile, { ...own, refresh_token: next });
        return ended;
      }),
    );
  }

  /** A new token from the profile's grant, whatever there is already. */
  fresh(profile: Profile, signal: AbortSignal): Promise<Obtained> {
    return this.#run({ kind: profile.grant, profile, signal });
  }

  /** Cancels a flow that is under way, for everyone who waits for it. */
  cancel(flowId: string): void {
    for (const run of this.#runs) if (run.flow === flowId) run.stop.abort();
  }

  /** Cancels what is under way for a profile that is deleted, and keeps no token that still comes. */
  forget(profileId: string): void {
    this.#deletions.set(profileId, this.#deletionsOf(profileId) + 1);
    for (const { state, flow } of this.#ports.flows.entries)
      if (state === 'running' && flow.profile.id === profileId) this.cancel(flow.id);
  }

  #deletionsOf(profileId: string): number {
    return this.#deletions.get(profileId) ?? 0;
  }

  /** Cancels everything that is under way, as when the window closes; resolves when all of it has ended. */
  async cancelAll(): Promise<void> {
    for (const { stop } of this.#runs) stop.abort();
    await Promise.allSettled([...this.#runs].map(({ ended }) => ended));
  }

  async #run(request: Omit<RunRequest, 'onProgress'>): Promise<Obtained> {
    const { kind, profile, signal } = request;
    try {
      return await this.#ports.tokens.share(profile, kind, signal, (shared) =>
        this.#runAlone({ ...request, signal: shared }),
      );
    } catch (thrown) {
      if (!signal.aborted) throw thrown;
      return { kind: 'failure', failure: cancelled };
    }
  }

  #runAlone(request: Omit<RunRequest, 'onProgress'>): Promise<Obtained> {
    const { profile, previous, signal } = request;
    const waits = previous !== undefined && this.#turns.isBusy(profile.id);
    return this.#tracked(signal, (stoppable, current) => {
      const anew = { ...request, signal: stoppable };
      if (previous === undefined) return this.#runNow(anew, current);
      return this.#inTurn(profile, stoppable, async () => {
        // Whoever had the turn before may have rotated the refresh token.
        const newest = waits ? await this.#ports.tokens.reread(profile) : undefined;
        return this.#runNow({ ...anew, previous: newest ?? previous }, current);
      });
    });
  }

  /** Uses the profile's refresh token once no other use of it is under way. */
  async #inTurn<T>({ id }: Profile, signal: AbortSignal, use: () => Promise<T>): Promise<T> {
    let ended: Promise<T> | undefined;
    const once = () => (ended ??= use());
    const turn = this.#turns.run(id, once);
    try {
      return await abortable(turn, signal);
    } catch (thrown) {
      if (!signal.aborted) throw thrown;
      // A flow that is cancelled asks nobody, so that it needs no turn.
      return once();
    }
  }

  async #runNow(request: Omit<RunRequest, 'onProgress'>, current: Run): Promise<Obtained> {
    const { run, flows, tokens } = this.#ports;
    const { profile } = request;
    const deletions = this.#deletionsOf(profile.id);
    const onProgress = (flow: LiveFlow) => {
      current.flow = flow.id;
      flows.put({ state: 'running', flow });
    };
    const report = await run({ ...request, onProgress });
    flows.put({ state: 'ended', flow: report });
    const ended = obtained(report);
    // It is held at once; that the keychain has it too is nothing to wait for, and a failure there is told by the store.
    if (ended.kind === 'token' && deletions === this.#deletionsOf(profile.id))
      void tokens.set(profile, ended.tokens);
    return ended;
  }

  /** Runs what can be cancelled from here, and what whoever closes the window waits for. */
  #tracked<T>(signal: AbortSignal, run: (signal: AbortSignal, current: Run) => Promise<T>): Promise<T> {
    const stop = new AbortController();
    const current: Run = { stop, flow: undefined, ended: Promise.resolve() };
    const ended = run(AbortSignal.any([signal, stop.signal]), current);
    current.ended = ended;
    this.#runs.add(current);
    return ended.finally(() => this.#runs.delete(current));
  }
}

function obtained(report: FlowReport): Obtained & { readonly report: FlowReport } {
  const { outcome } = report;
  if (outcome.kind === 'checked') throw new TypeError('A check is no way to a token.');
  return { ...outcome, report };
}

/** A flow that is under way. */
interface Run {
  readonly stop: AbortController;
  /** Its id, once it has begun. */
  flow: string | undefined;
  /** Ends when everything of it is closed and answered. */
  ended: Promise<unknown>;
}

/** For a caller that stopped waiting while others still do. */
const cancelled: Failure = {
  kind: 'cancelled',
  step: 'token',
  message: 'The flow was cancelled.',
  advice: 'Run it again.',
};

/** The refresh token is used up, expired or revoked, or the user must act: only a new sign-in helps. */
function isSpentGrant(failure: Failure): boolean {
  return failure.kind === 'oauth_error' && spentGrants.has(failure.body.error);
}

const spentGrants: ReadonlySet<string> = new Set([
  // RFC 6749 section 5.2
  'invalid_grant',
  // OpenID Connect Core 1.0 section 3.1.2.6, which Entra also answers refreshes with
  ...['interaction_required', 'login_required', 'consent_required'],
  // GitHub and Slack have names of their own.
  ...['bad_refresh_token', 'invalid_refresh_token'],
]);

function noRefreshToken(profile: Profile, tokens: TokenSet | undefined): Failure {
  return {
    kind: 'sign_in_required',
    step: 'refresh',
    message: tokens
      ? `The server issued no refresh token for “${profile.name}”.`
      : `There is no token for “${profile.name}” yet.`,
    advice: tokens
      ? 'Get a new token by signing in; for a refresh token many servers want the scope offline_access.'
      : 'Get a token first.',
  };
}
