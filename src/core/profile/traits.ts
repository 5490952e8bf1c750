/** What became of a text that is to be kept. */
export type ReadSecret =
  /** `told`: one sentence, where something was chosen that the user may not expect. */
  | { readonly kind: 'read'; readonly text: string; readonly told?: string }
  /** It is encrypted: read it again with the passphrase. */
  | { readonly kind: 'encrypted' }
  /** One sentence: what is wrong and what to do. */
  | { readonly kind: 'problem'; readonly problem: string };

/** A secret that the flows of a profile need and the vault keeps, as the user is asked for it. */
export interface KeptSecret {
  /** Its part of the vault's account, in letters and `_`; absent: it is the secret of the client itself. */
  readonly what?: string;
  /** Within a sentence: `client secret`. */
  readonly noun: string;
  /** Too long to type: it may come from a file. */
  readonly long?: true;
  /** It is sent to nobody, and nothing that a server is sent is signed with it. */
  readonly staysHere?: true;
  /** It may come in several files that belong together, such as a certificate and its key. */
  readonly severalFiles?: true;
  /**
   * Checks what was typed, and gives it the form in which it is kept; what is no text is given as base64. Heavy code is imported
   * when it is called.
   *
   * @param now milliseconds since the epoch, for what has an end
   */
  read?: (text: string, passphrase?: string, now?: number) => Promise<ReadSecret>;
  /**
   * Makes one here. Heavy code is imported when it is called.
   *
   * @param now milliseconds since the epoch
   * @param algorithm what a key is to sign with; the usual one unless told
   */
  make?: (now: number, algorithm?: string) => Promise<string>;
}

/** What a client with a secret has the vault keep. */
export const clientSecret: KeptSecret = { noun: 'client secret' };

/** What a flow starts from besides what the client proves itself with, such as a refresh token. */
export interface GrantInput extends KeptSecret {
  readonly what: string;
  /** It does not live long enough to be kept: it is asked for in every flow. */
  readonly once?: true;
  /** The field with the id of the profile whose token is taken in its place. */
  readonly fromProfile?: 'subjectProfile' | 'actorProfile';
  /** What kind of token of that profile it is: a type of RFC 8693, an access token unless it says another one. */
  readonly tokenType?: string | undefined;
}

/** What a profile has to know of a grant: the answers its fields, its form and the settings' schema ask for. */
export interface GrantTraits {
  /** As settings hold it. */
  readonly id: string;
  /** The `grant_type` it sends, which metadata and registrations name. @see RFC 6749 section 4 */
  readonly grantType: string;
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
  /** It can be asked for one scope after the other: no answer needs a user or what is worth one use. */
  readonly findsScopes?: true;
  /** Only a client that proves itself may use it. @see RFC 6749 section 4.4 */
  readonly provesItself: boolean;
  /** How a client proves itself unless the profile says otherwise. */
  readonly defaultAuthentication: string;
  /** What its flows start from, where the user has to give it. */
  readonly input?: GrantInput;
  /** Fields a profile must have; an endpoint that metadata may say only where there is no issuer. */
  readonly needs: readonly string[];
  /** Fields of which a profile must have exactly one. */
  readonly needsOneOf?: readonly string[];
  /** Fields it takes besides those that are there for every grant or for what it is capable of. */
  readonly fields?: readonly string[];
  /** What other tools call it, in small letters, without blanks and signs. */
  readonly otherNames?: readonly string[];
}

/** What a profile has to know of a client authentication. */
export interface AuthenticationTraits {
  /** @see RFC 7591 section 2, `token_endpoint_auth_method` */
  readonly id: string;
  /** What a client is registered with at its server, where `id` is known here only. */
  readonly registeredAs?: string;
  /** A few words, for choices. */
  readonly label: string;
  /** One sentence for the form. */
  readonly summary: string;
  /** One sentence for the settings editor. */
  readonly description: string;
  /** The client proves who it is; one that does not is public. */
  readonly proves: boolean;
  /** It is proved with the client secret, which is then also what id_tokens may be signed with. */
  readonly usesSecret: boolean;
  /** It is proved with an assertion: a JWT that the client signs. @see RFC 7523 section 2.2 */
  readonly asserts?: true;
  /** What the vault keeps for it; absent: nothing. */
  readonly keeps?: KeptSecret;
  /** Fields it takes besides those that are there for every authentication. */
  readonly fields?: readonly string[];
}
