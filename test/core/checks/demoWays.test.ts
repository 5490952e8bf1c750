import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { checks } from '../../../src/core/checks/all.ts';
import { planChecks } from '../../../src/core/checks/plan.ts';
import { parseProfile } from '../../../src/core/profile/parseProfile.ts';
import type { DemoClient } from '../../../src/demo/clients.ts';
import type { DemoServers } from '../../../src/demo/demoServers.ts';
import { demoProfile } from '../../../src/demo/workspace.ts';
import { startOwnDemoServers } from '../../demo/demoServers.ts';
import { noAssertion, noTls, pushedServerOf, trial } from './support.ts';

describe('the checks of the demo’s clients that have a key', () => {
  let demo: DemoServers;
  before(async () => {
    demo = await startOwnDemoServers();
  });
  after(() => demo.close());

  /** What the checks find, with everything that the profile of the client has. */
  async function found(client: DemoClient, wanted: (id: string) => boolean, faults: readonly string[] = []) {
    demo.setFaults([...faults]);
    const parsed = parseProfile({
      ...demoProfile(demo.issuer, client),
      fapi2: client.grant !== 'client_credentials',
    });
    assert.ok('profile' in parsed, JSON.stringify(parsed));
    const change = parsed.profile;
    const chosen = planChecks({ profile: change, hasOtherClient: false }).filter((item) => item.chosen);
    const { results } = await trial({
      ...{ issuer: demo.issuer, client, change },
      checks: checks.filter(({ id }) => wanted(id) && chosen.some(({ check }) => check.id === id)),
      context: { server: pushedServerOf(demo.issuer), secret: () => Promise.resolve(client.key) },
    });
    return Object.fromEntries(results.map(({ id, verdict }) => [id, verdict]));
  }

  it('find each fault of its server with the assertions of a private key', async () => {
    const ids = Object.keys(noAssertion);
    const isOne = (id: string) => ids.includes(id);
    const right = Object.fromEntries(ids.map((id) => [id, 'pass']));
    assert.deepEqual(await found(demo.clients.keyed, isOne), right);
    for (const [fault, id, verdict] of [
      ['assertion-unsigned-accepted', 'unsigned', 'fail'],
      ['assertion-key-ignored', 'other-key', 'fail'],
      ['assertion-for-anybody', 'audience', 'fail'],
      ['assertion-expiry-ignored', 'expired', 'fail'],
      ['assertion-replay-accepted', 'replayed', 'weakness'],
    ] as const)
      assert.deepEqual(await found(demo.clients.keyed, isOne, [fault]), {
        ...right,
        [`client.assertion-${id}`]: verdict,
      });
  });

  it('leave nothing undetermined but what is reviewed here where the profile asks for authorization details, too', async () => {
    const verdicts = await found(demo.clients.bound, () => true);
    assert.deepEqual(
      Object.fromEntries(Object.entries(verdicts).filter(([, verdict]) => verdict !== 'pass')),
      {
        ...noTls,
        // A signed request is a JSON object, in which nothing stands twice.
        'redirect.sent-twice': 'not_applicable',
        // Right: what is wrong is refused where it is handed in, without a page.
        'response.error-reflection': 'not_determined',
        // As FAPI 2.0 section 5.3.2.1 asks, the refresh tokens of this client do not rotate.
        ...{ 'refresh.reuse': 'not_applicable', 'refresh.family-revoked': 'not_applicable' },
        'refresh.concurrent': 'not_applicable',
      },
    );
    for (const id of ['par.used-twice', 'dpop.bearer', 'fapi.par-required'])
      assert.equal(verdicts[id], 'pass');
    const bearer = (id: string) => id === 'dpop.bearer';
    assert.deepEqual(await found(demo.clients.bound, bearer, ['bound-as-bearer']), { 'dpop.bearer': 'fail' });
  });
});
