import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { fewerScopes } from '../../../src/core/checks/apiTarget.ts';
import { machineProfile } from '../../support/profiles.ts';
import { apiTokens } from '../../../src/core/checks/apiTokens.ts';
import type { TokenSet } from '../../../src/core/record/report.ts';
import type { DemoServers } from '../../../src/demo/demoServers.ts';
import { startOwnDemoServers } from '../../demo/demoServers.ts';
import { apiTrial } from './apiTrial.ts';
import { realClock } from './support.ts';

describe('the check of a token with fewer scopes, with those that a server grants', () => {
  let demo: DemoServers;
  before(async () => {
    demo = await startOwnDemoServers({ algorithm: 'ES256' });
  });
  after(() => demo.close());

  /** A token of the machine client; a server that grants all it may where none is asked for is played by `standard`. */
  async function ask(scopes: readonly string[], standard: readonly string[]): Promise<TokenSet> {
    const { clientId, clientSecret = '' } = demo.clients.machine;
    const scope = (scopes.length === 0 ? standard : scopes).join(' ');
    const response = await fetch(`${demo.issuer}/token`, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'client_credentials', resource: demo.api, scope }),
      headers: { authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` },
    });
    const { access_token: token } = (await response.json()) as {
      readonly access_token: string;
    };
    const times = {
      received_at: Date.now(),
      requested_scopes: scopes,
      extra: {},
    };
    return { access_token: token, token_type: 'Bearer', scope, ...times };
  }

  async function verdict(scopes: readonly string[], standard: readonly string[]) {
    const tokens = apiTokens({
      clock: realClock,
      good: () => ask(scopes, standard),
      narrow: { scopes, ask: (fewer) => ask(fewer, standard) },
    });
    const { results } = await apiTrial(demo, 'api', tokens);
    const found = results.find(({ id }) => id === 'resource.scope');
    return [found?.verdict, found?.meaning];
  }

  const both = ['orders.read', 'orders.write'];

  it('passes where no scope is granted unasked', async () => {
    assert.equal((await verdict(['orders.read'], []))[0], 'pass');
  });

  it('passes with all scopes but one where all are granted unasked', async () => {
    assert.equal((await verdict(both, both))[0], 'pass');
  });

  it('says nothing where the request may not need the scope that lacks', async () => {
    const [found, meaning] = await verdict([...both].reverse(), ['orders.read']);
    assert.equal(found, 'not_determined');
    assert.equal(meaning, 'A token without orders.write is taken, which this request may not need.');
  });

  it('says why there is none with fewer, and what to do', async () => {
    const nobody = () => Promise.reject(new Error('nobody is asked'));
    const silent = machineProfile({ scopes: ['orders.read'] });
    assert.ok(fewerScopes(silent, { anew: nobody, byRefresh: nobody }).narrow);
    const { whyNoFewer = '' } = fewerScopes({ ...silent, scopes: [] }, { anew: nobody, byRefresh: nobody });
    assert.match(whyNoFewer, /asks for no scopes.*name in it/);
    const tokens = apiTokens({
      clock: realClock,
      good: () => ask(['orders.read'], []),
      whyNoFewer,
    });
    const { results } = await apiTrial(demo, 'api', tokens);
    const found = results.find(({ id }) => id === 'resource.scope');
    assert.deepEqual([found?.verdict, found?.meaning], ['not_determined', whyNoFewer]);
  });

  it('says nothing where every token has every scope', async () => {
    assert.match(String((await verdict(['orders.read'], ['orders.read']))[1]), /grants all of them/);
  });
});
