import { percentDecoded } from '../http/urlHost.ts';
import { type HeaderList, headerValue } from '../record/exchange.ts';

/** The parts of a request that tell where it goes, and with which credentials. */
interface Addressed {
  readonly url: string;
  readonly headers: HeaderList;
  readonly secrets?: readonly string[];
}

/**
 * Moves the name and password of a URL, which `fetch` does not accept there, to the Authorization header, unless the request
 * has its own.
 *
 * @returns empty when the URL has none
 * @see RFC 3986 section 3.2.1, RFC 7617 section 2
 */
export function withUrlCredentials({ url: written, headers, secrets = [] }: Addressed): Partial<Addressed> {
  const url = URL.canParse(written) ? new URL(written) : undefined;
  if (url === undefined || (url.username === '' && url.password === '')) return {};
  const password = percentDecoded(url.password);
  const pair = Buffer.from(`${percentDecoded(url.username)}:${password}`).toString('base64');
  const isOwn = headerValue(headers, 'authorization') !== undefined;
  url.username = '';
  url.password = '';
  return {
    url: url.href,
    headers: isOwn ? headers : [...headers, ['Authorization', `Basic ${pair}`]],
    secrets: [...secrets, pair, ...(password === '' ? [] : [password])],
  };
}
