import type { FlowReport } from '../record/report.ts';
import type { Profile } from '../profile/profile.ts';
import { cancelled, judge, type ScopeAnswer, type Stopped } from './scopeAnswer.ts';

/** Requests to a token endpoint that finding scopes makes at most. */
export const mostRequests = 50;

/** What will be asked, before anything is sent. */
export interface ScopePlan {
  readonly profile: Profile;
  /** Each is asked for alone, then all of them together. */
  readonly scopes: readonly string[];
  readonly requests: number;
  /** Scopes that are left out because of `mostRequests`. */
  readonly leftOut: readonly string[];
}

/** What became of a scope: in the token's scopes, silently left out, or refused with an error. */
export type ScopeVerdict = 'granted' | 'dropped' | 'refused' | 'not_asked';

interface ScopeRow {
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
  readonly stopped?: Stopped;
}

export interface FindScopesDeps {
  /** One run of the client credentials grant; its token is not kept. */
  run: (profile: Profile, signal: AbortSignal) => Promise<FlowReport>;
  readonly signal: AbortSignal;
  /** Told after every answer. */
  onProgress?: (matrix: ScopeMatrix) => void;
}

/** Plans which scopes to ask for: those the server lists, those typed, those of the profile, each once. */
export function planScopes(
  profile: Profile,
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
 * failure that is not an answer about scopes, or a cancellation, ends it and is told in the matrix.
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
    if (index === 1 && isSameAsFirst(answer, matrix)) return untold(matrix, answer.reason);
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

/** Whether a scope may be in a profile beside others: it was granted, and not dropped when it was asked for with them. */
export function isUsable({ alone, together }: Pick<ScopeRow, 'alone' | 'together'>): boolean {
  return alone === 'granted' && together !== 'dropped';
}

/** The profile with the scopes that are usable, and those of its own that nobody asked about. */
export function withGrantedScopes(profile: Profile, { rows }: ScopeMatrix): Profile {
  const asked = new Map(rows.map((row) => [row.scope, row]));
  const own = profile.scopes.filter((scope) => {
    const row = asked.get(scope);
    return row === undefined || row.alone === 'not_asked' || isUsable(row);
  });
  const others = rows.filter(isUsable).map(({ scope }) => scope);
  return { ...profile, scopes: [...new Set([...own, ...others])] };
}

/** Whether nothing is known of the usable scopes together, because all together were refused. */
export function isUnconfirmed({ rows }: ScopeMatrix): boolean {
  const usable = rows.filter(isUsable);
  return usable.length > 1 && usable.some(({ together }) => together === 'refused');
}

/**
 * Asks once for the usable scopes alone, where all scopes together were refused and so nothing is known of them together.
 *
 * @returns the matrix with what came; `stopped` says why nothing is known
 */
export async function confirmTogether(
  profile: Profile,
  matrix: ScopeMatrix,
  deps: Pick<FindScopesDeps, 'run' | 'signal'>,
): Promise<ScopeMatrix> {
  const scopes = matrix.rows.filter(isUsable).map(({ scope }) => scope);
  const answer = judge(await deps.run({ ...profile, scopes }, deps.signal), deps.signal.aborted);
  if (answer.kind === 'stopped') return { ...matrix, stopped: answer.stopped };
  const rows = matrix.rows.map((row) =>
    scopes.includes(row.scope) ? { ...row, together: verdict(answer, row.scope) } : row,
  );
  const { togetherReason: _, ...rest } = matrix;
  return {
    ...rest,
    ...{ rows, asked: matrix.asked + 1, added: addedBy(answer, scopes, matrix.added) },
    ...(answer.kind === 'refused' ? { togetherReason: answer.reason } : {}),
  };
}

/** The second scope alone was refused with the very words of the first, and they say nothing of scopes. */
function isSameAsFirst(
  answer: ScopeAnswer,
  { rows: [first] }: ScopeMatrix,
): answer is Extract<ScopeAnswer, { readonly kind: 'refused' }> {
  return answer.kind === 'refused' && !answer.named && first?.reason === answer.reason;
}

/** Ends a search whose refusals are not about scopes: nothing is known of any of them. */
function untold({ rows, asked }: ScopeMatrix, reason: string): ScopeMatrix {
  const message = `The server refuses every scope with the same words, which are not about scopes: ${reason}`;
  return {
    ...{ rows: rows.map(({ scope }) => notAsked(scope)), asked: asked + 1, added: [] },
    stopped: { kind: 'failed', message },
  };
}

function verdict(answer: Exclude<ScopeAnswer, { readonly kind: 'stopped' }>, scope: string): ScopeVerdict {
  if (answer.kind === 'refused') return 'refused';
  // Entra asks with `api://orders/read` and grants `read`.
  const short = scope.slice(scope.lastIndexOf('/') + 1);
  return answer.scopes.some((one) => one === scope || (short !== '' && one === short)) || short === '.default'
    ? 'granted'
    : 'dropped';
}

function addedBy(
  answer: ScopeAnswer,
  asked: readonly string[],
  before: readonly string[],
): readonly string[] {
  if (answer.kind !== 'granted') return before;
  return [...new Set([...before, ...answer.scopes.filter((scope) => !asked.includes(scope))])].slice(0, 100);
}

function notAsked(scope: string): ScopeRow {
  return { scope, alone: 'not_asked', together: 'not_asked' };
}
