import { isWordy } from '../profile/problem.ts';
import { isLoopbackHost } from '../profile/loopbackHost.ts';

/**
 * The identifier of an MCP server that a client sends as `resource`: without fragment and final slash; scheme and host in lower
 * case, as `URL` writes them.
 *
 * @see RFC 8707 section 2, RFC 9728 section 1.2
 */
export function canonicalResource(url: URL): string {
  const path = url.pathname.replace(/\/$/, '');
  return `${url.origin}${path}${url.search}`;
}

/** The address of a well-known document, with its name between host and path. */
function inserted({ origin, pathname, search }: URL, name: string): string {
  const path = pathname === '/' ? '' : pathname.replace(/\/$/, '');
  return `${origin}/.well-known/${name}${path}${search}`;
}

/** A place where the document may be, and how it is known. */
export interface Place {
  readonly url: string;
  /** `challenge`: the server named it; the others are well-known addresses. */
  readonly kind: 'challenge' | 'path' | 'root';
}

/**
 * The places of a protected resource's document, in the order in which a client tries them: the address in the challenge, the
 * well-known one with the path, that of the host.
 *
 * @param challenged the challenge's `resource_metadata`, when it is a URL
 * @see RFC 9728 sections 3.1 and 5.1
 */
export function resourceMetadataPlaces(url: URL, challenged?: string): readonly Place[] {
  const path: Place = { url: inserted(url, 'oauth-protected-resource'), kind: 'path' };
  const root: Place = { url: `${url.origin}/.well-known/oauth-protected-resource`, kind: 'root' };
  const named: readonly Place[] = challenged === undefined ? [] : [{ url: challenged, kind: 'challenge' }];
  const places = [...named, path, root];
  return places.filter((place, index) => places.findIndex(({ url: other }) => other === place.url) === index);
}

/** A place where an authorization server's metadata may be. */
export interface MetadataPlace {
  readonly url: string;
  readonly kind: 'rfc8414' | 'openid_inserted' | 'openid_appended';
}

/**
 * The places of an authorization server's metadata, in the order in which an MCP client tries them.
 *
 * @see RFC 8414 section 3.1, OpenID Connect Discovery 1.0 section 4.1, MCP authorization server discovery
 */
export function serverMetadataPlaces(issuer: URL): readonly MetadataPlace[] {
  const hasPath = issuer.pathname !== '/';
  const appended = `${issuer.origin}${issuer.pathname.replace(/\/$/, '')}/.well-known/openid-configuration`;
  return [
    { url: inserted(issuer, 'oauth-authorization-server'), kind: 'rfc8414' },
    ...(hasPath ? [{ url: inserted(issuer, 'openid-configuration'), kind: 'openid_inserted' } as const] : []),
    { url: appended, kind: 'openid_appended' },
  ];
}

/** Why a text cannot be the URL of an MCP server, in one sentence; undefined when it can. */
export function mcpUrlProblem(text: string): string | undefined {
  if (text.length > 2048) return 'The URL has more than 2,048 characters.';
  if (text.includes('${')) return 'The URL holds a variable (${…}): fill it in, and explore the result.';
  if (!URL.canParse(text))
    return 'This is not a URL: it must begin with https://, as https://mcp.example.com/mcp does.';
  const { protocol, hostname, username, password } = new URL(text);
  if (protocol !== 'https:' && protocol !== 'http:')
    return `An MCP server is reached by https, not by ${isWordy(protocol.slice(0, -1)) ? protocol : 'what this begins with.'}`;
  if (username !== '' || password !== '') return 'The URL holds a user name or password: leave them out.';
  if (protocol === 'http:' && !isLoopbackHost(hostname))
    return 'Plain http is for servers on this computer only: use https.';
  return undefined;
}
