import type { Failure } from '../flow/failure.ts';
import type { FlowReport, TokenSet } from '../flow/report.ts';
import type { Clock } from '../ports.ts';
import type { Profile } from '../profile/profile.ts';
import type { FlowLog } from './flowLog.ts';
import { tokenState } from './tokenState.ts';

/** The flows that end in a token. */
export type TokenFlow = Profile['grant'] | 'refresh_token';

export interface RunRequest {
  readonly kind: TokenFlow;
  readonly profile: Profile;
  /** The token a refresh starts from. */
  readonly tokens?: TokenSet;
  readonly signal: AbortSignal;
}

/** What a session needs from outside. */
export interface SessionPorts {
  readonly clock: Clock;
  readonly tokens: {
    /** The token of exactly this set-up, good or expired. */
    get(profile: Profile): Promise<TokenSet | undefined>;
    set(profile: Profile, tokens: TokenSet): Promise<void>;
    /** Joins a request for the same set-up and `purpose` that is under way. */
    share<T>(
      profile: Profile,
      purpose: string,
      signal: AbortSignal,
      start: (signal: AbortSignal) => Promise<T>,
    ): Promise<T>;
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

  constructor(ports: SessionPorts) {
    this.#ports = ports;
  }

  /** A token that is still good, else a refreshed one, else one from the profile's grant. */
  async current(profile: Profile, signal: AbortSignal): Promise<Obtained> {
    const tokens = await this.#ports.tokens.get(profile);
    const state = tokenState(tokens, this.#ports.clock.now());
    if (tokens && state.kind !== 'expired') return { kind: 'token', tokens };
    return this.renew(profile, signal);
  }

  /** A new token without a sign-in where that is possible: by the refresh token, else by the profile's grant. */
  async renew(profile: Profile, signal: AbortSignal): Promise<Obtained> {
    const tokens = await this.#ports.tokens.get(profile);
    if (tokens?.refresh_token === undefined || profile.grant === 'client_credentials')
      return this.fresh(profile, signal);
    const refreshed = await this.#run({ kind: 'refresh_token', profile, tokens, signal });
    const spent = refreshed.kind === 'failure' && isSpentGrant(refreshed.failure);
    return spent ? this.fresh(profile, signal) : refreshed;
  }

  /** Uses the refresh token and nothing else; client credentials, which have none, fetch anew. @see RFC 6749 section 6 */
  async refresh(profile: Profile, signal: AbortSignal): Promise<Obtained> {
    if (profile.grant === 'client_credentials') return this.fresh(profile, signal);
    const tokens = await this.#ports.tokens.get(profile);
    if (tokens?.refresh_token === undefined)
      return { kind: 'failure', failure: noRefreshToken(profile, tokens) };
    return this.#run({ kind: 'refresh_token', profile, tokens, signal });
  }

  /** A new token from the profile's grant, whatever there is already. */
  fresh(profile: Profile, signal: AbortSignal): Promise<Obtained> {
    return this.#run({ kind: profile.grant, profile, signal });
  }

  #run(request: RunRequest): Promise<Obtained> {
    const { tokens, run, flows } = this.#ports;
    return tokens.share(request.profile, request.kind, request.signal, async (signal) => {
      const report = await run({ ...request, signal });
      flows.put({ state: 'ended', flow: report });
      const { outcome } = report;
      if (outcome.kind === 'failure') return { ...outcome, report };
      if (outcome.kind === 'checked') throw new TypeError('A check is no way to a token.');
      await tokens.set(request.profile, outcome.tokens);
      return { ...outcome, report };
    });
  }
}

/** The refresh token is used up, expired or revoked: only a new sign-in helps. @see RFC 6749 section 5.2 */
function isSpentGrant(failure: Failure): boolean {
  return failure.kind === 'oauth_error' && failure.body.error === 'invalid_grant';
}

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
