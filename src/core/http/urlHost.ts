/** A URL's `hostname` as sockets want it: an address of IPv6 without its brackets. */
export function bareHost(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, '');
}

/** Characters of a host that one line has room for. */
const longestHost = 50;

/** A host as a list shows it, which cuts its lines: of a long one the end, which says whose it is. */
export function shownHost(host: string): string {
  return host.length <= longestHost ? host : `…${host.slice(1 - longestHost)}`;
}

/** The port a URL leads to, named or that of its scheme (http or https). */
export function portOf({ port, protocol }: Pick<URL, 'port' | 'protocol'>): number {
  if (port !== '') return Number(port);
  return protocol === 'https:' ? 443 : 80;
}

/** A part of a URL without its percent-encoding; as it stands where that is broken. */
export function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** What stands before the `@` of a web address (empty where none does), and the address without it. @see RFC 3986 section 3.2.1 */
export function splitUser(url: string): readonly [user: string, address: string] {
  const [all, scheme = '', user = ''] = /^(https?:\/\/)([^/?#\s\\]*)@/i.exec(url) ?? [''];
  return [user, scheme + url.slice(all.length)];
}

/** A text without what stands before the `@` of each web address in it. */
export function withoutUsers(text: string): string {
  return text.replace(/(https?:\/\/)[^/?#\s\\]*@/gi, '$1');
}

/** The origin of what may be a URL; absent where it is none. */
export function originOf(url: string | undefined): string | undefined {
  return url !== undefined && URL.canParse(url) ? new URL(url).origin : undefined;
}
