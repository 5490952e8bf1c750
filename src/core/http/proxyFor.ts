import { isLoopbackHost } from '../profile/loopbackHost.ts';
import { bareHost, portOf } from './urlHost.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The address of the proxy that environment variables name for a URL, as they stand there; undefined where it is reached
 * directly. This machine itself never is behind a proxy: what is sent to it stays on it.
 *
 * @see https://curl.se/docs/manpage.html#ENVIRONMENT, which everybody follows: small letters first, `NO_PROXY` by names
 */
export function proxyFor(url: URL, environment: Environment): string | undefined {
  if (isLoopbackHost(url.hostname)) return undefined;
  const scheme = url.protocol.slice(0, -1);
  const proxy =
    valueOf(`${scheme}_proxy`, environment, scheme === 'http') ?? valueOf('all_proxy', environment);
  const excepted = (valueOf('no_proxy', environment) ?? '').toLowerCase().split(/[\s,]+/);
  return excepted.some((entry) => covers(entry, url)) ? undefined : proxy;
}

/** @param guarded `HTTP_PROXY` is not read where a web server runs the program: a request's header makes it there */
function valueOf(name: string, environment: Environment, guarded = false): string | undefined {
  const upper = guarded && environment['REQUEST_METHOD'] !== undefined ? undefined : name.toUpperCase();
  const value = environment[name] ?? (upper === undefined ? undefined : environment[upper]);
  return value === undefined || value.trim() === '' ? undefined : value.trim();
}

/**
 * Whether an entry of `NO_PROXY` names the host of a URL, or what it is in: `host`, `.domain`, `*.domain`, `host:port`,
 * `10.0.0.0/8`, `*`.
 */
function covers(entry: string, url: URL): boolean {
  if (entry === '*') return true;
  const { name, wanted } = split(entry);
  if (wanted !== undefined && wanted !== String(portOf(url))) return false;
  const host = bareHost(url.hostname);
  const bare = bareHost(name).replace(/^\*?\./, '');
  if (bare === '') return false;
  if (host.includes(':') || addressOf(host) !== undefined) return host === bare || isInRange(host, bare);
  return host === bare || host.endsWith(`.${bare}`);
}

/** Host and port; more than one colon without brackets is an address of IPv6. */
function split(entry: string): { readonly name: string; readonly wanted?: string } {
  const at = entry.lastIndexOf(':');
  const hasPort = at > 0 && (entry[at - 1] === ']' || entry.indexOf(':') === at);
  return hasPort ? { name: entry.slice(0, at), wanted: entry.slice(at + 1) } : { name: entry };
}

/** @see RFC 4632 section 3.1 */
function isInRange(host: string, range: string): boolean {
  const [base = '', length = ''] = range.split('/', 2);
  const [one, other] = [addressOf(host), addressOf(base)];
  const bits = /^\d{1,2}$/.test(length) ? Number(length) : 33;
  if (one === undefined || other === undefined || bits > 32) return false;
  const size = 2 ** (32 - bits);
  return Math.floor(one / size) === Math.floor(other / size);
}

/** An address of IPv4 as a number. */
function addressOf(host: string): number | undefined {
  if (!/^\d{1,3}(?:\.\d{1,3}){3}$/.test(host)) return undefined;
  return host.split('.').reduce((number, part) => number * 256 + Number(part), 0);
}
