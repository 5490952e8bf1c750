import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import * as vscode from 'vscode';
import { parseProfile } from '../../src/core/profile/parseProfile.ts';
import { secretPlace, type Profile } from '../../src/core/profile/profile.ts';
import { ciba } from '../../src/core/grants/ciba.ts';
import { inputOrAsk, secretOrAsk } from '../../src/host/clientSecrets.ts';
import { selfSignedCertificate } from '../support/certificate.ts';
import { withServices } from './services.ts';
import { test } from './suite.ts';

function profileAt(issuer: string): Profile {
  const entry = parseProfile({
    id: 'bound',
    name: 'bound',
    grant: 'client_credentials',
    issuer,
    clientId: 'c',
  });
  assert.ok('profile' in entry);
  return entry.profile;
}

const mine = profileAt('https://as.example.com/realms/mine');
const moved = profileAt('https://as.example.com/realms/other');
const endpoint = 'https://as.example.com/realms/other/token';

test('a secret goes to another server of the same host only after the user agreed', () =>
  withServices(async ({ services: { secrets }, user, add }) => {
    await add(mine, 's3cret');
    const { signal } = new AbortController();
    assert.equal(
      await secretOrAsk(mine, secrets, {
        signal,
        tokenEndpoint: 'https://as.example.com/realms/mine/token',
      }),
      's3cret',
    );
    assert.deepEqual(user.heard, []);
    assert.equal(await secretOrAsk(moved, secrets, { signal, tokenEndpoint: endpoint }), undefined);
    assert.match(
      user.heard.join(),
      /^The secret of “bound” would go to a server that it was not entered for\. .* entered for https:\/\/as\.example\.com\/realms\/mine\. .* sent to https:\/\/as\.example\.com\/realms\/other\/token/u,
    );
    user.presses.push('Send It There');
    assert.equal(await secretOrAsk(moved, secrets, { signal, tokenEndpoint: endpoint }), 's3cret');
    assert.equal(await secretOrAsk(moved, secrets, { signal, tokenEndpoint: endpoint }), 's3cret');
    assert.equal(user.heard.length, 2);
  }));

test('another secret can be entered for the other server, and names where it goes', () =>
  withServices(async ({ services: { secrets }, user, add }) => {
    await add(mine, 's3cret');
    user.presses.push('Enter Another Secret');
    user.types.push('other');
    assert.equal(await secretOrAsk(moved, secrets, { tokenEndpoint: endpoint }), 'other');
    assert.equal(await secrets.get(secretPlace(mine)), undefined);
  }));

test('a pasted private key is read in the box, which says what is wrong with it', () =>
  withServices(async ({ services: { secrets }, user }) => {
    const entry = parseProfile({ ...mine, clientAuthentication: 'private_key_jwt' });
    assert.ok('profile' in entry);
    user.types.push(undefined);
    const { showQuickPick } = vscode.window;
    Object.assign(vscode.window, { showQuickPick: (items: readonly unknown[]) => Promise.resolve(items[0]) });
    try {
      assert.equal(await secretOrAsk(entry.profile, secrets), undefined);
    } finally {
      Object.assign(vscode.window, { showQuickPick });
    }
    const said = async (text: string) => {
      const answer = await user.boxes[0]?.validateInput?.(text);
      return typeof answer === 'object' ? answer?.message : answer;
    };
    const shared = { kty: 'oct', k: 'c2VjcmV0' };
    assert.match((await said(JSON.stringify(shared))) ?? '', /^That is a shared secret, no private key\./);
    assert.ok(await said('-----BEGIN CERTIFICATE----- '));
    assert.equal(await said(''), undefined);
    const { privateKey } = generateKeyPairSync('ed25519');
    // As a box of one line takes it.
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString().replaceAll('\n', ' ');
    assert.equal(await said(pem), undefined);
    const cipher = { cipher: 'aes-256-cbc', passphrase: 'p' } as const;
    const encrypted = privateKey.export({ type: 'pkcs8', format: 'pem', ...cipher }).toString();
    assert.equal(await said(encrypted), undefined, 'Its passphrase is asked for next.');
  }));

test('which of several certificates was taken is told', () =>
  withServices(async ({ services: { secrets }, user }) => {
    const entry = parseProfile({ ...mine, clientAuthentication: 'tls_client_auth' });
    assert.ok('profile' in entry);
    const [first, second] = ['orders', 'other'].map((name) => selfSignedCertificate({ name }));
    user.types.push([first, second].map((one) => (one?.cert ?? '') + (one?.key ?? '')).join(''));
    const { showQuickPick } = vscode.window;
    Object.assign(vscode.window, { showQuickPick: (items: readonly unknown[]) => Promise.resolve(items[0]) });
    try {
      assert.ok((await secretOrAsk(entry.profile, secrets))?.startsWith(first?.cert ?? 'none'));
    } finally {
      Object.assign(vscode.window, { showQuickPick });
    }
    assert.ok(
      user.heard.includes('Of 2 certificates with a key, that of CN=orders was taken.'),
      user.heard.join(),
    );
  }));

test('who cancels is not asked where the secret goes', () =>
  withServices(async ({ services: { secrets }, user, add }) => {
    await add(mine, 's3cret');
    assert.equal(
      await secretOrAsk(moved, secrets, { signal: AbortSignal.abort(), tokenEndpoint: endpoint }),
      undefined,
    );
    assert.deepEqual(user.heard, []);
  }));

test('what is asked for in each flow is said not to be stored, and is in no vault afterwards', () =>
  withServices(async ({ services: { secrets }, user }) => {
    const entry = parseProfile({ ...mine, grant: 'ciba', loginHint: 'ada', userCode: true });
    assert.ok('profile' in entry);
    const { profile } = entry;
    const [code] = ciba.inputs?.(profile) ?? [];
    assert.ok(code);
    user.types.push('4711');
    assert.equal(await inputOrAsk(profile, code, secrets, {}), '4711');
    assert.equal(user.boxes[0]?.title, 'Code of the user of “bound”');
    assert.equal(user.boxes[0].prompt, 'Sent to https://as.example.com only, and not stored.');
    assert.equal(user.boxes[0].password, true);
    assert.equal(await secrets.get(secretPlace(profile, undefined, code)), undefined);
  }));
