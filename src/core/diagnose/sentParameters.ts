import type { Exchange } from '../record/exchange.ts';

const limit = 64 * 1024;

/** The parameters of a request by the standard's names: of its query for a GET, else of its form or flat JSON body. */
export function sentParameters({ request }: Exchange): ReadonlyMap<string, string> {
  if (request.method === 'GET') return fromQuery(request.url);
  const body = (request.body ?? '').slice(0, limit);
  if (!body.startsWith('{')) return new Map(new URLSearchParams(body));
  try {
    const members = Object.entries(JSON.parse(body) as Record<string, unknown>);
    return new Map(members.map(([name, value]) => [snake(name), String(value)]));
  } catch {
    return new Map();
  }
}

/** The last authorization request that the browser was sent to; the address of our own that led there is none. */
export function authorizationAsked(exchanges: readonly Exchange[]): Exchange | undefined {
  return exchanges.findLast(({ purpose, leg }) => purpose === 'authorization' && leg !== 'loopback');
}

/** What the last authorization request said, in its address and where it was pushed before. @see RFC 9126 section 4 */
export function authorizationSent(exchanges: readonly Exchange[]): ReadonlyMap<string, string> | undefined {
  const asked = authorizationAsked(exchanges);
  const pushed = exchanges.findLast(({ purpose }) => purpose === 'par');
  if (asked === undefined && pushed === undefined) return undefined;
  return new Map([...(pushed ? sentParameters(pushed) : []), ...(asked ? sentParameters(asked) : [])]);
}

function fromQuery(url: string): ReadonlyMap<string, string> {
  return URL.canParse(url) ? new Map(new URL(url).searchParams) : new Map();
}

/** `clientSecret` as `client_secret`. */
function snake(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
