/**
 * Whether a URL's `hostname` names this machine and nothing else; `*.localhost` does not count, some resolvers send it out.
 *
 * @see RFC 8252 section 7.3 and RFC 6761 section 6.3
 */
export function isLoopbackHost(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}
