import type { ApiCall, ApiRequest } from '../api/callApi.ts';
import type { PlanItem } from '../checks/plan.ts';
import type { ChecksReport } from '../checks/report.ts';
import type { Catalogue } from '../diagnose/catalogue.ts';
import type { Explanation } from '../diagnose/explanation.ts';
import type { FlowReport, TokenSet } from '../record/report.ts';
import type { McpExploration } from '../mcp/explore.ts';
import type { Clock } from '../ports.ts';
import type { Profile } from '../profile/profile.ts';
import type { ToolInput } from './toolInput.ts';

/** What the tools for language models need from outside. */
export interface ToolPorts {
  readonly clock: Clock;
  profiles: () => readonly Profile[];
  /** The token there is, good or expired; nothing is sent for it. */
  tokens: (profile: Profile) => Promise<TokenSet | undefined>;
  /** Runs of this session that have ended, newest first. */
  runs: () => readonly FlowReport[];
  catalogue: () => Promise<Catalogue>;
  /** A failed run with all that is known around it. */
  explain: (run: FlowReport) => Promise<Explanation | undefined>;
  /** Origins to which the user agreed to send the profile's token. */
  agreed: (profile: Profile) => readonly string[];
  /**
   * Sends a request with the profile's token, once the user has agreed to the caller and to the host.
   *
   * @throws ToolError when the user did not, FailureError when there is no token
   */
  send: (profile: Profile, request: ApiRequest, signal: AbortSignal) => Promise<ApiCall>;
  /** @throws FailureError when the checks cannot begin */
  check: (
    profile: Profile,
    items: readonly PlanItem[],
    signIn: boolean,
    signal: AbortSignal,
  ) => Promise<ChecksReport>;
  /** @throws FailureError when the server cannot be reached */
  explore: (url: URL, signal: AbortSignal) => Promise<McpExploration>;
  /** Notes an error that nobody foresaw, for whoever mends it. */
  unexpected: (thrown: unknown) => void;
  /** Whatever must not be in a text that goes to a model: tokens, secrets, codes, verifiers. */
  secrets: () => Promise<readonly string[]>;
}

/** What the user reads before a tool runs. */
export interface ToolPlan {
  /** One line for as long as it runs. */
  readonly doing: string;
  /** Asked before it runs; absent where nothing leaves the machine and nothing changes. */
  readonly question?: {
    readonly title: string;
    /** Plain sentences. */
    readonly text: string;
    /** What will be sent, as it stands, line by line. */
    readonly shown?: string;
  };
}

/** One tool for language models. */
export interface Tool {
  /** The arguments it takes; the manifest's schema has the same. */
  readonly inputs: readonly string[];
  /** @throws ToolError for input that `run` refuses, too */
  plan: (input: ToolInput, ports: ToolPorts) => ToolPlan;
  /** What the model gets. @throws ToolError, FailureError */
  run: (input: ToolInput, ports: ToolPorts, signal: AbortSignal) => Promise<string>;
}
