import assert from 'node:assert/strict';
import { createHash, createPrivateKey, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { secretPlace } from '../../src/core/profile/profile.ts';
import { selfSignedCertificate } from '../support/certificate.ts';
import { machineProfile, userProfile } from '../support/profiles.ts';
import { withServices } from './services.ts';
import { test } from './suite.ts';

test('the public half of a key is copied for its registration, and nothing private', () =>
  withServices(async ({ services, add }) => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const profile = machineProfile({ clientAuthentication: 'private_key_jwt' });
    await add(profile, JSON.stringify(privateKey.export({ format: 'jwk' })));
    await services.run('copyPublicKey', { profile: profile.id });
    const copied = JSON.parse(await vscode.env.clipboard.readText()) as Record<string, unknown>;
    const { x, y } = privateKey.export({ format: 'jwk' });
    assert.deepEqual([copied['kty'], copied['x'], copied['y'], 'd' in copied], ['EC', x, y, false]);
  }));

test('the certificate of a client is copied for its registration, without its key', () =>
  withServices(async ({ services, add }) => {
    const { cert, key } = selfSignedCertificate({ name: 'orders' });
    const pem = String(createPrivateKey(key).export({ type: 'pkcs8', format: 'pem' }));
    const profile = machineProfile({ clientAuthentication: 'self_signed_tls_client_auth' });
    await add(profile, `${cert.trim()}\n${pem}`);
    await services.run('copyPublicKey', { profile: profile.id });
    const copied = await vscode.env.clipboard.readText();
    assert.equal(new X509Certificate(copied).subject, 'CN=orders');
    assert.doesNotMatch(copied, /PRIVATE/);
  }));

test('the certificate that browsers are shown at an https redirect URI is saved, so that a system can trust it', () =>
  withServices(async ({ services, add }) => {
    const profile = userProfile({ redirectUri: 'https://localhost:8443/callback' });
    await add(profile);
    const save = () => services.run('savePublicKey', { profile: profile.id });
    const pem = await saved('redirect.pem', save);
    assert.equal(new X509Certificate(pem).checkHost('localhost'), 'localhost');
    assert.doesNotMatch(pem, /PRIVATE/);
    assert.equal(await saved('redirect.pem', save), pem, 'Made once.');
  }));

/** Runs `body` with a user who saves to a file of this name; what was written there. */
async function saved(name: string, body: () => Promise<unknown>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'oauth-explorer-key-'));
  const kept = Reflect.get(vscode.window, 'showSaveDialog') as unknown;
  const showSaveDialog = () => Promise.resolve(vscode.Uri.file(join(folder, name)));
  Object.assign(vscode.window, { showSaveDialog });
  try {
    await body();
    return await readFile(join(folder, name), 'utf8');
  } finally {
    Object.assign(vscode.window, { showSaveDialog: kept });
    await rm(folder, { recursive: true });
  }
}

test('the public half of a key is saved as a JWK Set or as PEM, and nothing private', () =>
  withServices(async ({ services, add, user }) => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const own = privateKey.export({ format: 'jwk' });
    const profile = machineProfile({ clientAuthentication: 'private_key_jwt', keyId: 'one' });
    await add(profile, JSON.stringify(own));
    const save = () => services.run('savePublicKey', { profile: profile.id });
    const jwks = await saved('orders.jwks.json', save);
    const { keys } = JSON.parse(jwks) as { readonly keys: readonly Record<string, unknown>[] };
    assert.deepEqual([keys.length, keys[0]?.['kid'], keys[0]?.['x']], [1, 'one', own.x]);
    const pem = await saved('orders.PEM', save);
    assert.equal(pem, publicKey.export({ type: 'spki', format: 'pem' }));
    assert.ok(![jwks, pem, ...user.heard].some((text) => text.includes(own.d ?? '-')));
    assert.match(user.heard.at(-1) ?? '', /orders\.PEM; the private one stays in the keychain/);
  }));

test('a certificate is made of a key that is there, and its thumbprint is kept beside the key', () =>
  withServices(async ({ services, add, user }) => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const profile = machineProfile({ clientAuthentication: 'private_key_jwt' });
    await add(profile, JSON.stringify(privateKey.export({ format: 'jwk' })));
    const save = () => services.run('savePublicKey', { profile: profile.id });
    const certificate = new X509Certificate(await saved('orders.cer', save));
    assert.ok(certificate.checkPrivateKey(privateKey));
    const kept = JSON.parse((await services.secrets.get(secretPlace(profile))) ?? '{}') as Record<
      string,
      unknown
    >;
    const thumbprint = createHash('sha256').update(certificate.raw).digest('base64url');
    assert.deepEqual([kept['x5t#S256'], kept['n']], [thumbprint, privateKey.export({ format: 'jwk' }).n]);
    assert.ok(!user.heard.some((text) => text.includes(String(kept['d']))));
  }));

test('a place that cannot be written to, such as a folder, is said', () =>
  withServices(async ({ services, add, user }) => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const profile = machineProfile({ clientAuthentication: 'private_key_jwt' });
    await add(profile, JSON.stringify(privateKey.export({ format: 'jwk' })));
    const save = () => services.run('savePublicKey', { profile: profile.id });
    await assert.rejects(saved('.', save));
    assert.match(user.heard.at(-1) ?? '', /The public key could not be written to/);
  }));

test('a key is made anew with one press: the new one signs from then on, the old one until then', () =>
  withServices(async ({ services, add, user }) => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const profile = machineProfile({ clientAuthentication: 'private_key_jwt' });
    const old = JSON.stringify(privateKey.export({ format: 'jwk' }));
    await add(profile, old);
    const rotate = () => services.run('rotateKey', { profile: profile.id });
    await rotate();
    assert.equal(
      await services.secrets.get(secretPlace(profile)),
      old,
      'Nobody said that the server knows it.',
    );
    user.presses.push('Use the New Key');
    await rotate();
    const copied = JSON.parse(await vscode.env.clipboard.readText()) as Record<string, unknown>;
    const kept = JSON.parse((await services.secrets.get(secretPlace(profile))) ?? '{}') as Record<
      string,
      unknown
    >;
    assert.deepEqual([copied['x'], copied['y'], 'd' in copied], [kept['x'], kept['y'], false]);
    assert.notEqual(kept['x'], (JSON.parse(old) as Record<string, unknown>)['x']);
    assert.ok(!user.heard.some((text) => text.includes(String(kept['d']))));
  }));
