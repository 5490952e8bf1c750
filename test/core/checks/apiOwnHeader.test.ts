import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Fetch } from '../../../src/core/ports.ts';
import { tokenHeaderOf } from '../../../src/core/profile/tokenHeader.ts';
import type { DemoServers } from '../../../src/demo/demoServers.ts';
import { startOwnDemoServers } from '../../demo/demoServers.ts';
import { apiTrial } from './apiTrial.ts';

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
});
