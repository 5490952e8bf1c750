/**
 * Whether a URL's `hostname` is sure to be this machine. `*.localhost` is not, as some resolvers send it out; nor is a public
 * name that leads here today (`lvh.me`, `127.0.0.1.nip.io`), as its DNS may change. Such names count as remote, and so need
 * https: no program here has a certificate for them, so metadata cannot lead here by them.
 *
 * @see RFC 8252 sections 7.3 and 8.3, RFC 6761 section 6.3
 */
export function isLoopbackHost(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}
