import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Fetch } from '../../../src/core/ports.ts';
import { tokenHeaderOf } from '../../../src/core/profile/tokenHeader.ts';
import type { DemoServers } from '../../../src/demo/demoServers.ts';
import { startOwnDemoServers } from '../../demo/demoServers.ts';
import { apiTokens, sendingIdTokens } from '../../../src/core/checks/apiTokens.ts';
import { planApiChecks, runApiChecks } from '../../../src/core/checks/runApiChecks.ts';
import type { TokenSet } from '../../../src/core/record/report.ts';
import { apiTrial } from './apiTrial.ts';
import { realClock } from './support.ts';

describe('checks of an API that wants its token in a header of its own', () => {
  let demo: DemoServers;
  before(async () => {
    demo = await startOwnDemoServers({ algorithm: 'ES256' });
  });
  after(() => demo.close());

  /** A gateway before the demo's API: takes a token from one header only. */
  const gateway =
    (name: string, prefix: string): Fetch =>
    (url, init) => {
      const headers = new Headers(init?.headers);
      const sent = headers.get(name);
      headers.delete(name);
      headers.delete('authorization');
      if (sent?.startsWith(prefix)) headers.set('authorization', `Bearer ${sent.slice(prefix.length)}`);
      return fetch(url, { ...init, headers });
    };

  const verdicts = async (fetchOf: Fetch, fields: Parameters<typeof tokenHeaderOf>[0]) => {
    const request = {
      method: 'GET',
      url: `${demo.api}/orders`,
      headers: [['X-Access-Token', 'old']] as const,
    };
    const over = { fetch: fetchOf, header: tokenHeaderOf(fields), request };
    const { results } = await apiTrial(demo, 'api', undefined, over);
    return Object.fromEntries(results.map(({ id, verdict }) => [id, verdict]));
  };

  it('send every token there, the good and the bad ones', async () => {
    const found = await verdicts(gateway('X-Access-Token', ''), { tokenHeader: 'X-Access-Token' });
    assert.equal(found['resource.good-token'], 'pass');
    assert.equal(found['resource.no-token'], 'pass');
    for (const [id, verdict] of Object.entries(found)) assert.notEqual(verdict, 'fail', id);
  });

  it('send it with the profile’s prefix', async () => {
    const found = await verdicts(gateway('Authorization', 'Token '), { tokenPrefix: 'Token' });
    assert.equal(found['resource.good-token'], 'pass');
  });

  it('see that a token in the usual header is not taken', async () => {
    const found = await verdicts(gateway('X-Access-Token', ''), {});
    assert.equal(found['resource.good-token'], 'fail');
  });

  it('take a sign-in page with 200 for a refusal in other words, and not for what the API serves', async () => {
    const behindPage: Fetch = async (url, init) => {
      const response = await fetch(url, init);
      if (response.status !== 401) return response;
      return new Response('<title>Sign in</title>', { headers: { 'content-type': 'text/html' } });
    };
    const found = await verdicts(behindPage, {});
    assert.equal(found['resource.good-token'], 'pass');
    for (const id of ['no-token', 'signature', 'unsigned', 'expired', 'other-audience', 'id-token'])
      assert.equal(found[`resource.${id}`], 'weakness', id);
  });

  it('advise no Bearer challenge where none can be: a gateway that only says 401 is in order', async () => {
    const plain: Fetch = async (url, init) => {
      const answer = await gateway('X-Access-Token', '')(url, init);
      if (answer.status !== 401 && answer.status !== 403) return answer;
      return new Response('no', { status: answer.status });
    };
    const request = { method: 'GET', url: `${demo.api}/orders`, headers: [] };
    const run = async (fields: Parameters<typeof tokenHeaderOf>[0], fetchOf: Fetch) => {
      const over = { fetch: fetchOf, header: tokenHeaderOf(fields), request };
      return (await apiTrial(demo, 'api', undefined, over)).results;
    };
    const own = await run({ tokenHeader: 'X-Access-Token' }, plain);
    for (const { id, verdict, advice = '', meaning } of own) {
      assert.doesNotMatch(advice + meaning, /Bearer/, id);
      if (id !== 'resource.in-query') assert.equal(verdict, 'pass', `${id}: ${meaning}`);
    }
    // The same answers are too little for tokens in their usual place.
    const usual: Fetch = async (url, init) => {
      const answer = await fetch(url, init);
      return answer.status === 401 ? new Response('no', { status: 401 }) : answer;
    };
    const bearer = await run({}, usual);
    const noToken = bearer.find(({ id }) => id === 'resource.no-token');
    assert.equal(noToken?.verdict, 'weakness');
    assert.match(noToken.advice ?? '', /Bearer/);
  });
});

describe('checks of an API that is sent the id_token', () => {
  const jwt = (claims: object) =>
    [{ alg: 'ES256' }, claims]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.') + '.c2ln';
  const set = (id_token?: string): TokenSet => ({
    ...{
      access_token: 'opaque-access',
      token_type: 'Bearer',
      received_at: 0,
      requested_scopes: [],
      extra: {},
    },
    ...(id_token !== undefined && { id_token }),
  });
  /** Takes the one id_token, and nothing else. */
  const api =
    (taken: string): Fetch =>
    (_url, init) => {
      const sent = new Headers(init?.headers).get('authorization');
      if (sent === `Bearer ${taken}`) return Promise.resolve(new Response('{}'));
      const error = sent === null ? '' : ' error="invalid_token"';
      const headers = { 'www-authenticate': `Bearer${error}` };
      return Promise.resolve(new Response('', { status: 401, headers }));
    };
  const request = { method: 'GET', url: 'https://api.example.com/me', headers: [] };
  const run = async (good: TokenSet, earlier: readonly TokenSet[], taken: string) => {
    const sources = { clock: realClock, good: () => Promise.resolve(good), earlier };
    const over = { fetch: api(taken), request, sendsIdToken: true } as const;
    const report = await runApiChecks(
      {
        ...{ version: '0', clock: realClock, timeout: 60_000, signal: new AbortController().signal },
        ...over,
        tokens: apiTokens(sendingIdTokens(sources)),
      },
      { id: 'p', name: 'P', clientId: 'c' },
      { items: planApiChecks(false, true) },
    );
    return Object.fromEntries(report.results.map(({ id, verdict, meaning }) => [id, { verdict, meaning }]));
  };

  it('try id_tokens, good and bad ones, and ask for nothing that an id_token has not', async () => {
    const now = Math.floor(Date.now() / 1000);
    const taken = jwt({ iss: 'https://as.example.com', aud: 'c', exp: now + 600 });
    const ended = jwt({ iss: 'https://as.example.com', aud: 'c', exp: now - 600 });
    const found = await run(set(taken), [set(ended), set()], taken);
    for (const id of ['good-token', 'no-token', 'signature', 'unsigned', 'expired', 'in-query'])
      assert.equal(
        found[`resource.${id}`]?.verdict,
        'pass',
        `${id}: ${found[`resource.${id}`]?.meaning ?? ''}`,
      );
    for (const id of ['id-token', 'audience', 'scope'])
      assert.equal(found[`resource.${id}`]?.verdict, 'not_applicable', id);
    assert.match(found['resource.id-token']?.meaning ?? '', /wants the id_token/);
  });

  it('say that there was none, and send no access token in its place', async () => {
    const found = await run(set(), [], 'opaque-access');
    assert.equal(found['resource.good-token']?.verdict, 'not_determined');
    assert.match(found['resource.good-token'].meaning, /ask for openid/);
  });
});
