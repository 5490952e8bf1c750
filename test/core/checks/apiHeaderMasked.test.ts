import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { planApiChecks, runApiChecks } from '../../../src/core/checks/runApiChecks.ts';
import { redactExchanges } from '../../../src/core/http/redact.ts';
import { tokenHeaderOf } from '../../../src/core/profile/tokenHeader.ts';
import { realClock } from './support.ts';

const token = 'opaque-token-of-the-profile';

describe('the evidence of checks of an API', () => {
  for (const fields of [{ tokenHeader: 'X-Account' }, { tokenHeader: 'X-Account', tokenPrefix: 'token' }])
    it(`never shows the token, whatever its header is called: ${JSON.stringify(fields)}`, async () => {
      const { name, prefix } = tokenHeaderOf(fields);
      const { results } = await runApiChecks(
        {
          ...{ version: '0', clock: realClock, timeout: 60_000, signal: new AbortController().signal },
          fetch: (_url, init) => {
            const taken = new Headers(init?.headers).get(name) === `${prefix}${token}`;
            return Promise.resolve(new Response('', { status: taken ? 200 : 401 }));
          },
          request: { method: 'GET', url: 'https://api.example.com/orders', headers: [] },
          tokens: { good: () => Promise.resolve(token) },
          header: { name, prefix },
        },
        { id: 'a', name: 'A', clientId: 'c' },
        { items: planApiChecks(false, true).filter(({ check }) => check.id === 'resource.good-token') },
      );
      const [result] = results;
      assert.equal(result?.verdict, 'pass');
      const shown = JSON.stringify(redactExchanges(result.evidence));
      assert.match(shown, /x-account/i);
      assert.ok(!shown.includes(token), shown);
    });

  // What the user answered to `# @prompt password`, and tokens that the file refers to elsewhere.
  it('never shows the secrets of the request that is looked at', async () => {
    const secret = 'pa55word-that-was-typed';
    const { results } = await runApiChecks(
      {
        ...{ version: '0', clock: realClock, timeout: 60_000, signal: new AbortController().signal },
        fetch: () => Promise.resolve(new Response(`seen: ${secret}`, { status: 401 })),
        request: {
          method: 'POST',
          url: `https://api.example.com/${secret}`,
          headers: [['X-Page', secret]],
          body: `text ${secret}`,
          secrets: [secret],
        },
      },
      { id: 'a', name: 'A', clientId: 'c' },
      { items: planApiChecks(false, true).filter(({ check }) => check.id === 'resource.no-token') },
    );
    const shown = JSON.stringify(redactExchanges(results[0]?.evidence ?? []));
    assert.match(shown, /x-page/i);
    assert.ok(!shown.includes(secret), shown);
  });
});
