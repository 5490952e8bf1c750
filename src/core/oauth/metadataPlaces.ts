import type { DiscoveryKind } from './metadataCache.ts';

/** An address where an issuer may publish its metadata, and what is published there. */
export interface MetadataPlace {
  readonly kind: DiscoveryKind;
  readonly url: string;
}

/**
 * The well-known addresses of `issuer`, in the order in which they are tried: OpenID Connect's behind the issuer, RFC 8414's
 * between host and path, and OpenID Connect's between host and path, where some servers have it.
 *
 * @see OpenID Connect Discovery 1.0 section 4, RFC 8414 sections 3.1 and 5
 */
export function metadataPlaces(issuer: URL): readonly MetadataPlace[] {
  const path = issuer.pathname.replace(/\/$/, '');
  const at = (pathname: string) => `${issuer.origin}${pathname}`;
  const openid = '/.well-known/openid-configuration';
  const places: readonly MetadataPlace[] = [
    { kind: 'openid', url: at(`${path}${openid}`) },
    { kind: 'rfc8414', url: at(`/.well-known/oauth-authorization-server${path}`) },
    { kind: 'openid', url: at(`${openid}${path}`) },
  ];
  return path === '' ? places.slice(0, 2) : places;
}

/** Whether two issuers have the same well-known addresses, as when they differ by a slash at the end. */
export function areAtOnePlace(one: string, other: string): boolean {
  if (!URL.canParse(one) || !URL.canParse(other)) return false;
  const [first, second] = [one, other].map((issuer) => metadataPlaces(new URL(issuer))[0]?.url);
  return first === second;
}

/**
 * Where a redirect leads that only adds or drops a slash at the end of the path on the same server, as some web frameworks send
 * it. Undefined for any other response.
 */
export function slashRedirect(from: string, { status, headers }: Response): string | undefined {
  const location = headers.get('location');
  if (![301, 302, 303, 307, 308].includes(status) || location === null || !URL.canParse(location, from))
    return undefined;
  const [asked, to] = [new URL(from), new URL(location, from)];
  if (to.origin !== asked.origin || to.search !== '' || to.hash !== '' || to.username !== '')
    return undefined;
  return to.pathname === `${asked.pathname}/` || `${to.pathname}/` === asked.pathname ? to.href : undefined;
}
