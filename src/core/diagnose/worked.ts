import { headerValue, type Exchange } from '../record/exchange.ts';
import type { Facts } from './facts.ts';
import { sentParameters } from './sentParameters.ts';

/** What this session has seen work at the same token endpoint with the same client: evidence against a cause. */
export interface Worked {
  /** This very address gave a token, to whichever client. */
  readonly address: boolean;
  /** The same client ID got a token, with whichever credentials. */
  readonly id: boolean;
  /** The same client with the same credentials got a token. */
  readonly client: boolean;
  /** The same client got a token with the same grant. */
  readonly grant: boolean;
  /** The same client got a token while it authenticated in the same way. */
  readonly method: boolean;
  /** The same client got a token for the same scopes. */
  readonly scope: boolean;
}

/** Earlier runs that are looked at: the last ones. */
const mostRuns = 20;

/** Compares the request that failed with those before it that gave a token. */
export function worked({ exchange, exchanges, earlier }: Facts): Worked {
  if (!exchange || !isTokenRequest(exchange)) return nothing;
  const asked = requestOf(exchange);
  const there = [...earlier.slice(-mostRuns).flatMap((report) => report.exchanges), ...exchanges]
    .filter((other) => other !== exchange && isTokenRequest(other) && gaveToken(other))
    .map(requestOf)
    .filter(({ url }) => url === asked.url);
  const good = there.filter(({ client }) => client === asked.client);
  return {
    address: there.length > 0,
    id: good.length > 0,
    client: good.some(({ credentials }) => credentials === asked.credentials),
    grant: good.some(({ grant }) => grant === asked.grant),
    method: good.some(({ method }) => method === asked.method),
    scope: good.some(({ scope }) => scope === asked.scope),
  };
}

const nothing: Worked = {
  ...{ address: false, id: false, client: false, grant: false, method: false, scope: false },
};

function isTokenRequest({ purpose, leg }: Exchange): boolean {
  return leg === 'extension' && (purpose === 'token' || purpose === 'refresh');
}

function gaveToken({ response }: Exchange): boolean {
  return (
    response !== undefined &&
    response.status >= 200 &&
    response.status < 300 &&
    // Some put an error in the place of the token.
    /access_?token(?!["=:\s]+error\b)/i.test(response.body.slice(0, 16_384))
  );
}

function requestOf(exchange: Exchange) {
  const sent = sentParameters(exchange);
  const { headers, url } = exchange.request;
  const basic = headerValue(headers, 'authorization');
  const secret = sent.get('client_secret');
  // Each assertion is another one: what stays is its header, which names key and algorithm.
  const key = sent.get('client_assertion')?.split('.', 1)[0];
  return {
    url: url.split(/[?#]/, 1)[0] ?? '',
    client: basic === undefined ? (sent.get('client_id') ?? '') : userOf(basic),
    credentials: JSON.stringify([basic, secret, key, exchange.request.certificate]),
    method:
      basic !== undefined
        ? 'basic'
        : secret !== undefined
          ? 'post'
          : key !== undefined
            ? 'assertion'
            : 'none',
    grant: sent.get('grant_type') ?? '',
    scope: sent.get('scope'),
  };
}

/** The client ID of Basic credentials, with what was encoded undone. */
function userOf(basic: string): string {
  const id =
    Buffer.from(basic.replace(/^basic /i, ''), 'base64')
      .toString('utf8')
      .split(':', 1)[0] ?? '';
  return new URLSearchParams(`id=${id.replaceAll('&', '%26')}`).get('id') ?? id;
}
