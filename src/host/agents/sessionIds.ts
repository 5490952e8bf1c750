import type * as vscode from 'vscode';

/** In the global state: the ids of the profiles for which a session was made. */
export const sessionsKey = 'sessions.profiles';

/** The profiles for which a session was made, in its order; whatever else is kept there counts as none. */
export function sessionIds(state: Pick<vscode.Memento, 'get'>): readonly string[] {
  const kept = state.get<unknown>(sessionsKey);
  return Array.isArray(kept) ? kept.filter((id) => typeof id === 'string') : [];
}
