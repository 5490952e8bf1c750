import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import { FailureError, type Failure } from '../../src/core/record/failure.ts';
import { SplitVault } from '../../src/core/vault/splitVault.ts';
import { Keychain, loadKeychain, type NativeKeychain } from '../../src/adapters/keychain.ts';
import { SessionVault } from '../../src/host/sessionVault.ts';
import { test } from './suite.ts';

const run = promisify(execFile);
const account = 'in-host@https://as.example.com';

function load(): NativeKeychain {
  const { extensionPath } = vscode.extensions.getExtension('oauth-explorer.oauth-explorer') ?? {};
  return loadKeychain(join(extensionPath ?? '', 'dist', 'keytar.node'));
}

/** What another program finds in the keychain (Linux: `secret-tool`); `undefined` when there is nothing. */
async function outside(name: string): Promise<string | undefined> {
  if (process.platform !== 'linux') return (await load().getPassword('oauth-explorer', name)) ?? undefined;
  const lookup = run('secret-tool', ['lookup', 'service', 'oauth-explorer', 'account', name]);
  return lookup.then(
    ({ stdout }) => stdout,
    () => undefined,
  );
}

async function failure(promise: Promise<unknown>): Promise<Failure> {
  try {
    await promise;
  } catch (thrown) {
    assert.ok(thrown instanceof FailureError, String(thrown));
    return thrown.failure;
  }
  throw new assert.AssertionError({ message: 'It did not fail.' });
}

/** A session's services that are not the keychain: kept from one `open` to the next, as the extension's state is. */
function machine() {
  const secrets = new Map<string, string>();
  const state = new Map<string, unknown>();
  const said: string[] = [];
  const logged: string[] = [];
  const open = (loadNative: () => NativeKeychain) =>
    new SessionVault({
      load: loadNative,
      secrets: {
        get: (key) => Promise.resolve(secrets.get(key)),
        store: (key, value) => Promise.resolve(void secrets.set(key, value)),
        delete: (key) => Promise.resolve(void secrets.delete(key)),
      },
      state: {
        get: (key: string) => state.get(key) as never,
        update: (key: string, value: unknown) => Promise.resolve(void state.set(key, value)),
      },
      alone: (act) => act(),
      log: (line) => void logged.push(line),
      tell: (sentence) => void said.push(sentence),
    });
  return { open, secrets, state, said, logged };
}

const unanswered: NativeKeychain = {
  getPassword: () => new Promise(() => undefined),
  setPassword: () => new Promise(() => undefined),
  deletePassword: () => new Promise(() => undefined),
};

test('a secret lies in the system keychain where other programs find it as it was typed', async () => {
  const keychain = new Keychain(load());
  await keychain.set(account, 'pässwörd "with" \\ 漢字');
  assert.equal(await outside(account), 'pässwörd "with" \\ 漢字');
  assert.equal(await keychain.get(account), 'pässwörd "with" \\ 漢字');
  await keychain.delete(account);
  await keychain.delete(account);
  assert.equal(await outside(account), undefined);
  assert.equal(await keychain.get(account), undefined);
});

test('64 KiB round-trip in the system keychain, in parts, and leave nothing when deleted', async () => {
  const vault = new SplitVault(new Keychain(load()));
  const value = 'ä😀x'.repeat(65_536 / 7);
  await vault.set(account, value);
  assert.equal(await vault.get(account), value);
  const [, name = ''] = /^oauth-explorer-parts:1:([\w-]+):/.exec((await outside(account)) ?? '') ?? [];
  const accounts = [account, `${account}/part/${name.charAt(0)}`, `${account}/part/${name}/0`];
  for (const one of accounts) assert.notEqual(await outside(one), undefined, one);
  await vault.delete(account);
  for (const one of accounts) assert.equal(await outside(one), undefined, one);
});

test('a keychain call that hangs is given up, and no other is made until it ends', async () => {
  let end: () => void = () => undefined;
  let calls = 0;
  const native: NativeKeychain = {
    ...unanswered,
    getPassword: () => {
      calls++;
      return calls > 1 ? Promise.resolve('value') : new Promise((resolve) => (end = () => resolve('late')));
    },
  };
  const keychain = new Keychain(native, 50);
  const failed = await failure(keychain.get(account));
  assert.deepEqual([failed.kind, failed.kind === 'vault' && failed.code], ['vault', 'timeout']);
  assert.match(failed.message, /did not answer within/);
  await failure(keychain.get(account));
  assert.equal(calls, 1);
  end();
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(await keychain.get(account), 'value');
});

test('the accounts of a keychain are listed without their values, and none where it has no list', async () => {
  const native = {
    ...unanswered,
    findCredentials: () => Promise.resolve([{ account: 'a', password: 'hunter2' }, { account: 'a/part/a' }]),
  };
  assert.deepEqual(await new Keychain(native).accounts(), ['a', 'a/part/a']);
  assert.deepEqual(await new Keychain(unanswered).accounts(), []);
});

test('a keychain that refuses is quoted, with what to do', async () => {
  const native = {
    ...unanswered,
    setPassword: () => Promise.reject(new Error('Cannot create an item\nin a locked collection')),
  };
  const { message, advice, kind } = await failure(new Keychain(native).set(account, 'hunter2-s3cret'));
  assert.equal(kind, 'vault');
  assert.equal(
    message,
    'The system keychain could not store an entry: it says “Cannot create an item�in a locked collection”.',
  );
  assert.match(advice, /unlocked/);
});

test('a session uses the system keychain when it answers, and says so in the log only', async () => {
  const { open, said, logged, secrets } = machine();
  const vault = open(load);
  await vault.set(account, 'kept');
  assert.equal(await outside(account), 'kept');
  assert.equal(await outside('probe'), undefined);
  await vault.delete(account);
  assert.deepEqual(said, []);
  assert.deepEqual(logged, [
    'Secrets and tokens are kept in the system keychain, under the service oauth-explorer.',
  ]);
  assert.equal(secrets.size, 0);
});

test('without a keychain a session uses VS Code’s secret storage and tells why once, over all sessions', async () => {
  const { open, said, logged, secrets } = machine();
  const missing = () => {
    throw new Error('libsecret-1.so.0: cannot open shared object file');
  };
  const vault = open(missing);
  await Promise.all([vault.set('a', '1'), vault.set('b', '2')]);
  assert.equal(await vault.get('a'), '1');
  assert.deepEqual(
    [...secrets],
    [
      ['a', '1'],
      ['b', '2'],
    ],
  );
  await open(missing).get('a');
  assert.deepEqual(said, [
    'The system keychain’s library could not be loaded (“libsecret-1.so.0: cannot open shared object file”). ' +
      'Client secrets and tokens are kept in VS Code’s own secret storage instead.',
  ]);
  assert.deepEqual(logged, [said[0], said[0]]);
});

test('a locked keychain, which reads nothing but refuses to write, is not used', async () => {
  const { open, said } = machine();
  const locked: NativeKeychain = {
    getPassword: () => Promise.resolve(null),
    setPassword: () => Promise.reject(new Error('The collection is locked')),
    deletePassword: () => Promise.resolve(false),
  };
  await open(() => locked).set('a', '1');
  assert.match(said[0] ?? '', /it says “The collection is locked”/);
});

test('a keychain that hangs is left after 3 seconds for VS Code’s secret storage', async () => {
  const { open, said, secrets } = machine();
  await open(() => unanswered).set('a', '1');
  assert.match(said[0] ?? '', /did not answer within 3 seconds/);
  assert.equal(secrets.get('a'), '1');
});

test('what was entered without a keychain goes into it when it answers again', async () => {
  const { open, secrets } = machine();
  await open(load).set(account, 'old');
  await open(() => unanswered).set(account, 'new');
  assert.equal(await outside(account), 'old');
  const vault = open(load);
  assert.equal(await vault.get(account), 'new');
  assert.equal(await outside(account), 'new');
  assert.equal(secrets.size, 0);
  await vault.delete(account);
});

test('VS Code’s own secret storage that fails says so without the secret', async () => {
  const broken = () => Promise.reject(new Error('no: hunter2'));
  const saidBy = async (get: () => Promise<undefined>) => {
    const vault = new SessionVault({
      load: () => {
        throw new Error('none');
      },
      secrets: { get, store: broken, delete: broken },
      state: { get: () => undefined, update: () => Promise.resolve() } as never,
      alone: (act) => act(),
      log: () => undefined,
      tell: () => undefined,
    });
    const { message, kind } = await failure(vault.set(account, 'hunter2'));
    return [kind, message];
  };
  assert.deepEqual(await saidBy(() => Promise.resolve(undefined)), [
    'vault',
    'VS Code’s secret storage could not store an entry.',
  ]);
  // What an entry holds is read before it is changed.
  assert.deepEqual(await saidBy(broken), ['vault', 'VS Code’s secret storage could not read an entry.']);
});
