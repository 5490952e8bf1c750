/** The grants a profile can use; each has one file in `core/oauth`. */
export const grants = ['client_credentials', 'authorization_code'] as const;

/** @see RFC 6749 section 1.3 */
export type Grant = (typeof grants)[number];

/** How a client proves who it is at the token endpoint. */
export const clientAuthentications = ['client_secret_basic', 'client_secret_post', 'none'] as const;

/** @see RFC 7591 section 2, `token_endpoint_auth_method` */
export type ClientAuthentication = (typeof clientAuthentications)[number];

/** Parameters added to a request as they are: name to value, or to several values. */
export type ExtraParameters = Readonly<Record<string, string>>;

interface ProfileCommon {
  /** Unique among all profiles; part of the keychain account. */
  readonly id: string;
  readonly name: string;
  /** The issuer identifier; its metadata supplies every endpoint that is not set here. */
  readonly issuer?: string;
  readonly tokenEndpoint?: string;
  readonly clientId: string;
  readonly clientAuthentication: ClientAuthentication;
  /** For servers that want id and secret in Basic as they are, not form-encoded. @see RFC 6749 section 2.3.1 */
  readonly basicEncoding?: 'form' | 'raw';
  /** Requested scopes, in order; empty sends no `scope`. */
  readonly scopes: readonly string[];
  readonly audience?: string;
  /** Resource indicators, each sent as its own `resource`. @see RFC 8707 */
  readonly resource: readonly string[];
  /** Extra parameters of every token request. */
  readonly tokenParameters: ExtraParameters;
  /** Id of an entry of the provider catalogue; without it the provider is recognised. */
  readonly provider?: string;
  /** Name of a token dialect (see `core/oauth/dialect`); without it the provider's, else plain RFC 6749. */
  readonly tokenDialect?: string;
  /** SHA-256 fingerprint (colon-separated hex) of the one certificate trusted for this profile on loopback. */
  readonly trustedCertificate?: string;
  /** Renew the token shortly before it ends while the editor is in use. */
  readonly renew?: boolean;
}

/** A client that acts for itself. @see RFC 6749 section 4.4 */
export interface ClientCredentialsProfile extends ProfileCommon {
  readonly grant: 'client_credentials';
}

/** A client that acts for a user, always with PKCE. @see RFC 6749 section 4.1, RFC 7636 */
export interface AuthorizationCodeProfile extends ProfileCommon {
  readonly grant: 'authorization_code';
  readonly authorizationEndpoint?: string;
  /** A loopback redirect URI; without a port any free one is used, with a port exactly that one. */
  readonly redirectUri: string;
  /** Extra parameters of the authorization request. */
  readonly authorizationParameters: ExtraParameters;
}

/** One registered client at one authorization server. Never holds a secret. */
export type Profile = ClientCredentialsProfile | AuthorizationCodeProfile;

/**
 * The origin a profile's secret belongs to: that of `issuer`, else of `tokenEndpoint`.
 *
 * @throws TypeError when neither is a URL (a parsed profile always has one).
 */
export function secretOrigin(profile: Profile): string {
  return new URL(profile.issuer ?? profile.tokenEndpoint ?? '').origin;
}

/** Whose client secret it is, and the only origin it may ever be sent to. */
export interface SecretPlace {
  /** The profile's id. */
  readonly id: string;
  readonly origin: string;
}

/** Where a profile's client secret belongs. */
export function secretPlace(profile: Profile): SecretPlace {
  return { id: profile.id, origin: secretOrigin(profile) };
}
