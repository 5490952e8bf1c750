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

  // A gateway wants a name and a password of its own; `fetch` takes no URL with them.
  it('has the name and password of a URL in a header, and never shows them', async () => {
    const pair = Buffer.from('ada:pa55word').toString('base64');
    const { results } = await runApiChecks(
      {
        ...{ version: '0', clock: realClock, timeout: 60_000, signal: new AbortController().signal },
        fetch: (url, init) => {
          const isPlain = new Request(url, init).url === 'https://api.example.com/orders';
          const isSent = new Headers(init?.headers).get('authorization') === `Basic ${pair}`;
          return Promise.resolve(new Response('', { status: isPlain && isSent ? 200 : 401 }));
        },
        request: { method: 'GET', url: 'https://ada:pa55word@api.example.com/orders', headers: [] },
        tokens: { good: () => Promise.resolve(token) },
        header: tokenHeaderOf({ tokenHeader: 'X-Account' }),
      },
      { id: 'a', name: 'A', clientId: 'c' },
      { items: planApiChecks(false, true).filter(({ check }) => check.id === 'resource.good-token') },
    );
    assert.equal(results[0]?.verdict, 'pass');
    const shown = JSON.stringify(redactExchanges(results[0].evidence));
    assert.ok(!shown.includes('pa55word') && !shown.includes(pair), shown);
  });
});
