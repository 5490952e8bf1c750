/** Longest URL that is examined, in characters. */
const longest = 4096;

/** The names of the discovery documents, either of which describes a server. */
const documents = ['openid-configuration', 'oauth-authorization-server'];

const wellKnown = '/.well-known/';

/**
 * The issuer whose discovery document is at this URL: the document's name comes behind the issuer's path, or between host and
 * path. Undefined for any other text.
 *
 * @see OpenID Connect Discovery 1.0 section 4, RFC 8414 sections 3.1 and 5
 */
export function issuerOfDocument(address: string): string | undefined {
  if (address.length > longest) return undefined;
  const [path = ''] = address.trim().split(/[?#]/, 1);
  const at = path.indexOf(wellKnown);
  if (at < 0) return undefined;
  const before = path.slice(0, at);
  const hostAndPath = before.replace(/^https?:\/\//i, '');
  if (/^$|^[:/]/.test(hostAndPath)) return undefined;
  const rest = path.slice(at + wellKnown.length);
  const name = rest.split('/', 1)[0] ?? '';
  if (!documents.includes(name)) return undefined;
  const inserted = withoutEndSlashes(rest.slice(name.length));
  // With a path on both sides of the name, the first is the issuer's where the name belongs behind it.
  if (name === 'openid-configuration' && hostAndPath.includes('/')) return before;
  return `${before}${inserted}`;
}

function withoutEndSlashes(path: string): string {
  let end = path.length;
  while (path[end - 1] === '/') end -= 1;
  return path.slice(0, end);
}
