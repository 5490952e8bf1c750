import type { IntentOf } from '../intents.ts';
export type ScopeVerdictView = 'granted' | 'dropped' | 'refused' | 'not_asked';

export interface ScopeRowView {
  /** The scope; from settings, the user or the server, and hostile. */
  readonly scope: string;
  readonly alone: ScopeVerdictView;
  readonly together: ScopeVerdictView;
  /** The server's reason for refusing it. */
  readonly reason?: string;
  /** In the profile now. */
  readonly inProfile: boolean;
}

/** Which scopes a client can get: the plan, the search under way, or its result. */
export interface ScopesViewModel {
  readonly profile: string;
  readonly host: string;
  readonly state: 'plan' | 'running' | 'done';
  readonly rows: readonly ScopeRowView[];
  readonly requests: number;
  readonly asked: number;
  /** Scopes that are left out because of the limit of requests. */
  readonly leftOut: number;
  /** Scopes that came without being asked for. */
  readonly added: readonly string[];
  /** The server's reason for refusing all of them together. */
  readonly togetherReason?: string;
  /** Why not everything was asked. */
  readonly stopped?: string;
  /** What applying the result came to. */
  readonly notice?: { readonly text: string; readonly done: boolean };
  /** How many scopes were granted, and not dropped when asked for with the others. */
  readonly granted: number;
  /** Scopes that come alone and are dropped beside others. */
  readonly onlyAlone: readonly string[];
}

export const scopesIntents = {
  start: {},
  cancel: {},
  /** Typed scopes, separated by blanks, to be asked for as well. */
  add: { scopes: 'text' },
  remove: { scope: 'text' },
  apply: {},
  getToken: {},
} as const;
export type ScopesViewIntent = IntentOf<typeof scopesIntents>;
