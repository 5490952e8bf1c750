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
  /** How this server's token endpoint deviates from RFC 6749; absent where it does not. */
  readonly dialect?: TokenDialect;
  /** Asked when a code that one origin issued would be sent to another. */
  readonly isOneService: IsOneService;
  /** Milliseconds to wait for the redirect. */
  readonly signInTimeout: number;
  readonly grant: RunningGrant;
  readonly authentication: AuthenticationDescriptor;
  /** PAR, JAR, JARM and DPoP as far as the profile wants them, in the order in which they apply. */
  readonly decorators: readonly Decorator[];
  /** Presents a client certificate on the connections to these URLs, and on no others. @see RFC 8705 section 2 */
  readonly present: Present;
  /** The client secret; asked for only when the client authentication needs it. */
  secret: () => Promise<string | undefined>;
}
