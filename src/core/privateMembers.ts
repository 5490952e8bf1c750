/** Members of a JWK that are nobody's business but its owner's. @see RFC 7518 sections 6.2.2, 6.3.2 and 6.4.1, RFC 8037 section 2 */
export const privateMembers: readonly string[] = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

/** The members of a key that its owner may show. */
export function publicMembers(key: object): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(key).filter(([name]) => !privateMembers.includes(name)));
}
