import fc from 'fast-check';
import { callApi } from '../../../../src/core/api/callApi.ts';
import type { FlowReport, TokenSet } from '../../../../src/core/record/report.ts';
import { realClock } from '../play.ts';
import { clientCredentials } from '../support.ts';
import { issuer, now } from './world.ts';

/** What an API answers, and the token it is called with. */
export interface ApiWorld {
  readonly status: number;
  readonly challenge: string | undefined;
  readonly body: string;
  readonly type: string;
  /** Undefined: the token is opaque. */
  readonly claims: Readonly<Record<string, unknown>> | undefined;
  readonly error: string | undefined;
}

const api = 'https://api.truth.test';
const words = [
  ...['', 'The token has expired', 'token was revoked', 'The audience is wrong', 'insufficient permissions'],
  ...[
    'DPoP proof required',
    'aud is not this API',
    'jwt issuer invalid. expected: https://a',
    'Jwt is missing',
  ],
  ...[
    'Signed JWT rejected: Invalid signature',
    'Jwks remote fetch is failed',
    'jwt not active',
    'jwt malformed',
  ],
  ...['Missing Authentication Token', 'Missing subscription key', 'The signing algorithm is not allowed'],
];

/** Any world with an API. */
export const apiWorld: fc.Arbitrary<ApiWorld> = fc.record({
  status: fc.constantFrom(301, 302, 304, 307, 400, 401, 401, 403, 403, 404, 405, 429, 500, 503),
  challenge: fc.option(
    fc
      .tuple(
        fc.constantFrom('Bearer', 'Bearer', 'DPoP'),
        fc.constantFrom(
          '',
          'invalid_token',
          'insufficient_scope',
          'insufficient_user_authentication',
          'use_dpop_nonce',
        ),
        fc.constantFrom(...words),
        fc.subarray([
          'scope="orders.write"',
          'acr_values="gold"',
          `resource_metadata="${api}/.well-known/x"`,
        ]),
      )
      .map(([scheme, error, description, more]) => {
        const named = [...(error === '' ? [] : [`error="${error}"`]), `error_description="${description}"`];
        return `${scheme} realm="x", ${[...named, ...more].join(', ')}`;
      }),
    { nil: undefined },
  ),
  type: fc.constantFrom('application/json', 'text/html', 'text/plain'),
  body: fc.oneof(
    fc.constantFrom(
      ...['', '<html>login</html>', 'no', '{"message":"no"}'],
      '<!doctype html><title>Attention Required! | Cloudflare</title>',
      '<html><title>403 Forbidden</title><hr>nginx</html>',
    ),
    fc
      .constantFrom(...words)
      .chain((text) =>
        fc.constantFrom(
          JSON.stringify({ error: 'invalid_token', error_description: text }),
          JSON.stringify({ statusCode: 401, error: { message: text } }),
          text,
        ),
      ),
  ),
  claims: fc.option(
    fc.record(
      {
        aud: fc.constantFrom<unknown>(api, 'https://other.truth.test', 'orders', ['a', 'b']),
        scope: fc.constantFrom('orders.read', 'orders.write orders.read'),
        exp: fc.constantFrom(now - 600, now + 6000),
      },
      { requiredKeys: [] },
    ),
    { nil: undefined },
  ),
  error: fc.option(fc.constantFrom('ECONNREFUSED', 'ENOTFOUND', 'CERT_HAS_EXPIRED'), {
    freq: 8,
    nil: undefined,
  }),
});

/** Calls the API of a world. */
export async function playApi({ status, challenge, body, type, claims, error }: ApiWorld): Promise<{
  readonly report: FlowReport;
  readonly tokens: TokenSet;
}> {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const tokens: TokenSet = {
    access_token:
      claims === undefined ? 'opaque-0123456789' : `${part({ alg: 'ES256' })}.${part(claims)}.c2ln`,
    ...{ token_type: 'Bearer', received_at: Date.now(), requested_scopes: ['orders.read'], extra: {} },
  };
  const headers = {
    'content-type': type,
    ...(challenge !== undefined && { 'www-authenticate': challenge }),
    ...(status === 302 && { location: 'https://sso.corp.test/login' }),
  };
  const { report } = await callApi(
    clientCredentials({ issuer }),
    { method: 'GET', url: `${api}/orders`, headers: [] },
    {
      fetch: () =>
        error === undefined
          ? Promise.resolve(new Response(status === 304 ? null : body, { status, headers }))
          : Promise.reject(Object.assign(new TypeError('fetch failed'), { cause: { code: error } })),
      clock: realClock,
      signal: new AbortController().signal,
      timeout: 5000,
      tokens,
      renew: () => Promise.resolve({ kind: 'token', tokens }),
      used: [],
      confirm: () => Promise.resolve(true),
    },
  );
  return { report, tokens };
}
