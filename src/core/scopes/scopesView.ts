import type { ScopesViewModel } from '../../shared/views/scopesView.ts';
import { secretOrigin } from '../profile/profile.ts';
import { isUsable, type ScopeMatrix, type ScopePlan } from './findScopes.ts';

export interface ScopesState {
  readonly plan: ScopePlan;
  readonly state: ScopesViewModel['state'];
  readonly matrix?: ScopeMatrix;
  readonly notice?: ScopesViewModel['notice'];
}

/** Makes the scopes view's model: pure. */
export function scopesView({ plan, state, matrix, notice }: ScopesState): ScopesViewModel {
  const { profile, scopes, requests, leftOut } = plan;
  const rows = scopes.map((scope, index) => ({
    scope,
    alone: matrix?.rows[index]?.alone ?? ('not_asked' as const),
    together: matrix?.rows[index]?.together ?? ('not_asked' as const),
    inProfile: profile.scopes.includes(scope),
    ...reasonOf(matrix?.rows[index]?.reason),
  }));
  return {
    profile: profile.name,
    host: new URL(secretOrigin(profile)).host,
    ...{ state, rows, requests, leftOut: leftOut.length },
    asked: matrix?.asked ?? 0,
    added: matrix?.added ?? [],
    granted: rows.filter(isUsable).length,
    onlyAlone: rows.filter((row) => row.alone === 'granted' && !isUsable(row)).map(({ scope }) => scope),
    ...(matrix?.togetherReason === undefined ? {} : { togetherReason: matrix.togetherReason }),
    ...(matrix?.stopped ? { stopped: matrix.stopped.message } : {}),
    ...(notice ? { notice } : {}),
  };
}

function reasonOf(reason: string | undefined) {
  return reason === undefined ? {} : { reason };
}
