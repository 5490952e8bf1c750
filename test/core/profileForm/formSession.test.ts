import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FailureError } from '../../../src/core/record/failure.ts';
import { ProfileFormSession } from '../../../src/core/profileForm/formSession.ts';
import type { Profile, SecretPlace } from '../../../src/core/profile/profile.ts';
import { openForm } from '../../../src/core/profileForm/state.ts';
import type { ServerFacts } from '../../../src/core/profileForm/serverFacts.ts';
import { ProfileFormHost } from '../../support/profileFormHost.ts';
import { machineProfile } from '../../support/profiles.ts';
import { formValues } from '../../support/formValues.ts';
import { testCatalogue } from '../../support/providers.ts';

const issuer = 'https://as.example.com';
const facts: ServerFacts = {
  document: `${issuer}/x`,
  kind: 'oauth',
  issuer,
  tokenEndpoint: `${issuer}/token`,
};

function start(existing = false) {
  const host = new ProfileFormHost({ catalogue: testCatalogue });
  host.servers.set(issuer, facts);
  const profile = machineProfile();
  if (existing) host.ids = [profile.id];
  const opened = existing ? ({ profile, target: 'user' } as const) : undefined;
  const session = new ProfileFormSession(host, openForm(host.context(), opened));
  let edit = 0;
  const type = (field: string, value: string) => session.handle({ edit: ++edit, type: 'text', field, value });
  const form = () => {
    const drawn = host.models.at(-1)?.form;
    return drawn && formValues(drawn);
  };
  return { host, session, type, form };
}

/** Lets promises that are due settle. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

async function fresh() {
  const started = start();
  await started.session.handle({ type: 'provider', id: 'generic' });
  return started;
}

async function complete() {
  const started = await fresh();
  await started.type('name', 'Orders');
  await started.type('clientId', 'orders');
  await started.type('issuer', issuer);
  return started;
}

describe('looking up the server', () => {
  it('waits until typing stops, and asks once', async () => {
    const { host, type, form } = await fresh();
    for (const end of ['c', 'co', 'com']) {
      await type('issuer', `https://as.example.${end}`);
      host.clock.advance(300);
    }
    assert.deepEqual(host.discovered, []);
    host.clock.advance(700);
    await settled();
    assert.deepEqual(host.discovered, [issuer]);
    assert.equal(form()?.discovery.kind, 'found');
  });

  it('asks nothing of what is no usable address', async () => {
    const { host, type } = await fresh();
    for (const text of [
      'as.example.com',
      'http://as.example.com',
      'https://',
      'https://u:p@as.example.com',
    ]) {
      await type('issuer', text);
      host.clock.advance(1000);
      await settled();
    }
    assert.deepEqual(host.discovered, []);
  });

  it('asks at once for a profile that is opened', async () => {
    const { host } = start(true);
    await settled();
    assert.deepEqual(host.discovered, [issuer]);
  });

  it('can be cancelled, tried again, and ends when the form is closed', async () => {
    const { host, session, type, form } = await fresh();
    await type('issuer', 'https://silent.example.com');
    host.clock.advance(1000);
    await settled();
    assert.equal(form()?.discovery.kind, 'running');
    await session.handle({ type: 'cancelDiscovery' });
    await settled();
    assert.equal(form()?.discovery.kind, 'idle');
    void session.handle({ type: 'discover' });
    await settled();
    assert.equal(form()?.discovery.kind, 'running');
    const shown = host.models.length;
    session.close();
    await settled();
    assert.equal(host.models.length, shown);
  });

  it('says why it failed and what to do, and offers to look at a local certificate', async () => {
    const { host, type, form } = await fresh();
    const failure = (local: string) =>
      new FailureError({
        ...{ kind: 'tls', step: 'discovery', code: 'DEPTH_ZERO_SELF_SIGNED_CERT', host: local },
        message: 'Its certificate is not trusted.',
        advice: 'Trust it.',
      });
    host.servers.set('https://localhost:5001', failure('localhost'));
    host.servers.set('https://far.example.com', failure('far.example.com'));
    const failed = async (address: string) => {
      await type('issuer', address);
      host.clock.advance(1000);
      await settled();
      return form()?.discovery;
    };
    const texts = { kind: 'failed', text: 'Its certificate is not trusted.', advice: 'Trust it.' };
    assert.deepEqual(await failed('https://far.example.com'), { ...texts, certificate: false });
    assert.deepEqual(await failed('https://localhost:5001'), { ...texts, certificate: true });
  });
});

describe('metadata that names the issuer otherwise', () => {
  it('leads to the spelling the server uses with one press', async () => {
    const { host, type, form } = await fresh();
    const received = 'https://tenant.example.com/';
    host.servers.set(
      'https://tenant.example.com',
      new FailureError({
        ...{ kind: 'issuer_mismatch', step: 'discovery', expected: 'https://tenant.example.com', received },
        message: 'It is that of another issuer.',
        advice: 'Set the issuer.',
      }),
    );
    await type('issuer', 'https://tenant.example.com/.well-known/openid-configuration');
    host.clock.advance(1000);
    await settled();
    assert.equal(form()?.discovery.kind, 'failed');
    assert.equal(form()?.text.issuer.fix?.value, received);
  });
});

describe('metadata of an issuer that leads nowhere', () => {
  const base = 'https://tenant.example.com';
  const named = (endpoints: Record<string, string>) =>
    new FailureError({
      ...{ kind: 'issuer_mismatch', step: 'discovery', expected: base, received: 'https://inner.example' },
      ...{ message: 'It is that of another issuer.', advice: 'Type the endpoints.', endpoints },
    });

  it('lends its endpoints to the form with one press, and the issuer is left out', async () => {
    const { host, session, type, form } = await fresh();
    const endpoints = {
      token_endpoint: `${base}/token`,
      authorization_endpoint: 'https://other.example/authorize',
      jwks_uri: 'https://keys.example/jwks',
    };
    host.servers.set(base, named(endpoints));
    await type('issuer', base);
    host.clock.advance(1000);
    await settled();
    const { discovery } = form() ?? {};
    assert.ok(discovery?.kind === 'failed' && discovery.endpoints === true);
    assert.equal(form()?.text.issuer.fix, undefined, 'an issuer of another host is never offered');
    await session.handle({ type: 'useEndpoints' });
    await settled();
    assert.equal(form()?.text.issuer.value, '');
    assert.equal(form()?.text.tokenEndpoint.value, `${base}/token`);
    assert.equal(form()?.discovery.kind, 'idle');
    const draft = session.close();
    assert.deepEqual(
      [draft?.jwksUri, draft?.authorizationEndpoint],
      ['https://keys.example/jwks', null],
      'an endpoint of another server stays out',
    );
  });

  it('offers nothing where there is no token endpoint, and the press then does nothing', async () => {
    const { host, session, type, form } = await fresh();
    host.servers.set(base, named({ jwks_uri: `${base}/jwks` }));
    await type('issuer', base);
    host.clock.advance(1000);
    await settled();
    const { discovery } = form() ?? {};
    assert.ok(discovery?.kind === 'failed' && discovery.endpoints === undefined);
    await session.handle({ type: 'useEndpoints' });
    assert.equal(form()?.text.issuer.value, base);
  });
});

describe('the secret', () => {
  it('of a new profile waits for it to be saved', async () => {
    const { host, session, form } = await complete();
    host.secretTyped = 's3cret';
    await session.handle({ type: 'setSecret' });
    assert.deepEqual(host.asked, [{ name: 'Orders', origin: issuer }]);
    assert.equal(host.secrets.size, 0);
    await session.handle({ type: 'save' });
    assert.deepEqual([...host.secrets], [[`orders@${issuer}`, 's3cret']]);
    await settled();
    assert.equal(form()?.secret.kind, 'stored');
  });

  it('typed for one server is never stored for another', async () => {
    const { host, session, type } = await complete();
    host.secretTyped = 's3cret';
    await session.handle({ type: 'setSecret' });
    await type('issuer', 'https://other.example.com');
    await session.handle({ type: 'save' });
    assert.equal(host.saved.length, 1);
    assert.equal(host.secrets.size, 0);
  });

  it('of a saved profile is stored at once', async () => {
    const { host, session } = start(true);
    host.secretTyped = 'new';
    await session.handle({ type: 'setSecret' });
    assert.deepEqual([...host.secrets], [[`machine@${issuer}`, 'new']]);
  });

  it('that is stored or removed elsewhere is seen by the form that shows it, and by no other', async () => {
    const { host, session, form } = start(true);
    await settled();
    assert.equal(form()?.secret.kind, 'none');
    host.secrets.set(`machine@${issuer}`, 'typed in the tree');
    await session.secretChanged({ id: 'machine', origin: 'https://other.example.com' });
    await session.secretChanged({ id: 'another', origin: issuer });
    assert.equal(form()?.secret.kind, 'none');
    await session.secretChanged({ id: 'machine', origin: issuer });
    assert.equal(form()?.secret.kind, 'stored');
    host.secrets.clear();
    await session.secretChanged({ id: 'machine', origin: issuer });
    assert.equal(form()?.secret.kind, 'none');
  });

  it('is bound to every endpoint that is typed and gets it, without those of other grants', async () => {
    const { host, session, type } = await complete();
    await session.handle({ type: 'choose', field: 'grant', value: 'authorization_code', edit: 90 });
    await type('pushedAuthorizationRequestEndpoint', `${issuer}/par`);
    await type('deviceAuthorizationEndpoint', `${issuer}/device`);
    host.secretTyped = 's3cret';
    await session.handle({ type: 'setSecret' });
    const places: SecretPlace[] = [];
    host.storeSecret = (place) => Promise.resolve(void places.push(place));
    await session.handle({ type: 'save' });
    assert.deepEqual(
      places.map(({ others }) => others),
      [[`${issuer}/par`]],
    );
  });

  it('is bound to what the user was told, not to what the server was found to name since', async () => {
    const { host, session, form } = await complete();
    host.secretTyped = 's3cret';
    await session.handle({ type: 'setSecret' });
    const [tokenEndpoint, par] = ['https://tokens.example.net/token', 'https://par.example.net/par'];
    const document = `${issuer}/.well-known/openid-configuration`;
    host.servers.set(issuer, { document, kind: 'openid', issuer, tokenEndpoint, secretEndpoints: [par] });
    host.clock.advance(2000);
    await settled();
    assert.equal(form()?.discovery.kind, 'found');
    const places: SecretPlace[] = [];
    host.storeSecret = (place) => Promise.resolve(void places.push(place));
    await session.handle({ type: 'save' });
    assert.deepEqual(places, [{ id: 'orders', origin: issuer, standing: 'user', issuer }]);
  });

  it('stays as it is when the password box is left', async () => {
    const { host, session, form } = await complete();
    await session.handle({ type: 'setSecret' });
    assert.equal(host.secrets.size, 0);
    assert.equal(form()?.secret.kind, 'none');
  });
});

const locked = new FailureError({
  ...{ kind: 'vault', step: 'secret', code: 'failed' },
  message: 'The system keychain could not store an entry.',
  advice: 'Unlock it.',
});

describe('a keychain that fails', () => {
  it('on the first save is said; the profile is there once, and saving again keeps the secret', async () => {
    const { host, session, form } = await complete();
    host.secretTyped = 's3cret';
    await session.handle({ type: 'setSecret' });
    const { storeSecret } = host;
    host.storeSecret = () => Promise.reject(locked);
    await session.handle({ type: 'saveAndGetToken' });
    assert.deepEqual(host.tokensFor, []);
    assert.deepEqual(
      [form()?.save.text, form()?.save.tone],
      [
        'Saved; the secret could not be kept: The system keychain could not store an entry. Unlock it.',
        'problem',
      ],
    );
    assert.equal(form()?.secret.kind, 'typed');
    host.storeSecret = storeSecret;
    await session.handle({ type: 'save' });
    assert.deepEqual(
      host.saved.map(({ profile }) => profile.id),
      ['orders', 'orders'],
    );
    assert.deepEqual([...host.secrets], [[`orders@${issuer}`, 's3cret']]);
    assert.deepEqual([form()?.save.tone, form()?.secret.kind], ['good', 'stored']);
  });

  it('for a saved profile is said', async () => {
    const { host, session, form } = start(true);
    host.secretTyped = 'new';
    host.storeSecret = () => Promise.reject(locked);
    await session.handle({ type: 'setSecret' });
    assert.equal(
      form()?.save.text,
      'The secret could not be kept: The system keychain could not store an entry. Unlock it.',
    );
  });
});

describe('settings that change outside', () => {
  const renamed = machineProfile({ name: 'Renamed', scopes: ['a'] });
  const entry = (profile: Profile) => ({ kind: 'profile', profile, target: 'user' }) as const;

  it('are followed by a form without changes', () => {
    const { host, session, form } = start(true);
    host.entries.set('machine', entry(renamed));
    session.refresh();
    assert.deepEqual(
      [host.models.at(-1)?.heading, form()?.text.name.value, form()?.list.scopes.items],
      ['Renamed', 'Renamed', [{ value: 'a' }]],
    );
    assert.equal(host.models.at(-1)?.outside, undefined);
    assert.equal(session.close(), undefined);
  });

  it('are told by a form with changes, which keeps them until it is reloaded', async () => {
    const { host, session, type, form } = start(true);
    await type('clientId', 'typed');
    host.entries.set('machine', entry(renamed));
    session.refresh();
    assert.equal(form()?.text.clientId.value, 'typed');
    assert.equal(form()?.text.name.value, 'Machine');
    assert.deepEqual(host.models.at(-1)?.outside, {
      text: 'This profile was changed in the settings. Saving replaces that by what is here.',
      reload: true,
    });
    await session.handle({ type: 'reload' });
    assert.deepEqual([form()?.text.clientId.value, form()?.text.name.value], ['machine-client', 'Renamed']);
    assert.equal(host.models.at(-1)?.outside, undefined);
  });

  it('that come back to what the form began with are no news', async () => {
    const { host, session, type } = start(true);
    await type('clientId', 'typed');
    host.entries.set('machine', entry(renamed));
    session.refresh();
    host.entries.set('machine', entry(machineProfile()));
    session.refresh();
    assert.equal(host.models.at(-1)?.outside, undefined);
  });

  it('without the profile close its form, unless that holds changes', async () => {
    const untouched = start(true);
    untouched.session.refresh();
    assert.equal(untouched.host.ended, 1);
    const { host, session, type } = start(true);
    await type('clientId', 'typed');
    session.refresh();
    assert.equal(host.ended, 0);
    assert.equal(
      host.models.at(-1)?.outside?.text,
      'This profile was removed from the settings. Saving adds it again.',
    );
    await session.handle({ type: 'save' });
    assert.equal(host.models.at(-1)?.outside, undefined);
  });

  it('with an entry that cannot be read leave the form open and say so', () => {
    const { host, session } = start(true);
    host.entries.set('machine', { kind: 'unreadable' });
    session.refresh();
    assert.equal(host.ended, 0);
    assert.match(host.models.at(-1)?.outside?.text ?? '', /has a problem now/);
  });

  it('by the form’s own saving are not taken for news', async () => {
    const { host, session } = await complete();
    const { saveProfile } = host;
    host.saveProfile = async (profile, target) => {
      await saveProfile(profile, target);
      session.refresh();
      host.entries.set(profile.id, { kind: 'profile', profile, target });
      session.refresh();
    };
    await session.handle({ type: 'save' });
    session.refresh();
    assert.deepEqual([host.ended, host.models.at(-1)?.outside], [0, undefined]);
    assert.equal(host.models.at(-1)?.form?.save.tone, 'good');
  });
});

describe('saving', () => {
  it('does nothing while something is wrong', async () => {
    const { host, session } = await fresh();
    await session.handle({ type: 'saveAndGetToken' });
    assert.deepEqual([host.saved, host.tokensFor], [[], []]);
  });

  it('gets a token when that was asked for, and makes the form that profile’s', async () => {
    const { host, session } = await complete();
    await session.handle({ type: 'saveAndGetToken' });
    assert.deepEqual(host.tokensFor, ['orders']);
    assert.equal(session.state.original?.id, 'orders');
    assert.equal(session.close(), undefined);
  });

  it('says why it failed, and loses nothing', async () => {
    const { host, session, form } = await complete();
    host.saveProfile = () => Promise.reject(new Error('The disk is full.'));
    await session.handle({ type: 'save' });
    assert.deepEqual([form()?.save.text, form()?.save.tone], ['The disk is full.', 'problem']);
    assert.equal(session.close()?.name, 'Orders');
  });
});

describe('what comes from the view', () => {
  it('is ignored when it is no intent of this form', async () => {
    const { host, session } = await complete();
    const before = session.state;
    for (const message of [
      undefined,
      null,
      'save',
      {},
      { type: 'saving' },
      { type: 'savedAs', profile: machineProfile() },
      { type: 'secretTyped', origin: issuer },
      { edit: 9, type: 'text', field: 'grant', value: 'x' },
      { edit: 9, type: 'text', field: '__proto__', value: 'x' },
      { edit: -1, type: 'text', field: 'name', value: 'x' },
      { edit: 9, type: 'choose', field: 'grant' },
      { edit: 9, type: 'pair', field: 'tokenParameters', index: 0, part: 'other', value: 'x' },
    ])
      await session.handle(message);
    assert.equal(session.state, before);
    assert.deepEqual(host.saved, []);
  });
});
