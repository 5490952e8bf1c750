import { dialectRules, type HttpDialect } from './dialect.ts';
import type { AboveRequest } from './meta.ts';
import type { RequestNote } from './requestNotes.ts';

/** Tools that send the cookies of earlier answers unless they are told not to. */
const keepsCookies: ReadonlySet<HttpDialect> = new Set(['rest_client', 'httpyac', 'jetbrains']);

/** A request, as far as cookies go. */
interface CookieRequest extends Pick<AboveRequest, 'meta'> {
  /** Zero-based. */
  readonly line: number;
  readonly dialect: HttpDialect;
}

/** The cookies that the request's own tool would send with it, by name. */
export function cookieNotes(
  { line, dialect, meta }: CookieRequest,
  names: readonly string[],
): readonly RequestNote[] {
  if (names.length === 0 || !keepsCookies.has(dialect)) return [];
  if (meta.some(({ name }) => name === 'noCookieJar')) return [];
  const shown = names.slice(0, 5).map((name) => name.slice(0, 40));
  const message = `${dialectRules[dialect].title} would send the cookies of earlier answers (${shown.join(', ')}); they are not sent.`;
  return [{ line, message }];
}

interface Cookie {
  readonly name: string;
  readonly domain: string;
  readonly hostOnly: boolean;
  readonly path: string;
  readonly secure: boolean;
}

/** Most cookies that are known of; the oldest goes. */
const mostCookies = 1000;

/** Longest header that is read, and longest line of a file. */
const longest = 4096;

/** Which cookies answers set: their names and where they go, never a value. */
export class CookieNames {
  readonly #cookies = new Map<string, Cookie>();

  /** How many there are. */
  get size(): number {
    return this.#cookies.size;
  }

  /**
   * Takes the `Set-Cookie` headers of an answer to a request to `url`. @see RFC 6265 section 5.3
   *
   * @param now milliseconds since the epoch; what has ended before is taken back.
   */
  learn(url: string, headers: readonly string[], now = 1): void {
    if (!URL.canParse(url)) return;
    const { hostname, pathname } = new URL(url);
    for (const header of headers.slice(0, 100)) {
      const [pair = '', ...attributes] = header.slice(0, longest).split(';');
      const name = pair.slice(0, Math.max(0, pair.indexOf('='))).trim();
      if (name === '' || header.length > longest) continue;
      const given = new Map(attributes.map(attribute));
      const domain = given.get('domain')?.replace(/^\./, '').toLowerCase() ?? '';
      const isWide = domain !== '' && domain.includes('.') && isWithin(hostname, domain);
      if (domain !== '' && domain !== hostname && !isWide) continue;
      const path = given.get('path') ?? '';
      this.#put(
        {
          name,
          domain: domain === '' ? hostname : domain,
          hostOnly: domain === '',
          path: path.startsWith('/') ? path : pathname.replace(/\/[^/]*$/, '') || '/',
          secure: given.has('secure'),
        },
        isOver(given, now),
      );
    }
  }

  /** Takes the file `.idea/httpRequests/http-client.cookies`: domain, path, name, value and date, with tabs between. */
  readJetBrains(text: string): void {
    for (const line of text.slice(0, 1_000_000).split('\n', 2000)) {
      const [domain = '', path = '', name = ''] = line.slice(0, longest).split('\t', 3);
      if (domain.startsWith('#') || name === '' || !path.startsWith('/')) continue;
      const plain = domain.replace(/^\./, '').toLowerCase();
      this.#put({ name, domain: plain, hostOnly: plain === domain, path, secure: false }, false);
    }
  }

  /** The names of those that go with a request to `url`, in the order in which they came. */
  of(url: string): readonly string[] {
    if (!URL.canParse(url)) return [];
    const { hostname, pathname, protocol } = new URL(url);
    return [...this.#cookies.values()]
      .filter(
        ({ domain, hostOnly, path, secure }) =>
          (hostOnly ? hostname === domain : isWithin(hostname, domain)) &&
          (pathname === path || pathname.startsWith(path.endsWith('/') ? path : `${path}/`)) &&
          (!secure || protocol === 'https:'),
      )
      .map(({ name }) => name);
  }

  #put(cookie: Cookie, isGone: boolean): void {
    const key = JSON.stringify([cookie.domain, cookie.path, cookie.name]);
    if (isGone) this.#cookies.delete(key);
    else this.#cookies.set(key, cookie);
    const [oldest] = this.#cookies.keys();
    if (this.#cookies.size > mostCookies && oldest !== undefined) this.#cookies.delete(oldest);
  }
}

function attribute(text: string): [string, string] {
  const [name = '', ...value] = text.split('=');
  return [name.trim().toLowerCase(), value.join('=').trim()];
}

/** Whether an answer takes the cookie back. */
function isOver(given: ReadonlyMap<string, string>, now: number): boolean {
  const age = given.get('max-age');
  if (age !== undefined) return Number(age) <= 0;
  return Date.parse(given.get('expires') ?? '') <= now;
}

function isWithin(host: string, domain: string): boolean {
  return host === domain || host.endsWith(`.${domain}`);
}
