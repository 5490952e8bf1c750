// How long a flow's exchanges take to be redacted for a redraw of the flow view: `redact_200_ms`, 200 exchanges in which
// one token is used; `redact_1mb_ms` and `scrub_1mb_ms`, the slowest of four hostile texts of 1 MiB; `redact_200_tokens_ms`, 200 in each of which another one is issued. The median of ten, each from
// scratch, because a run that goes on has new exchanges each time.
import { randomBytes } from 'node:crypto';
import type { Exchange } from '../../src/core/record/exchange.ts';
import { redactExchanges, redactUrl } from '../../src/core/http/redact.ts';
import { replaceSecrets } from '../../src/core/http/replaceSecrets.ts';
import { median, result } from './statistics.ts';

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const header = part({ alg: 'RS256', typ: 'JWT', kid: 'demo' });

function jwt(): string {
  const claims = { iss: 'https://as.example.com', sub: 'ada', jti: randomBytes(16).toString('hex') };
  return `${header}.${part({ ...claims, scope: 'orders.read orders.write '.repeat(10) })}.${randomBytes(256).toString('base64url')}`;
}

function exchange(id: number, token: string): Exchange {
  const form = new URLSearchParams({
    grant_type: 'refresh_token',
    refresh_token: randomBytes(24).toString('base64url'),
    client_secret: 's3cret-of-the-client',
  });
  return {
    ...{ id, purpose: 'refresh', leg: 'extension', startedAt: id, endedAt: id + 1, deviations: [] },
    request: {
      ...{ method: 'POST', url: 'https://as.example.com/oauth2/v2.0/token', body: form.toString() },
      headers: [
        ['content-type', 'application/x-www-form-urlencoded;charset=UTF-8'],
        ['accept', 'application/json'],
        ['user-agent', 'oauth4webapi/v3.8.8'],
      ],
    },
    response: {
      ...{ status: 200, statusText: 'OK' },
      headers: [
        ['cache-control', 'no-store'],
        ['content-type', 'application/json; charset=utf-8'],
        ['date', 'Thu, 26 Nov 2026 04:14:15 GMT'],
        ['strict-transport-security', 'max-age=31536000; includeSubDomains'],
        ['x-request-id', randomBytes(16).toString('hex')],
      ],
      body: JSON.stringify({ access_token: token, token_type: 'Bearer', expires_in: 3600 }),
    },
  };
}

function time(exchanges: readonly Exchange[]): number {
  const all = Array.from({ length: 12 }, () => {
    const started = performance.now();
    redactExchanges(exchanges);
    return performance.now() - started;
  });
  // The first ones warm up.
  return median(all.slice(2));
}

const one = jwt();
result('redact_200_ms', time(Array.from({ length: 200 }, (_, id) => exchange(id + 1, one))), 'ms');
const shapes = [
  '?'.padEnd(1 << 20, 'a'),
  '/'.repeat(1 << 20),
  '{"code":"'.repeat(1 << 16),
  '%252F'.repeat(200_000),
];
const slowest = (run: (text: string) => unknown) =>
  Math.max(
    ...shapes.map((text) =>
      median(
        Array.from({ length: 5 }, () => {
          const started = performance.now();
          run(text);
          return performance.now() - started;
        }),
      ),
    ),
  );
result('redact_1mb_ms', slowest(redactUrl), 'ms');
result(
  'scrub_1mb_ms',
  slowest((text) => replaceSecrets(text, ['/'.repeat(4000), 's3cret-of-the-client'])),
  'ms',
);
result('redact_200_tokens_ms', time(Array.from({ length: 200 }, (_, id) => exchange(id + 1, jwt()))), 'ms');
