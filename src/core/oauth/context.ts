import type { Present } from '../http/presentedIdentity.ts';
import type { AuthenticationDescriptor } from '../authentication/authentication.ts';
import type { Browser } from '../ports.ts';
import type { Decorator } from './decorator.ts';
import type { TokenDialect } from './dialect.ts';
import type { MetadataCache } from './metadataCache.ts';
import type { IsOneService } from './requireOneServer.ts';
import type { RunningGrant } from './runningGrant.ts';
import type { RequestContext } from './requestContext.ts';

/** All that a grant needs from outside; made by `runFlow`. */
export interface FlowContext extends RequestContext {
  readonly browser: Browser;
  readonly metadata: MetadataCache;
  /** How this profile's server deviates at its token endpoint; absent for plain RFC 6749. */
  readonly dialect?: TokenDialect;
  /** Asked where a code of one origin would go to another. */
  readonly isOneService: IsOneService;
  /** Milliseconds to wait for the redirect. */
  readonly signInTimeout: number;
  readonly grant: RunningGrant;
  readonly authentication: AuthenticationDescriptor;
  /** What the profile wants done to the requests of its flows, in order. */
  readonly decorators: readonly Decorator[];
  /** Has the connections to these URLs, and no others, show a client certificate. @see RFC 8705 section 2 */
  readonly present: Present;
  /** The client secret; asked for only when the client authentication needs it. */
  secret: () => Promise<string | undefined>;
}
