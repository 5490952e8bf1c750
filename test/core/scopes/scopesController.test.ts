import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Profile } from '../../../src/core/profile/profile.ts';
import { ScopesController } from '../../../src/core/scopes/scopesController.ts';
import { readIntent } from '../../../src/shared/intents.ts';
import { scopesIntents } from '../../../src/shared/views/scopesView.ts';
import type { ScopesViewModel } from '../../../src/shared/views/scopesView.ts';
import { startStandIn } from '../../support/servers/standIn.ts';
import { startSalesforce } from '../../support/servers/salesforce.ts';
import { run } from '../diagnose/play.ts';
import { clientCredentials } from '../diagnose/support.ts';

async function page() {
  const app = {
    consumerKey: 'key',
    consumerSecret: 's3cr3t',
    selectedScopes: ['api', 'web'],
    runAsUser: 'u',
  };
  const server = await startSalesforce([app]);
  const profile = clientCredentials({
    ...{ issuer: server.origin, tokenEndpoint: `${server.origin}/services/oauth2/token`, clientId: 'key' },
    ...{ scopes: ['full'], clientAuthentication: 'client_secret_post' },
  });
  const drawn: ScopesViewModel[] = [];
  const saved: Profile[] = [];
  const controller = new ScopesController(profile, ['api', 'full', 'chatter'], {
    draw: (model) => void drawn.push(model),
    run: (one) => run('client_credentials', one),
    save: (changed) => Promise.resolve(saved.push(changed) > 0),
    getToken: () => undefined,
  });
  return { controller, drawn, saved, server, last: () => drawn.at(-1) };
}

describe('the scopes page', () => {
  it('says how many requests it will make before it makes any, and takes typed scopes in', async () => {
    const { controller, server, last } = await page();
    assert.deepEqual([last()?.state, last()?.requests, last()?.rows.length], ['plan', 4, 3]);
    await controller.handle({ type: 'add', scopes: 'web, web api' });
    await controller.handle({ type: 'remove', scope: 'chatter' });
    assert.deepEqual(
      last()?.rows.map(({ scope, inProfile }) => [scope, inProfile]),
      [
        ['full', true],
        ['web', false],
        ['api', false],
      ],
    );
    assert.equal(last()?.requests, 4);
    assert.equal(server.requests.length, 0);
    await server.close();
  });

  it('fills the matrix answer by answer and applies what was granted', async () => {
    const { controller, drawn, saved, server, last } = await page();
    await controller.handle({ type: 'add', scopes: 'web' });
    await controller.handle({ type: 'start' });
    assert.deepEqual(
      drawn.filter(({ state }) => state === 'running').map(({ asked }) => asked),
      [0, 1, 2, 3, 4, 5],
    );
    assert.deepEqual(
      last()?.rows.map(({ scope, alone, together }) => [scope, alone, together]),
      [
        ['full', 'refused', 'dropped'],
        ['web', 'granted', 'granted'],
        ['api', 'granted', 'granted'],
        ['chatter', 'refused', 'dropped'],
      ],
    );
    assert.deepEqual([last()?.state, last()?.granted], ['done', 2]);
    await controller.handle({ type: 'apply' });
    assert.deepEqual(saved[0]?.scopes, ['web', 'api']);
    assert.equal(last()?.notice?.text, 'The profile now asks for 2 scopes.');
    await server.close();
  });

  /** A server that grants `granted(asked)`, or refuses all. */
  async function judged(granted: (asked: readonly string[]) => readonly string[] | undefined) {
    const server = await startStandIn(({ body }) => {
      const asked = new URLSearchParams(body).get('scope')?.split(' ') ?? [];
      const scopes = granted(asked);
      return scopes === undefined
        ? { status: 400, body: { error: 'invalid_scope', error_description: 'Not these scopes.' } }
        : { status: 200, body: { access_token: 'opaque', token_type: 'Bearer', scope: scopes.join(' ') } };
    });
    const drawn: ScopesViewModel[] = [];
    const saved: Profile[] = [];
    const profile = clientCredentials({
      ...{ issuer: server.origin, tokenEndpoint: server.origin, scopes: ['a', 'b', 'c', 'd'] },
    });
    const controller = new ScopesController(profile, [], {
      draw: (model) => void drawn.push(model),
      run: (one) => run('client_credentials', one),
      save: (changed) => Promise.resolve(saved.push(changed) > 0),
      getToken: () => undefined,
    });
    await controller.handle({ type: 'start' });
    const found = drawn.at(-1);
    await controller.handle({ type: 'apply' });
    await server.close();
    return { found, last: drawn.at(-1), saved: saved.at(-1)?.scopes, requests: server.requests.length };
  }

  it('offers no scope that comes alone and is dropped beside others, and says so', async () => {
    const { found, saved } = await judged((asked) =>
      asked.length === 1 ? asked : asked.filter((scope) => scope === 'a' || scope === 'c'),
    );
    assert.deepEqual([found?.granted, found?.onlyAlone], [2, ['b', 'd']]);
    assert.deepEqual(saved, ['a', 'c']);
  });

  it('asks for those that were granted together once, where all together were refused, before it takes them', async () => {
    const { found, saved, requests } = await judged((asked) => {
      if (asked.includes('d')) return undefined;
      return asked.length === 1 ? asked : asked.filter((scope) => scope !== 'b');
    });
    assert.deepEqual([found?.granted, requests], [3, 6]);
    assert.deepEqual(saved, ['a', 'c']);
  });

  it('leaves the profile as it is where the server refuses them together', async () => {
    const { last, saved } = await judged((asked) => (asked.length === 1 ? asked : undefined));
    assert.equal(saved, undefined);
    assert.deepEqual([last?.notice?.done, last?.state], [false, 'done']);
    assert.match(last?.notice?.text ?? '', /refuses these scopes together: .*Not these scopes/);
  });

  it('cancels between two requests', async () => {
    const { controller, server, last } = await page();
    const started = controller.handle({ type: 'start' });
    await controller.handle({ type: 'cancel' });
    await started;
    assert.deepEqual([last()?.state, last()?.stopped], ['done', 'You cancelled it.']);
    await server.close();
  });

  it('takes only the messages it knows', () => {
    assert.deepEqual(readIntent(scopesIntents, { type: 'add', scopes: 'a' }), { type: 'add', scopes: 'a' });
    for (const message of [undefined, 1, {}, { type: 'add' }, { type: 'remove', scope: 1 }, { type: 'x' }])
      assert.equal(readIntent(scopesIntents, message), undefined);
  });
});
