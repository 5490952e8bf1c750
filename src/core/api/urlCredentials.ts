import { percentDecoded } from '../http/urlHost.ts';
import { type HeaderList, headerValue } from '../record/exchange.ts';

/** The parts of a request that hold where it goes and as whom. */
interface Addressed {
  readonly url: string;
  readonly headers: HeaderList;
  readonly secrets?: readonly string[];
}

/**
 * These parts with the name and password of the URL in a header, where they go anyway; `fetch` takes no URL with them. A header of
 * its own counts before them, and so does the token where it goes there.
 *
 * @returns empty where the URL holds none
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
