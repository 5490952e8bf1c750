import { headerValue, type Exchange } from '../record/exchange.ts';
import type { Facts } from './facts.ts';
import { sentParameters } from './sentParameters.ts';

/** What this session has seen work at the same token endpoint with the same client: evidence against a cause. */
export interface Worked {
  /** The same client with the same credentials got a token. */
  readonly client: boolean;
  /** The same client got a token with the same grant. */
  readonly grant: boolean;
  /** The same client got a token while it authenticated in the same way. */
  readonly method: boolean;
}

/** Earlier runs that are looked at: the last ones. */
const mostRuns = 20;

/** Compares the request that failed with those before it that gave a token. */
export function worked({ exchange, exchanges, earlier }: Facts): Worked {
  if (!exchange || !isTokenRequest(exchange)) return { client: false, grant: false, method: false };
  const asked = requestOf(exchange);
  const good = [...earlier.slice(-mostRuns).flatMap((report) => report.exchanges), ...exchanges]
    .filter((other) => other !== exchange && isTokenRequest(other) && gaveToken(other))
    .map(requestOf)
    .filter(({ url, client }) => url === asked.url && client === asked.client);
  return {
    client: good.some(({ credentials }) => credentials === asked.credentials),
    grant: good.some(({ grant }) => grant === asked.grant),
    method: good.some(({ method }) => method === asked.method),
  };
}

function isTokenRequest({ purpose, leg }: Exchange): boolean {
  return leg === 'extension' && (purpose === 'token' || purpose === 'refresh');
}

function gaveToken({ response }: Exchange): boolean {
  return (
    response !== undefined &&
    response.status >= 200 &&
    response.status < 300 &&
    /access_?token/i.test(response.body.slice(0, 16_384))
  );
}

function requestOf(exchange: Exchange) {
  const sent = sentParameters(exchange);
  const { headers, url } = exchange.request;
  const basic = headerValue(headers, 'authorization');
  const secret = sent.get('client_secret');
  return {
    url: url.split(/[?#]/, 1)[0] ?? '',
    client: basic === undefined ? (sent.get('client_id') ?? '') : userOf(basic),
    credentials: JSON.stringify([basic, secret]),
    method: basic === undefined ? (secret === undefined ? 'none' : 'post') : 'basic',
    grant: sent.get('grant_type') ?? '',
  };
}

/** The client id of Basic credentials, with what was encoded undone. */
function userOf(basic: string): string {
  const id =
    Buffer.from(basic.replace(/^basic /i, ''), 'base64')
      .toString('utf8')
      .split(':', 1)[0] ?? '';
  return new URLSearchParams(`id=${id.replaceAll('&', '%26')}`).get('id') ?? id;
}
