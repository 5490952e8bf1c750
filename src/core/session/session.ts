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
  /** The token to refresh. */
  readonly previous?: TokenSet;
  /** The scopes that a refresh asks for, when these are fewer than were granted. */
  readonly fewer?: readonly string[];
  readonly signal: AbortSignal;
  onProgress?: (flow: LiveFlow) => void;
}

/** What a session needs from outside. */
export interface SessionPorts {
  readonly clock: Clock;
  readonly tokens: {
    /** The token of exactly this set-up, valid or expired. */
    get: (profile: Profile) => Promise<TokenSet | undefined>;
    /** The same, read from the vault again: another window may have rotated the refresh token. */
    reread: (profile: Profile) => Promise<TokenSet | undefined>;
    /** The token in memory, if any. */
    peek: (profile: Profile) => TokenSet | undefined;
    /** Never rejects. */
    set: (profile: Profile, tokens: TokenSet) => Promise<void>;
    /** Joins a running request for the same set-up and `purpose`; rejects for a caller that cancels while others still wait. */
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
  /** How often a profile was deleted, by id. */
  readonly #deletions = new Map<string, number>();
  readonly #runs = new Set<Run>();
  /** The uses of refresh tokens, by the profile's id: a server that rotates them accepts each only once. */
  readonly #turns = new TaskQueue();

  constructor(ports: SessionPorts) {
    this.#ports = ports;
  }

  /** A valid token, else a refreshed one, else one from the profile's grant. */
  async current(profile: Profile, signal: AbortSignal): Promise<Obtained> {
    const tokens = await this.good(profile);
    return tokens ? { kind: 'token', tokens } : this.renew(profile, signal);
  }

  /** The profile's token if it is still valid; asks neither the user nor a server. */
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

  /** Uses only the refresh token; client credentials, which have none, get a new token. @see RFC 6749 section 6 */
  async refresh(profile: Profile, signal: AbortSignal): Promise<Obtained> {
    if (isSilent(profile)) return this.fresh(profile, signal);
    const tokens = await this.#ports.tokens.reread(profile);
    if (tokens?.refresh_token === undefined)
      return { kind: 'failure', failure: noRefreshToken(profile, tokens) };
    return this.#run({ kind: 'refresh_token', profile, previous: tokens, signal });
  }

  /**
   * Gets a token with some of the granted scopes, by the refresh token. It is not kept: the profile's own access token stays,
   * with the refresh token that the server may have sent in place of the used one.
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
        // A new sign-in in the meantime brought its own refresh token.
        if (own?.refresh_token === spent && next !== spent && deletions === this.#deletionsOf(profile.id))
          void tokens.set(profile, { ...own, refresh_token: next });
        return ended;
      }),
    );
  }

  /** Gets a new token from the profile's grant, even if there is a valid one. */
  fresh(profile: Profile, signal: AbortSignal): Promise<Obtained> {
    return this.#run({ kind: profile.grant, profile, signal });
  }

  /** Cancels a running flow, for everyone who waits for it. */
  cancel(flowId: string): void {
    for (const run of this.#runs) if (run.flow === flowId) run.stop.abort();
  }

  /** Cancels what is running for a profile that is deleted, and keeps no token that still arrives. */
  forget(profileId: string): void {
    this.#deletions.set(profileId, this.#deletionsOf(profileId) + 1);
    for (const { state, flow } of this.#ports.flows.entries)
      if (state === 'running' && flow.profile.id === profileId) this.cancel(flow.id);
  }

  #deletionsOf(profileId: string): number {
    return this.#deletions.get(profileId) ?? 0;
  }

  /** Cancels everything that is running, as when the window closes; resolves when all of it has ended. */
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
        // The use before may have rotated the refresh token.
        const newest = waits ? await this.#ports.tokens.reread(profile) : undefined;
        return this.#runNow({ ...anew, previous: newest ?? previous }, current);
      });
    });
  }

  /** Uses the profile's refresh token once no other use of it is running. */
  async #inTurn<T>({ id }: Profile, signal: AbortSignal, use: () => Promise<T>): Promise<T> {
    let ended: Promise<T> | undefined;
    const once = () => (ended ??= use());
    const turn = this.#turns.run(id, once);
    try {
      return await abortable(turn, signal);
    } catch (thrown) {
      if (!signal.aborted) throw thrown;
      // A cancelled flow sends nothing, so it needs no turn.
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
    // It is in memory at once; nobody has to wait for the keychain, whose failures the store reports.
    if (ended.kind === 'token' && deletions === this.#deletionsOf(profile.id))
      void tokens.set(profile, ended.tokens);
    return ended;
  }

  /** Runs something that `cancel` and `cancelAll` can cancel and wait for. */
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
  if (outcome.kind === 'checked') throw new TypeError('A check is not a way to a token.');
  return { ...outcome, report };
}

/** A running flow. */
interface Run {
  readonly stop: AbortController;
  /** Its id, once it has begun. */
  flow: string | undefined;
  /** Resolves when everything in it is closed and answered. */
  ended: Promise<unknown>;
}

/** The failure for a caller that cancelled while others still wait. */
const cancelled: Failure = {
  kind: 'cancelled',
  step: 'token',
  message: 'The flow was cancelled.',
  advice: 'Run it again.',
};

/** Whether only a new sign-in helps: the refresh token is used up, expired or revoked, or the user must act. */
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
