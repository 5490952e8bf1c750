import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { importText } from '../../../src/core/import/importText.ts';
import { planImport, type ReadyImport } from '../../../src/core/import/importPlan.ts';
import { parseProfile } from '../../../src/core/profile/parseProfile.ts';
import type { Profile } from '../../../src/core/profile/profile.ts';
import { json } from './planned.ts';

const entry = {
  name: 'Orders',
  grant: 'client_credentials',
  tokenEndpoint: 'https://orders.dev/token',
  clientId: 'id-orders',
};

function profileOf(fields: Readonly<Record<string, unknown>> = {}): Profile {
  const read = parseProfile({ ...entry, id: 'orders', ...fields });
  assert.ok('profile' in read);
  return read.profile;
}

/** What importing settings would do beside profiles that are there. */
function beside(
  there: Profile | readonly Profile[],
  ...settings: readonly Readonly<Record<string, unknown>>[]
) {
  const profiles = [there].flat();
  return planImport(
    importText(json({ profiles: settings.map((one) => ({ ...entry, ...one })) })),
    profiles.map(({ id }) => id),
    { names: profiles.map(({ name }) => name), profiles },
  ).map((one): ReadyImport => {
    assert.ok(one.kind === 'ready', json(one));
    return one;
  });
}

const clientOf = (secret = '', own: Readonly<Record<string, unknown>> = {}) =>
  planImport(
    importText(`CLIENT_ID=id-orders\n${secret}TOKEN_URL=https://orders.dev/token\nSCOPE=read\n`),
    ['orders'],
    { names: ['orders.dev'], profiles: [profileOf({ name: 'orders.dev', audience: 'mine', ...own })] },
  );

describe('a profile that is there', () => {
  it('is updated with what was found, and keeps its id, its name and what the import says nothing of', () => {
    const [one] = beside(profileOf({ audience: 'mine' }), { name: 'Found', scopes: ['read'] });
    assert.deepEqual(one?.update?.fields, ['scopes']);
    const { id, name, scopes, audience } = one.update.profile;
    assert.deepEqual([id, name, scopes, audience], ['orders', 'Orders', ['read'], 'mine']);
    // Kept beside it, the found one has an id and a name of its own.
    assert.deepEqual([one.profile.id, one.profile.name], ['found', 'Found']);
  });

  it('is the same one: nothing changes', () => {
    assert.deepEqual(beside(profileOf(), {})[0]?.update?.fields, []);
  });

  it('keeps how its client proves itself where the file holds no secret', () => {
    const [open] = clientOf();
    assert.ok(open?.kind === 'ready');
    assert.deepEqual(open.update?.fields, ['scopes']);
    assert.equal(open.update.profile.clientAuthentication, 'client_secret_basic');
    const [proven] = clientOf('CLIENT_SECRET=s3cr3t\n');
    assert.equal(
      proven?.kind === 'ready' && proven.update?.profile.clientAuthentication,
      'client_secret_basic',
    );
  });

  it('keeps how its client shows a secret where the file does not say how', () => {
    for (const [own, text, expected] of [
      ['client_secret_post', '', 'client_secret_post'],
      ['client_secret_jwt', '', 'client_secret_jwt'],
      ['private_key_jwt', '', 'client_secret_basic'],
      ['client_secret_post', 'TOKEN_ENDPOINT_AUTH_METHOD=client_secret_basic\n', 'client_secret_basic'],
    ] as const) {
      const [one] = clientOf(`CLIENT_SECRET=s3cr3t\n${text}`, { clientAuthentication: own });
      assert.ok(one?.kind === 'ready', `${own} ${text} ${json(one)}`);
      assert.equal(one.update?.profile.clientAuthentication, expected, `${own} ${text}`);
    }
  });

  it('with variables stays that of its environment', () => {
    const [one] = beside(
      { ...profileOf({ name: 'Orders (dev)' }), environment: 'dev' },
      { scopes: ['read'] },
    );
    assert.deepEqual(one?.update?.fields, ['scopes']);
    assert.deepEqual([one.update.profile.environment, one.update.profile.name], ['dev', 'Orders (dev)']);
    // Kept beside it, the found one has no variables.
    assert.equal(one.profile.environment, undefined);
  });

  it('is the one that agrees best, of several for the same client', () => {
    const there = [
      profileOf({ scopes: ['read'] }),
      profileOf({ id: 'write', name: 'Writes', scopes: ['write'] }),
      profileOf({ id: 'admin', name: 'Admin', scopes: ['write', 'admin'], audience: 'admin' }),
    ];
    const updated = (settings: Readonly<Record<string, unknown>>) => {
      const [one] = beside(there, settings);
      return one?.update && [one.update.profile.id, ...one.update.fields];
    };
    assert.deepEqual(updated({ scopes: ['write'] }), ['write']);
    assert.deepEqual(updated({ scopes: ['read'], audience: 'mine' }), ['orders', 'audience']);
    // As near to one as to another: the name tells, else nobody can.
    assert.deepEqual(updated({ name: 'writes', scopes: ['other'] }), ['write', 'scopes']);
    assert.equal(updated({ name: 'Found', scopes: ['other'] }), undefined);
    // Where none of them changes, there is only the client's secret to take.
    assert.deepEqual(updated({}), ['orders']);
  });

  it('is updated by one of several that are found, and the others stand beside it', () => {
    const [far, near] = beside(
      profileOf({ audience: 'mine' }),
      { scopes: ['read'], audience: 'other' },
      { scopes: ['read'] },
    );
    assert.deepEqual([far?.update, near?.update?.fields], [undefined, ['scopes']]);
  });

  it('is at the same server, however its address is spelled, and keeps its spelling', () => {
    for (const [own, found] of [
      ['https://orders.dev', 'https://orders.dev/'],
      ['https://orders.dev/token/', 'https://orders.dev/token'],
      ['https://orders.dev/token', 'https://ORDERS.dev:443/token'],
    ]) {
      const [one] = beside(profileOf({ tokenEndpoint: own }), { tokenEndpoint: found, scopes: ['read'] });
      assert.deepEqual([one?.update?.fields, one?.update?.profile.tokenEndpoint], [['scopes'], own]);
    }
    for (const found of [
      'https://orders.dev/Token',
      'https://orders.dev/token?a',
      'https://orders.dev:1/token',
    ])
      assert.equal(beside(profileOf(), { tokenEndpoint: found })[0]?.update, undefined, found);
  });

  it('is another one at another server, for another client, or by another grant', () => {
    for (const other of [
      { tokenEndpoint: 'https://billing.dev/token' },
      { clientId: 'id-billing' },
      { grant: 'refresh_token' },
      { tokenEndpoint: undefined, issuer: 'https://orders.dev' },
    ])
      assert.equal(beside(profileOf(), other)[0]?.update, undefined, json(other));
  });
});

describe('a name that another profile has', () => {
  it('is told from it by the server, and by a number where that is the same', () => {
    const found = beside(
      profileOf(),
      { name: 'orders', tokenEndpoint: 'https://billing.dev/token' },
      { name: 'Orders', tokenEndpoint: 'https://billing.dev/token', clientId: 'other' },
      { name: 'Orders', tokenEndpoint: 'https://billing.dev/token', clientId: 'third' },
      { name: 'Free' },
    );
    assert.deepEqual(
      found.map(({ profile }) => profile.name),
      ['orders (billing.dev)', 'Orders (2)', 'Orders (3)', 'Free'],
    );
  });

  it('stays within the longest that a name may be', () => {
    const [one, two] = beside(
      profileOf(),
      { name: 'a'.repeat(100) },
      { name: 'a'.repeat(100), clientId: 'b', tokenEndpoint: `https://${'b'.repeat(60)}.dev/token` },
    );
    assert.equal(one?.profile.name.length, 100);
    assert.ok(two && two.profile.name.length <= 100 && two.profile.name !== one.profile.name);
  });
});
