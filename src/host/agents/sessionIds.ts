import type * as vscode from 'vscode';

/** Key in the global state of the ids of profiles with a session. */
export const sessionsKey = 'sessions.profiles';

/** The ids of profiles with a session, in their order; anything else that is stored there is ignored. */
export function sessionIds(state: Pick<vscode.Memento, 'get'>): readonly string[] {
  const kept = state.get<unknown>(sessionsKey);
  return Array.isArray(kept) ? kept.filter((id) => typeof id === 'string') : [];
}
