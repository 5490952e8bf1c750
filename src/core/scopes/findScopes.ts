import { tokenFacts } from '../diagnose/tokenFacts.ts';
import type { Failure } from '../flow/failure.ts';
import type { FlowReport, TokenSet } from '../flow/report.ts';
import { plainText } from '../http/plainText.ts';
import type { ClientCredentialsProfile } from '../profile/profile.ts';

/** Requests to a token endpoint that finding scopes makes at most. */
export const mostRequests = 50;

/** What will be asked, before anything is sent. */
export interface ScopePlan {
  readonly profile: ClientCredentialsProfile;
  /** Each is asked for alone, then all of them together. */
  readonly scopes: readonly string[];
  readonly requests: number;
  /** Scopes that are left out because of `mostRequests`. */
  readonly leftOut: readonly string[];
}

/** What became of a scope: in the token's scopes, silently left out, or refused with an error. */
export type ScopeVerdict = 'granted' | 'dropped' | 'refused' | 'not_asked';

export interface ScopeRow {
  readonly scope: string;
  readonly alone: ScopeVerdict;
  readonly together: ScopeVerdict;
  /** The server's reason for refusing it alone, as one line of text. */
  readonly reason?: string;
}

/** What a client can get; `stopped` says why not everything was asked. */
export interface ScopeMatrix {
  readonly rows: readonly ScopeRow[];
  readonly asked: number;
  /** The server's reason for refusing all of them together. */
  readonly togetherReason?: string;
  /** Scopes that came without being asked for. */
  readonly added: readonly string[];
  readonly stopped?: { readonly kind: 'cancelled' | 'failed'; readonly message: string };
}

export interface FindScopesDeps {
  /** One run of the client credentials grant; its token is not kept. */
  run(profile: ClientCredentialsProfile, signal: AbortSignal): Promise<FlowReport>;
  readonly signal: AbortSignal;
  /** Told after every answer. */
  onProgress?(matrix: ScopeMatrix): void;
}

/**
 * Plans which scopes to ask for: those the server lists, those typed, those of the profile, each once.
 */
export function planScopes(
  profile: ClientCredentialsProfile,
  supported: readonly string[] = [],
  typed: readonly string[] = [],
): ScopePlan {
  const all = [...new Set([...profile.scopes, ...typed, ...supported])].filter((scope) => scope !== '');
  const scopes = all.slice(0, mostRequests - 1);
  const requests = scopes.length + (scopes.length > 1 ? 1 : 0);
  return { profile, scopes, requests, leftOut: all.slice(mostRequests - 1) };
}

/**
 * Asks the token endpoint for each scope alone and then for all together, one request at a time. Never rejects: a
 * failure that is no answer about scopes, or a cancellation, ends it and is told in the matrix.
 */
export async function findScopes(plan: ScopePlan, deps: FindScopesDeps): Promise<ScopeMatrix> {
  let matrix: ScopeMatrix = { rows: plan.scopes.map(notAsked), asked: 0, added: [] };
  const tell = (change: Partial<ScopeMatrix>) => {
    matrix = { ...matrix, ...change };
    deps.onProgress?.(matrix);
  };
  const ask = async (scopes: readonly string[]) => {
    if (deps.signal.aborted) return { kind: 'stopped', ...cancelled } as const;
    const report = await deps.run({ ...plan.profile, scopes }, deps.signal);
    return judge(report, deps.signal.aborted);
  };
  for (const [index, scope] of plan.scopes.entries()) {
    const answer = await ask([scope]);
    if (answer.kind === 'stopped') return { ...matrix, stopped: answer.stopped };
    const alone = verdict(answer, scope);
    const reason = answer.kind === 'refused' ? { reason: answer.reason } : {};
    const rows = matrix.rows.with(index, { scope, alone, together: 'not_asked', ...reason });
    tell({ rows, asked: matrix.asked + 1, added: addedBy(answer, [scope], matrix.added) });
  }
  if (plan.scopes.length < 2) return matrix;
  const answer = await ask(plan.scopes);
  if (answer.kind === 'stopped') return { ...matrix, stopped: answer.stopped };
  tell({
    rows: matrix.rows.map((row) => ({ ...row, together: verdict(answer, row.scope) })),
    asked: matrix.asked + 1,
    added: addedBy(answer, plan.scopes, matrix.added),
    ...(answer.kind === 'refused' ? { togetherReason: answer.reason } : {}),
  });
  return matrix;
}

/** The profile with exactly the scopes that were granted alone. */
export function withGrantedScopes(
  profile: ClientCredentialsProfile,
  { rows }: ScopeMatrix,
): ClientCredentialsProfile {
  return { ...profile, scopes: rows.filter(({ alone }) => alone === 'granted').map(({ scope }) => scope) };
}

type Answer =
  | { readonly kind: 'granted'; readonly scopes: readonly string[] }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'stopped'; readonly stopped: NonNullable<ScopeMatrix['stopped']> };

const cancelled = { stopped: { kind: 'cancelled', message: 'You cancelled it.' } } as const;

function judge({ outcome, profile }: FlowReport, aborted: boolean): Answer {
  if (outcome.kind === 'token')
    return { kind: 'granted', scopes: grantedScopes(outcome.tokens, profile.scopes) };
  if (outcome.kind === 'checked') throw new TypeError('A check is no way to a token.');
  const { failure } = outcome;
  if (aborted || failure.kind === 'cancelled') return { kind: 'stopped', ...cancelled };
  if (isAboutScopes(failure)) return { kind: 'refused', reason: reasonOf(failure) };
  return { kind: 'stopped', stopped: { kind: 'failed', message: failure.message } };
}

/** The scopes of the response and of the token; without any, as requested. @see RFC 6749 section 5.1 */
function grantedScopes(tokens: TokenSet, requested: readonly string[]): readonly string[] {
  const { scopes, opaque } = tokenFacts(tokens);
  if (tokens.scope !== undefined)
    return [...tokens.scope.split(' ').filter(Boolean), ...(opaque ? [] : scopes)];
  return scopes.length > 0 ? scopes : requested;
}

/** Codes that say the credentials are wrong end the search: every further request would fail the same way. */
function isAboutScopes(failure: Failure): failure is Extract<Failure, { readonly kind: 'oauth_error' }> {
  return (
    failure.kind === 'oauth_error' &&
    !['invalid_client', 'unauthorized_client', 'unsupported_grant_type', 'slow_down'].includes(
      failure.body.error,
    )
  );
}

function reasonOf({ body }: Extract<Failure, { readonly kind: 'oauth_error' }>): string {
  return plainText([body.error, body.error_description].filter(Boolean).join(': '), 300);
}

function verdict(answer: Exclude<Answer, { readonly kind: 'stopped' }>, scope: string): ScopeVerdict {
  if (answer.kind === 'refused') return 'refused';
  // Entra asks with `api://orders/read` and grants `read`.
  const short = scope.slice(scope.lastIndexOf('/') + 1);
  return answer.scopes.some((one) => one === scope || (short !== '' && one === short)) || short === '.default'
    ? 'granted'
    : 'dropped';
}

function addedBy(answer: Answer, asked: readonly string[], before: readonly string[]): readonly string[] {
  if (answer.kind !== 'granted') return before;
  return [...new Set([...before, ...answer.scopes.filter((scope) => !asked.includes(scope))])].slice(0, 100);
}

function notAsked(scope: string): ScopeRow {
  return { scope, alone: 'not_asked', together: 'not_asked' };
}
