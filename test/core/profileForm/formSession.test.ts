import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FailureError } from '../../../src/core/flow/failure.ts';
import { ProfileFormSession } from '../../../src/core/profileForm/formSession.ts';
import { openForm } from '../../../src/core/profileForm/state.ts';
import type { ServerFacts } from '../../../src/core/profileForm/serverFacts.ts';
import { ProfileFormHost } from '../../support/profileFormHost.ts';
import { machineProfile } from '../../support/profiles.ts';
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
  const form = () => host.models.at(-1)?.form;
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

  it('stays as it is when the password box is left', async () => {
    const { host, session, form } = await complete();
    await session.handle({ type: 'setSecret' });
    assert.equal(host.secrets.size, 0);
    assert.equal(form()?.secret.kind, 'none');
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
