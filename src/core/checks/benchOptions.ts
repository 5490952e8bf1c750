import type { Material, MaterialKind } from '../authentication/authentication.ts';
import type { DeviceAnswer } from '../oauth/deviceAnswer.ts';
import type { Decorator } from '../oauth/decorator.ts';
import type { SayHello } from '../http/tlsHello.ts';
import type { ServerMetadata } from '../oauth/serverMetadata.ts';
import type { TokenDialect } from '../oauth/dialect.ts';
import type { ClientSecret, Clock, Fetch, Made } from '../ports.ts';
import type { AuthorizationCodeProfile, Profile } from '../profile/profile.ts';
import type { Pilot } from './pilot.ts';

/** An endpoint that not every server has. */
export type NamedEndpoint = 'introspection' | 'revocation' | 'userinfo';

/** What the checks need to know about the server. */
export interface BenchServer {
  /** All known metadata, for the decorators of a request. */
  readonly metadata?: ServerMetadata;
  readonly issuer?: string;
  readonly authorizationEndpoint?: string;
  readonly tokenEndpoint: string;
  /** The token endpoint in the metadata of the issuer, which a profile's own setting may replace. */
  readonly publishedTokenEndpoint?: string;
  readonly userinfoEndpoint?: string;
  /** At the origin of the token endpoint: the client authenticates here, too. */
  readonly introspectionEndpoint?: string;
  /** At the origin of the token endpoint: the client authenticates here, too. */
  readonly revocationEndpoint?: string;
  /** At the origin of the token endpoint: the client authenticates here, too. */
  readonly deviceAuthorizationEndpoint?: string;
  readonly jwksUri?: string;
  /** `authorization_response_iss_parameter_supported`. @see RFC 9207 section 3 */
  readonly promisesIssuer: boolean;
  readonly scopesSupported: readonly string[];
}

/** Another client of the same server, for which nothing of the first one's may be of use. */
export interface OtherClient {
  readonly profile: AuthorizationCodeProfile;
  secret: ClientSecret;
  /** As `BenchOptions.material`. */
  material?: (kind: MaterialKind) => Promise<Material | undefined>;
}

/** What all checks of a run share. */
export interface BenchOptions {
  readonly profile: Profile;
  readonly server: BenchServer;
  readonly others?: readonly OtherClient[];
  /** How the token endpoint deviates; absent for plain RFC 6749. */
  readonly dialect?: TokenDialect;
  readonly fetch: Fetch;
  /** Sends authorization requests like a browser's navigation, shared by all checks; by default made from `fetch`. */
  readonly navigate?: Fetch;
  /** Tries a TLS connection without `fetch`; absent where nothing can. */
  readonly hello?: SayHello;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Milliseconds for one request. */
  readonly timeout: number;
  /** Drives the browser; absent when no sign-in is wanted. */
  readonly pilot?: Pilot;
  /** Why there is no pilot although a sign-in is wanted. */
  readonly pilotMissing?: string;
  /**
   * Shows a code that the user is to type and opens its page; returns the milliseconds that they have. Absent: no sign-in is
   * wanted.
   */
  readonly showCode?: (codes: DeviceAnswer) => Promise<number>;
  /** The decorators that the profile wants. */
  readonly decorators?: readonly Decorator[];
  secret: () => Promise<string | undefined>;
  /** The client's own material where that is not a typed secret. */
  material?: (kind: MaterialKind) => Promise<Material | undefined>;
  /** Keeps a secret of our own, such as a DPoP key, for the profile's server; makes it when there is none. */
  readonly made?: Made;
}

/** An authorization response that came through the browser. */
export interface Authorization {
  readonly parameters: URLSearchParams;
  readonly code?: string;
  readonly state: string;
  readonly redirectUri: string;
  readonly verifier: string;
  /** The URL at which it arrived. */
  readonly location?: URL;
}
