import type { ExchangePurpose } from '../http/exchange.ts';
import type { TokenDialect } from '../oauth/dialect.ts';
import type { MetadataCache } from '../oauth/metadataCache.ts';
import type { Browser, Clock, Fetch } from '../ports.ts';
import type { FlowStep } from './failure.ts';
import type { Trace } from './trace.ts';

/** All that a grant needs from outside; made by `runFlow`, or by hand in a check. */
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
  /** Milliseconds to wait for the redirect. */
  readonly signInTimeout: number;
  /** The client secret; asked for only when the client authentication needs it. */
  secret(): Promise<string | undefined>;
}
