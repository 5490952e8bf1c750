import type { ClientAuth } from 'oauth4webapi';
import type { FlowContext } from '../oauth/context.ts';
import type { FlowStep } from '../record/failure.ts';
import type { TokenSet } from '../record/report.ts';
import type { ServerMetadata } from '../oauth/serverMetadata.ts';
import type { operationEndpoints, OperationName } from '../grants/possibleOperations.ts';
import type { Profile } from '../profile/profile.ts';

/** What an operation works with. */
export interface OperationFlow extends FlowContext {
  readonly metadata: FlowContext['metadata'];
  readonly found: ServerMetadata;
  /** Where it is done, https or loopback. */
  readonly endpoint: string;
  /** The tokens it is done with; never shown whole. */
  readonly tokens: TokenSet;
  /** How the client proves itself; asked for once. @throws FailureError of step `secret` */
  readonly authenticate: () => Promise<ClientAuth>;
}

/** What came of an operation, without any secret. */
export interface OperationResult {
  /** In a word or two: `active`. */
  readonly verdict: string;
  /** One or more sentences for the user. */
  readonly meaning: string;
  /** The tokens are worth nothing from here on, and are not kept any longer. */
  readonly spent?: true;
}

/** One thing to do with a token. To add one is to add a file that exports it, and its line in `all.ts`. */
export interface OperationDescriptor {
  /** The kind of its runs. @see runNames */
  readonly id: string;
  readonly title: string;
  /** Where the server does it: a member of its metadata. */
  readonly endpoint: (typeof operationEndpoints)[OperationName];
  /** Where it fails, if it fails. */
  readonly step: FlowStep;
  /** @throws FailureError, or what the signal was aborted with */
  run: (profile: Profile, flow: OperationFlow) => Promise<OperationResult>;
}
