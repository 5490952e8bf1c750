import { getNodeValue } from 'jsonc-parser';
import { isObject, objectOf } from '../../shared/json.ts';
import { jsonTree } from '../jsonTree.ts';
import { dialectRules, type HttpDialect } from './dialect.ts';
import type { AboveRequest } from './meta.ts';
import type { RequestNote } from './requestNotes.ts';

/** A file beside the request's, or above it, that its tool reads. */
export interface ToolFile {
  /** Without folders. */
  readonly name: string;
  readonly text: string;
}

const environmentFile = /^http-client\.(?:private\.)?env\.json$/;
/** @see https://httpyac.github.io/config */
const httpyacFile = /^(?:\.?httpyac\.config|\.httpyac)\.(?:c?js|json)$|^package\.json$/;

/** What httpYac's configuration can change of a request. */
const httpyacKeys = [
  ...['cookieJarEnabled', 'request', 'proxy', 'requestBodyInjectVariablesExtensions', 'clientCertificates'],
  ...[
    'defaultHeaders',
    'environments',
    'envDirName',
    'useRegionScopedVariables',
    'configureHooks',
    'plugins',
  ],
];

/** What an environment file has besides variables that changes a request. */
const environmentKeys: Readonly<Partial<Record<HttpDialect, readonly string[]>>> = {
  jetbrains: ['SSLConfiguration'],
  kulala: ['SSLConfiguration', '$default_headers', 'DEFAULT_HEADERS'],
};

/** Whether a tool may find in a file of this name what changes its requests. */
export function isToolFile(dialect: HttpDialect, name: string): boolean {
  return dialect === 'httpyac'
    ? httpyacFile.test(name)
    : dialect in environmentKeys && environmentFile.test(name);
}

/** What the files of the request's own tool would change of it, by the names of what they set: never a value. */
export function toolFileNotes(
  dialect: HttpDialect,
  line: number,
  files: readonly ToolFile[],
): readonly RequestNote[] {
  return files
    .filter(({ name }) => isToolFile(dialect, name))
    .flatMap((file) => (dialect === 'httpyac' ? inConfiguration(file) : inEnvironments(dialect, file)))
    .map((message) => ({ line, message }));
}

function inConfiguration({ name, text }: ToolFile): string[] {
  const lost = 'headers, cookies, proxies and variables that it sets are not used.';
  if (!name.endsWith('.json')) return [`${name} is code that is not run here: ${lost}`];
  const json = valueOf(text);
  const isPackage = name === 'package.json';
  if (json === undefined) return isPackage ? [] : [`${name} cannot be read: ${lost}`];
  const set = setIn(isPackage ? objectOf(json['httpyac']) : json, httpyacKeys);
  return set.length === 0 ? [] : [`What ${name} sets is not used: ${set.join(', ')}.`];
}

function inEnvironments(dialect: HttpDialect, { name, text }: ToolFile): string[] {
  const environments = Object.values(valueOf(text) ?? {}).map(objectOf);
  const keys = environmentKeys[dialect] ?? [];
  const set = new Set(environments.flatMap((one) => setIn(one, keys)));
  return [...set].map((key) => `${key} in ${name} is not used.`);
}

/** Those of the names that are set to something that does something. */
function setIn(object: Readonly<Record<string, unknown>>, keys: readonly string[]): readonly string[] {
  return keys.filter((key) => {
    const value = object[key];
    return Boolean(value) && JSON.stringify(value) !== '{}' && JSON.stringify(value) !== '[]';
  });
}

/** JSON with comments, when it is an object and whole. */
function valueOf(text: string): Readonly<Record<string, unknown>> | undefined {
  const { root, error } = jsonTree(text.replace(/^\uFEFF/, ''));
  if (root === undefined || error !== undefined) return undefined;
  const value: unknown = getNodeValue(root);
  return isObject(value) ? objectOf(value) : undefined;
}

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
  if (meta.some(({ name }) => name === 'no-cookie-jar')) return [];
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
