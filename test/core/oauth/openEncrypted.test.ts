import assert from 'node:assert/strict';
import { createHash, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { describe, it } from 'node:test';
import { CompactEncrypt, type JWK } from 'jose';
import { newSigningKey } from '../../../src/core/authentication/newSigningKey.ts';
import { openEncrypted } from '../../../src/core/oauth/openEncrypted.ts';
import type { AuthorizationCodeProfile } from '../../../src/core/profile/profile.ts';
import { userProfile } from '../../support/profiles.ts';
import { flowContext, unused } from './support/flowContext.ts';

type Key = Parameters<CompactEncrypt['encrypt']>[0];
type Material = Awaited<ReturnType<ReturnType<typeof flowContext>['material']>>;

const secret = 'a secret of the client';
const encrypted = (key: Key, alg: string, enc: string) =>
  new CompactEncrypt(Buffer.from('inside')).setProtectedHeader({ alg, enc }).encrypt(key);
const digest = (hash: string, bytes: number) => createHash(hash).update(secret).digest().subarray(0, bytes);

function open(
  token: string,
  over: Partial<AuthorizationCodeProfile>,
  material: Material | undefined,
  made?: string,
) {
  const context = flowContext({
    material: () => Promise.resolve(material),
    made: made === undefined ? unused : () => Promise.resolve(made),
  });
  return openEncrypted(token, userProfile(over), context);
}

describe('what is encrypted for a client', () => {
  // The key is the left part of a hash of the secret. @see OpenID Connect Core 1.0 section 10.2
  for (const [alg, enc, hash, bytes] of [
    ['dir', 'A128GCM', 'sha256', 16],
    ['dir', 'A192GCM', 'sha256', 24],
    ['dir', 'A256GCM', 'sha256', 32],
    ['dir', 'A128CBC-HS256', 'sha256', 32],
    ['dir', 'A192CBC-HS384', 'sha384', 48],
    ['dir', 'A256CBC-HS512', 'sha512', 64],
    ['A128KW', 'A256GCM', 'sha256', 16],
    ['A192KW', 'A128GCM', 'sha256', 24],
    ['A256KW', 'A128CBC-HS256', 'sha256', 32],
  ] as const)
    it(`is opened with its secret: ${alg} with ${enc}`, async () => {
      const token = await encrypted(digest(hash, bytes), alg, enc);
      const basic = { clientAuthentication: 'client_secret_basic' } as const;
      assert.deepEqual(await open(token, basic, { kind: 'password', secret }), { text: 'inside' });
      const other = await open(token, basic, { kind: 'password', secret: `${secret}.` });
      assert.deepEqual(other, {
        closed: `it is encrypted (${alg} with ${enc}) for another client secret than the profile’s`,
      });
      const none = {
        closed: `it is encrypted (${alg} with ${enc}), and the profile has no client secret to open it with`,
      };
      assert.deepEqual(await open(token, { clientAuthentication: 'none' }, undefined), none);
      assert.deepEqual(await open(token, basic, undefined), none);
    });

  const pem = (key: KeyObject) => key.export({ type: 'pkcs8', format: 'pem' }).toString();
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const wider = generateKeyPairSync('ec', { namedCurve: 'P-384' });

  it('is opened with the key that it authenticates with, where that has the curve', async () => {
    const byKey = { clientAuthentication: 'private_key_jwt' } as const;
    const token = await encrypted(ec.publicKey, 'ECDH-ES+A128KW', 'A128GCM');
    const fits = pem(ec.privateKey);
    assert.deepEqual(await open(token, byKey, { kind: 'key', key: fits }), { text: 'inside' });
    // The key of requests is asked for only where it is another one.
    const signing = { ...byKey, signAuthorizationRequest: true };
    assert.deepEqual(await open(token, signing, { kind: 'key', key: fits }), { text: 'inside' });
    assert.deepEqual(await open(token, byKey, { kind: 'key', key: pem(wider.privateKey) }), {
      closed:
        'it is encrypted (ECDH-ES+A128KW with A128GCM), and the profile has no EC key of that curve to open it with',
    });
    const unread = await encrypted(ec.publicKey, 'ECDH-ES', 'A128GCM');
    assert.match(JSON.stringify(await open(unread, byKey, { kind: 'key', key: 'no key' })), /has no EC key/);
  });

  it('is opened with the key that signs its requests, where it has one', async () => {
    const made = await newSigningKey();
    const { d: _, alg: _alg, ...half } = JSON.parse(made) as JWK;
    const token = await encrypted(half, 'ECDH-ES', 'A256GCM');
    const open1 = (over: Partial<AuthorizationCodeProfile>) =>
      open(token, over, { kind: 'password', secret }, made);
    const signing = { signAuthorizationRequest: true };
    assert.deepEqual(await open1(signing), { text: 'inside' });
    assert.deepEqual(await open1({ ...signing, clientAuthentication: 'client_secret_basic' }), {
      text: 'inside',
    });
    assert.match(JSON.stringify(await open1({})), /has no EC key/);
  });

  it('stays closed where its header cannot be read or names no algorithm', async () => {
    const head = (header: object) => `${Buffer.from(JSON.stringify(header)).toString('base64url')}.a.b.c.d`;
    for (const token of ['%.a.b.c.d', head({ enc: 'A128GCM' }), head({ alg: 7, enc: 'A128GCM' })])
      assert.deepEqual(await open(token, {}, undefined), {
        closed: 'it is encrypted, and its header cannot be read',
      });
  });

  it('is known as a secret itself once it is open', async () => {
    const seen: string[] = [];
    const context = flowContext({ material: () => Promise.resolve({ kind: 'password', secret }) });
    context.trace.useSecret = (text) => void seen.push(text);
    const token = await encrypted(digest('sha256', 16), 'dir', 'A128GCM');
    await openEncrypted(token, userProfile({ clientAuthentication: 'client_secret_post' }), context);
    assert.deepEqual(seen.sort(), [secret, 'inside'].sort());
  });
});
