/** What a profile has to know of a grant: the answers its fields, its form and the settings' schema ask for. */
export interface GrantTraits {
  /** As settings hold it, and mostly the `grant_type`. */
  readonly id: string;
  /** A few words, for choices. */
  readonly label: string;
  /** One sentence for the form: what it is good for. */
  readonly summary: string;
  /** One sentence for the settings editor. */
  readonly description: string;
  /** A user takes part and the token acts for them. */
  readonly actsForUser: boolean;
  /** The browser is sent to the server and comes back with a redirect. */
  readonly redirects: boolean;
  /** Only a client that proves itself may use it. @see RFC 6749 section 4.4 */
  readonly provesItself: boolean;
  /** How a client proves itself unless the profile says otherwise. */
  readonly defaultAuthentication: string;
  /** Fields a profile must have; an endpoint that metadata may say only where there is no issuer. */
  readonly needs: readonly string[];
  /** Fields it takes besides those that are there for every grant or for what it is capable of. */
  readonly fields?: readonly string[];
  /** What other tools call it: the beginnings of names in small letters, without blanks and signs. */
  readonly otherNames?: readonly string[];
}

/** What a profile has to know of a client authentication. */
export interface AuthenticationTraits {
  /** @see RFC 7591 section 2, `token_endpoint_auth_method` */
  readonly id: string;
  /** A few words, for choices. */
  readonly label: string;
  /** One sentence for the form. */
  readonly summary: string;
  /** One sentence for the settings editor. */
  readonly description: string;
  /** The client proves who it is; one that does not is public. */
  readonly proves: boolean;
  /** It is proved with the client secret. */
  readonly usesSecret: boolean;
  /** Fields it takes besides those that are there for every authentication. */
  readonly fields?: readonly string[];
}
