import type { IntentOf } from '../intents.ts';
/** How a step of the walk came out; `open` has not been taken. */
export type McpStepVerdict = 'ok' | 'note' | 'warning' | 'error' | 'open';

/** A text with its name; the value may be foreign. */
export interface McpFactView {
  readonly label: string;
  readonly value: string;
}

/** Something that is not as its specification says. */
export interface McpFindingView {
  readonly severity: 'error' | 'warning' | 'note';
  readonly message: string;
  /** What to change on the server. */
  readonly advice: string;
  /** Such as `RFC 9728 section 3.3`. */
  readonly source: string;
  /** What the rule compares, side by side. */
  readonly compared: readonly McpFactView[];
}

/** One thing that a client must do, and what came of it. */
export interface McpStepView {
  readonly title: string;
  readonly verdict: McpStepVerdict;
  readonly facts: readonly McpFactView[];
  readonly findings: readonly McpFindingView[];
}

/** Whether one known client can connect. */
export interface McpClientView {
  readonly name: string;
  readonly verdict: McpStepVerdict;
  /** Such as `fails at step 2`. */
  readonly outcome: string;
  readonly because: string;
  /** What to change on the server. */
  readonly change?: string;
  /** What is published of the client. */
  readonly facts: readonly { readonly says: string; readonly source: string; readonly date: string }[];
}

/** What the MCP view draws. */
export interface McpViewModel {
  readonly url: string;
  readonly state: 'running' | 'explored' | 'connected' | 'failed';
  readonly headline: { readonly tone: 'good' | 'warn' | 'bad' | 'info'; readonly text: string };
  readonly steps: readonly McpStepView[];
  /** What pressing "Sign in" will do, one sentence each; absent where nobody can sign in. */
  readonly plan?: readonly string[];
  /** Set when a client ID must be typed before anybody can sign in. */
  readonly needsClientId: boolean;
  /** What the server offers, once there is a session. */
  readonly tools?: readonly { readonly name: string; readonly description: string }[];
  /** Which known client can connect; absent until the server was asked. */
  readonly clients?: readonly McpClientView[];
  /** The profile that was made of it. */
  readonly profile?: string;
}

export const mcpIntents = {
  again: {},
  cancel: {},
  signIn: {},
  check: {},
  copyReport: {},
  showFlow: {},
  showToken: {},
  editProfile: {},
  clientId: { clientId: 'text' },
} as const;
export type McpViewIntent = IntentOf<typeof mcpIntents>;
