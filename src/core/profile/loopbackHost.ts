/**
 * Whether a URL's `hostname` names this machine and nothing else; `*.localhost` does not count, some resolvers send it out. Nor does a
 * public name that leads here today (`lvh.me`, `127.0.0.1.nip.io`): an answer of its DNS moves it. It is one as any other, for https, whose
 * certificate tells who answers: no program here has one for another's name, so that metadata cannot lead there either.
 *
 * @see RFC 8252 sections 7.3 and 8.3, RFC 6761 section 6.3
 */
export function isLoopbackHost(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}
