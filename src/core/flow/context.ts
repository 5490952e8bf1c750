import type { ExchangePurpose } from '../http/exchange.ts';
import type { AuthenticationDescriptor, Material, MaterialKind } from '../authentication/authentication.ts';
import type { GrantDescriptor } from '../grants/grant.ts';
import type { Decorator } from '../oauth/decorator.ts';
import type { TokenDialect } from '../oauth/dialect.ts';
import type { MetadataCache } from '../oauth/metadataCache.ts';
import type { Browser, Clock, Fetch } from '../ports.ts';
import type { FlowStep } from './failure.ts';
import type { Trace } from './trace.ts';

/** All that a grant needs from outside; made by `runFlow`. */
export interface FlowContext {
  readonly trace: Trace;
  /** A fetch that records into `trace` and keeps the limits. @see core/http/recordingFetch */
  readonly fetch: (purpose: ExchangePurpose, step: FlowStep) => Fetch;
  readonly clock: Clock;
  readonly browser: Browser;
  /** Ends the flow at whatever it waits for. */
  readonly signal: AbortSignal;
  readonly metadata: MetadataCache;
  /** How this profile's server deviates at its token endpoint; absent for plain RFC 6749. */
  readonly dialect?: TokenDialect;
  /** Whether the provider catalogue names both endpoints of this profile together. */
  readonly knownPair: boolean;
  /** Milliseconds to wait for the redirect. */
  readonly signInTimeout: number;
  readonly grant: GrantDescriptor;
  readonly authentication: AuthenticationDescriptor;
  /** What the profile wants done to the requests of its flows, in order. */
  readonly decorators: readonly Decorator[];
  /** What the client proves itself with at `tokenEndpoint`, of the kind its authentication needs; absent when there is none. */
  readonly material: (
    kind: Exclude<MaterialKind, 'nothing'>,
    tokenEndpoint?: string,
  ) => Promise<Material | undefined>;
  /** A secret of ours that the vault keeps for this profile's server, such as a key; made when there is none yet. */
  readonly made: (what: string, make: () => Promise<string>) => Promise<string>;
  /** The client secret; asked for only when the client authentication needs it. */
  secret(): Promise<string | undefined>;
}
