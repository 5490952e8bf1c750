import assert from 'node:assert/strict';
import { createPrivateKey, generateKeyPairSync, X509Certificate } from 'node:crypto';
import * as vscode from 'vscode';
import { selfSignedCertificate } from '../support/certificate.ts';
import { machineProfile } from '../support/profiles.ts';
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
