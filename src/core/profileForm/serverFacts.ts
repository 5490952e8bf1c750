/** What a server's metadata says, as far as a profile needs it; every text is the server's and hostile. */
export interface ServerFacts {
  /** The address the metadata was read from. */
  readonly document: string;
  /** Which of the two specifications it was found by. */
  readonly kind: 'openid' | 'oauth';
  readonly issuer: string;
  readonly tokenEndpoint?: string;
  readonly authorizationEndpoint?: string;
  /** Wherever clients prove themselves. */
  readonly secretEndpoints?: readonly string[];
  /** Absent: not said. */
  readonly scopes?: readonly string[];
  readonly authenticationMethods?: readonly string[];
  readonly grants?: readonly string[];
  readonly challengeMethods?: readonly string[];
}

/** Whether the server says it supports the `grant_type`; unknown when it says nothing of grants. @see RFC 8414 section 2 */
export function supportsGrant(facts: ServerFacts, grantType: string): boolean | undefined {
  return facts.grants?.includes(grantType);
}
