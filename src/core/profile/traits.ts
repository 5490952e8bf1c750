/** The result of reading a secret that is to be kept. */
export type ReadSecret =
  /** `told`: one sentence, where something was decided that the user may not expect. */
  | { readonly kind: 'read'; readonly text: string; readonly told?: string }
  /** It is encrypted: read it again with the passphrase. */
  | { readonly kind: 'encrypted' }
  /** One sentence: what is wrong, and what to do. */
  | { readonly kind: 'problem'; readonly problem: string };

/** A kind of secret that the vault keeps for the flows of a profile, and how the user is asked for it. */
export interface KeptSecret {
  /** Its part of the vault's account name, in letters and `_`; absent: the client's own secret. */
  readonly what?: string;
  /** Its name within a sentence: `client secret`. */
  readonly noun: string;
  /** It is too long to type: a file is offered as well. */
  readonly long?: true;
  /** It is sent to nobody, and signs nothing that a server gets. */
  readonly staysHere?: true;
  /** It may come in several files that belong together, such as a certificate and its key. */
  readonly severalFiles?: true;
  /**
   * Checks an entered secret and converts it to the form that is kept; binary files are passed as base64. Heavy code is
   * imported when this is called.
   *
   * @param now milliseconds since the epoch, to check when it expires
   */
  read?: (text: string, passphrase?: string, now?: number) => Promise<ReadSecret>;
  /**
   * Generates one. Heavy code is imported when this is called.
   *
   * @param now milliseconds since the epoch
   * @param algorithm what a key is to sign with; the usual one unless given
   */
  make?: (now: number, algorithm?: string) => Promise<string>;
}

/** The client secret, which the vault keeps for a client that has one. */
export const clientSecret: KeptSecret = { noun: 'client secret' };

/** What a flow starts from besides the client's own secret, such as a refresh token. */
export interface GrantInput extends KeptSecret {
  readonly what: string;
  /** It is too short-lived to be kept: every flow asks for it. */
  readonly once?: true;
  /** The field that names a profile whose token is used instead. */
  readonly fromProfile?: 'subjectProfile' | 'actorProfile';
  /** The type of that token, as RFC 8693 names it; an access token unless given. */
  readonly tokenType?: string | undefined;
}

/** What profiles, their form and the settings' schema need to know about a grant. */
export interface GrantTraits {
  /** Its id in the settings. */
  readonly id: string;
  /** The `grant_type` it sends, which metadata and registrations name. @see RFC 6749 section 4 */
  readonly grantType: string;
  /** A few words, for lists of choices. */
  readonly label: string;
  /** One sentence, for the form: what it is good for. */
  readonly summary: string;
  /** One sentence, for the settings editor. */
  readonly description: string;
  /** A user takes part, and the token acts for them. */
  readonly actsForUser: boolean;
  /** The browser is sent to the server and redirected back. */
  readonly redirects: boolean;
  /** Scopes can be tried one after another: a request needs no user, and nothing that can be used only once. */
  readonly findsScopes?: true;
  /** Only a client that authenticates may use it. @see RFC 6749 section 4.4 */
  readonly provesItself: boolean;
  /** The client authentication unless the profile sets one. */
  readonly defaultAuthentication: string;
  /** What its flows start from, where the user has to provide it. */
  readonly input?: GrantInput;
  /** Fields that a profile must have; an endpoint that metadata may supply only where there is no issuer. */
  readonly needs: readonly string[];
  /** Fields of which a profile must have exactly one. */
  readonly needsOneOf?: readonly string[];
  /** Fields it has besides those of every grant and those of its capabilities. */
  readonly fields?: readonly string[];
  /** Names in other tools, in lower case without spaces and punctuation. */
  readonly otherNames?: readonly string[];
}

/** What profiles need to know about a client authentication. */
export interface AuthenticationTraits {
  /** @see RFC 7591 section 2, `token_endpoint_auth_method` */
  readonly id: string;
  /** The name in registrations, where `id` is only used here. */
  readonly registeredAs?: string;
  /** A few words, for lists of choices. */
  readonly label: string;
  /** One sentence, for the form. */
  readonly summary: string;
  /** One sentence, for the settings editor. */
  readonly description: string;
  /** The client authenticates; one that does not is public. */
  readonly proves: boolean;
  /** It uses the client secret, with which id_tokens may be signed, too. */
  readonly usesSecret: boolean;
  /** It uses an assertion: a JWT that the client signs. @see RFC 7523 section 2.2 */
  readonly asserts?: true;
  /** The secret that the vault keeps for it, if any. */
  readonly keeps?: KeptSecret;
  /** Fields it has besides those of every client authentication. */
  readonly fields?: readonly string[];
}
