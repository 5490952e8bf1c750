/** A redirect URI taken apart as text, so that nothing is normalised. */
export interface UriParts {
  readonly scheme: string;
  readonly userinfo: string;
  readonly host: string;
  readonly path: string;
  readonly query: string;
  readonly fragment: string;
}

/** Takes a URI apart; the port is left out, since the strict server ignores it too. */
export function uriParts(uri: string): UriParts {
  const [, scheme = '', userinfo = '', host = '', path = '', query = '', fragment = ''] =
    /^([a-z]+):\/\/(?:([^@/]*)@)?(\[[^\]]*\]|[^:/?#]*)(?::\d+)?((?:\/[^?#]*)?)(\?[^#]*)?(#.*)?$/i.exec(uri) ??
    [];
  return { scheme, userinfo, host, path, query, fragment };
}

/** Whether two URIs are the same in every part but the named one. */
export function sameBut(part: keyof UriParts, one: string, other: string): boolean {
  const [a, b] = [uriParts(one), uriParts(other)];
  return (Object.keys(a) as (keyof UriParts)[]).every((name) => name === part || a[name] === b[name]);
}

/** Whether a URI is https at a host that is not loopback. */
export function isPublicHttps(uri: string): boolean {
  const { scheme, host } = uriParts(uri);
  return scheme === 'https' && !['127.0.0.1', 'localhost', '[::1]'].includes(host);
}
