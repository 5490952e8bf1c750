import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { checks } from '../../../src/core/checks/all.ts';
import type { CheckResult } from '../../../src/core/checks/report.ts';
import type { Fetch } from '../../../src/core/ports.ts';
import type { DemoServers } from '../../../src/demo/demoServers.ts';
import { startOwnDemoServers } from '../../demo/demoServers.ts';
import { trial } from './support.ts';

// A refusal is evidence only where what is correct is not refused as well. The strict demo server refuses here, in one place,
// whatever it is asked; each refusal is marked, so that no pass with one among its evidence goes unseen.

const codes = '/token authorization_code';
const refreshes = '/token refresh_token';
/** Where everything is refused, as path and grant begin; from which request on. */
const places: readonly (readonly [name: string, of: readonly string[], from?: number])[] = [
  ['at the token endpoint', ['/token ', codes, refreshes]],
  ['each refresh', [refreshes]],
  ['each refresh but the first', [refreshes], 2],
  ['each code', [codes]],
  ['each code but the first', [codes], 2],
  ['at the revocation endpoint', ['/token/revocation']],
  ['each revocation but the first', ['/token/revocation'], 2],
  ['at the userinfo and the introspection endpoint', ['/me', '/token/introspection']],
  ['what is asked of tokens but the first time', ['/me', '/token/introspection'], 2],
  ['at the introspection endpoint', ['/token/introspection']],
  ['everywhere', ['/token', '/me']],
];

const json = { 'content-type': 'application/json', 'x-refused': 'whatever it is' };
/** Refusals for a reason that no request here gives. */
const refusals: Readonly<Record<string, () => Response>> = {
  'in words of its own': () =>
    new Response('{"error":"policy_violation","error_description":"Not today."}', {
      ...{ status: 400, headers: json },
    }),
  'with status 401': () =>
    new Response('{"code":4711}', { status: 401, headers: { ...json, 'www-authenticate': 'Bearer' } }),
  'in words of the standard': () => new Response('{"error":"invalid_grant"}', { status: 400, headers: json }),
};

/** The refresh token tells where no endpoint tells of access tokens; the refusals are seen all the same. */
const toldByRefreshes = [
  ...['code.replay-revokes', 'refresh.reuse', 'refresh.family-revoked'],
  ...['token.revocation-other-client', 'token.revocation-open'],
];
/** What status 401 says by itself. @see RFC 9110 section 15.5.2 */
const toldByStatus = ['token.introspection-open', 'token.made-up'];

const isRefused = ({ evidence }: CheckResult) =>
  evidence.some(({ response }) => response?.headers.some(([name]) => name === 'x-refused'));

/** What passes with a refusal among its evidence where everything is refused. */
async function passedBlind(
  demo: DemoServers,
  [, of, from = 1]: (typeof places)[number],
  refuse: () => Response,
): Promise<readonly string[]> {
  let asked = 0;
  const fetched: Fetch = (url, init) => {
    const form = new URLSearchParams(typeof init?.body === 'string' ? init.body : '');
    const request = `${new URL(url).pathname} ${form.get('grant_type') ?? ''}`;
    const isHere = of.some((begin) => request.startsWith(begin));
    return isHere && ++asked >= from ? Promise.resolve(refuse()) : fetch(url, init);
  };
  const { results } = await trial({
    ...{ issuer: demo.issuer, client: demo.clients.web, other: demo.clients.native },
    checks: checks.filter(({ area }) => ['pkce', 'code', 'client', 'refresh', 'token'].includes(area)),
    context: { fetch: fetched },
  });
  assert.ok(asked >= from, 'Nothing was asked there.');
  const told = [
    ...(of.includes('/me') && !of.includes('/token') ? toldByRefreshes : []),
    ...(refuse().status === 401 ? toldByStatus : []),
  ];
  return results
    .filter((result) => result.verdict === 'pass' && isRefused(result) && !told.includes(result.id))
    .map(({ id, meaning }) => `${id}: ${meaning}`);
}

// Each kind of refusal at the same time, at a server of its own: they mostly wait.
describe('a server that refuses everything passes no check by it', { concurrency: true }, () => {
  for (const [how, refuse] of Object.entries(refusals))
    describe(how, { concurrency: 1 }, () => {
      let demo: DemoServers;
      before(async () => {
        demo = await startOwnDemoServers({ algorithm: 'ES256' });
      });
      after(() => demo.close());
      for (const place of places)
        it(place[0], async () => {
          assert.deepEqual(await passedBlind(demo, place, refuse), []);
        });
    });
});
