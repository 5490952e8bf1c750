import assert from 'node:assert/strict';
import crypto, { createPrivateKey, generateKeyPairSync, sign, X509Certificate } from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import { describe, it } from 'node:test';
import { exportJWK, generateKeyPair, SignJWT, type JWK } from 'jose';
import { recordingFetch } from '../../../src/core/http/recordingFetch.ts';
import { fetchKeySet, privateKeysIn } from '../../../src/core/keys/keySet.ts';
import { missingKey } from '../../../src/core/keys/missingKey.ts';
import { verifyWithKeys } from '../../../src/core/keys/verifyWithKeys.ts';
import { Trace } from '../../../src/core/record/trace.ts';
import { selfSignedCertificate } from '../../support/certificate.ts';
import { startStandIn } from '../../support/servers/standIn.ts';
import { realClock } from '../diagnose/play.ts';

const from = 'https://login.example.com/keys';

/** A token signed with a new key, and both halves of the key, named `k1` as the token does. */
async function signed(alg: string) {
  const kid = 'k1';
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  const token = await new SignJWT({ sub: 'ada' }).setProtectedHeader({ alg, kid }).sign(privateKey);
  return {
    token,
    key: { ...(await exportJWK(publicKey)), kid },
    secret: { ...(await exportJWK(privateKey)), kid },
  };
}

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A token that a key on one of EdDSA's curves signed, and the public key. */
function signedOnCurve(curve: 'ed25519' | 'ed448', header: object) {
  const { privateKey, publicKey } =
    curve === 'ed448' ? generateKeyPairSync('ed448') : generateKeyPairSync('ed25519');
  const text = `${part({ kid: 'k1', ...header })}.${part({ sub: 'ada' })}`;
  const signature = sign(null, Buffer.from(text), privateKey).toString('base64url');
  return { token: `${text}.${signature}`, key: publicKey.export({ format: 'jwk' }) as JWK };
}

/** What is said of a set in which no key was found. */
function said(token: string, keys: readonly unknown[], alg: string, kid?: unknown): string {
  const { kind } = verifyWithKeys(token, { keys });
  assert.ok(kind === 'key_not_found' || kind === 'not_checked', kind);
  return missingKey({ keys }, { alg, from, kid });
}

describe('a key set that is not as it should be', () => {
  it('with private halves still checks signatures, and they are found', async () => {
    for (const alg of ['RS256', 'ES256', 'EdDSA']) {
      const { token, key, secret } = await signed(alg);
      assert.deepEqual(verifyWithKeys(token, { keys: [secret] }), { kind: 'valid' }, alg);
      assert.deepEqual(privateKeysIn({ keys: [key] }), []);
      assert.deepEqual(privateKeysIn({ keys: [null, key, secret] }), ['k1']);
    }
    assert.deepEqual(privateKeysIn({ keys: [{ kty: 'oct', k: 'c2VjcmV0' }] }), ['']);
  });

  it('writes numbers as Battle.net does, in the base64 of certificates and with a zero in front', async () => {
    const { token, key } = await signed('RS256');
    const n = Buffer.concat([Buffer.from([0]), Buffer.from(key.n ?? '', 'base64url')]).toString('base64');
    assert.deepEqual(verifyWithKeys(token, { keys: [{ ...key, n, kid: 'k1' }] }), { kind: 'valid' });
  });

  it('names keys as Klarna does, and has no private half for it; as short as Yahoo’s, they check nothing', () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
    const key = { ...publicKey.export({ format: 'jwk' }), kid: 'private:6e1a' };
    assert.deepEqual(privateKeysIn({ keys: [key] }), []);
    const text = `${part({ alg: 'RS256', kid: key.kid })}.${part({ sub: 'ada' })}`;
    const token = `${text}.${sign('sha256', Buffer.from(text), privateKey).toString('base64url')}`;
    assert.match(said(token, [key], 'RS256', key.kid), /the key “private:6e1a” at .* too short/);
  });

  it('with more keys than are tried is searched for the one that is named', async () => {
    const { token, key } = await signed('ES256');
    const others = Array.from({ length: 150 }, (_, at) => ({ ...key, x: key.y, kid: `other-${at}` }));
    assert.deepEqual(verifyWithKeys(token, { keys: [...others, key] }), { kind: 'valid' });
    const words = said(token, others, 'ES256', 'k1');
    assert.match(words, /names the key “k1”, which is not among the 150 keys/);
  });

  it('that names two keys alike is tried with both, and says of both why not', async () => {
    const { token, key } = await signed('ES256');
    assert.deepEqual(verifyWithKeys(token, { keys: [{ ...key, use: 'enc' }, key] }), { kind: 'valid' });
    const twins = [
      { ...key, use: 'enc' },
      { ...key, alg: 'ES384' },
    ];
    const words = said(token, twins, 'ES256', 'k1');
    assert.match(words, /its use is enc/);
    assert.match(words, /is for ES384/);
  });

  it('without names says so, when none of them fits', async () => {
    const { token, key } = await signed('ES256');
    const { kid: _, ...fits } = key;
    // A valid one was not named by the token then.
    const unnamed = { kind: 'valid', nameless: true };
    assert.deepEqual(verifyWithKeys(token, { keys: [fits] }), unnamed);
    assert.deepEqual(verifyWithKeys(token, { keys: [{ ...fits, kid: null }] }), unnamed);
    // One of the right name that is for something else hides it no more than any other.
    assert.deepEqual(verifyWithKeys(token, { keys: [{ ...key, use: 'enc' }, fits] }), unnamed);
    const { kid: __, ...nameless } = (await signed('ES256')).key;
    assert.deepEqual(verifyWithKeys(token, { keys: [nameless, fits] }), unnamed);
    // What bears another name is another key.
    assert.equal(verifyWithKeys(token, { keys: [{ ...fits, kid: 'k2' }] }).kind, 'key_not_found');
    assert.match(said(token, [nameless], 'ES256', 'k1'), /“k1”.*no key there has a name \(kid\)/);
  });

  it('with RSA keys only, keys of a kind nobody knows, or none for this curve', async () => {
    const { token } = await signed('ES256');
    const rsa = (await signed('RS256')).key;
    assert.match(said(token, [rsa], 'ES256', 'k1'), /\(kty RSA\) cannot check a signature made with ES256/);
    assert.match(said(token, [{ kty: 'NEW', kid: 'k1' }], 'ES256', 'k1'), /\(kty NEW\) cannot check/);
    const other = (await signed('ES384')).key;
    const { alg: _, ...bare } = other;
    assert.match(said(token, [bare], 'ES256', 'k1'), /\(kty EC, crv P-384\) cannot check/);
    const good = await signed('ES256');
    const keys = [{ kty: 'NEW', kid: 'k2' }, null, 7, { kty: 5 }, good.key];
    assert.deepEqual(verifyWithKeys(good.token, { keys }), { kind: 'valid' });
  });

  it('with a key that fits and is broken or too short says that, not that it is of another kind', async () => {
    const { token, key } = await signed('RS256');
    for (const n of ['AQAB', '!', key.n?.slice(0, 100)])
      assert.match(said(token, [{ ...key, n }], 'RS256', 'k1'), /is broken, too short or too long/, n);
  });

  it('with numbers so long that one key is minutes of work is not reckoned with', async () => {
    const { token, key } = await signed('RS256');
    const number = (bytes: number) => Buffer.alloc(bytes, 0xff).toString('base64url');
    for (const { n, e } of [
      { n: number(32 * 1024), e: number(32 * 1024) },
      { n: number(2050), e: 'AQAB' },
      { n: key.n, e: number(256) },
      { n: key.n, e: number(5) },
    ])
      assert.match(said(token, [{ ...key, n, e }], 'RS256', 'k1'), /is broken, too short or too long/);
    // Both numbers may have a zero before them.
    const zero = (text = '') => Buffer.concat([Buffer.alloc(1), Buffer.from(text, 'base64url')]);
    const padded = { n: zero(key.n).toString('base64url'), e: zero(key.e).toString('base64url') };
    assert.deepEqual(verifyWithKeys(token, { keys: [{ ...key, ...padded }] }), { kind: 'valid' });
    assert.deepEqual(verifyWithKeys(token, { keys: [{ ...key, n: number(2048), e: '_____w' }] }), {
      kind: 'invalid',
    });
  });

  it('of ten thousand keys is tried with a few of them', async (t) => {
    const { token, key } = await signed('ES256');
    const { key: other } = await signed('ES256');
    const read = t.mock.method(crypto, 'createPublicKey');
    syncBuiltinESMExports();
    t.after(() => {
      read.mock.restore();
      syncBuiltinESMExports();
    });
    const keys = [...Array.from({ length: 10_000 }, () => ({ ...other, kid: 'k1' })), key];
    assert.deepEqual(verifyWithKeys(token, { keys }), { kind: 'invalid' });
    assert.equal(read.mock.callCount(), 30);
  });

  it('with keys of either curve of EdDSA, whichever of its two names stands where', () => {
    const cases = [
      ['ed448', 'EdDSA', 'Ed448'],
      ['ed25519', 'EdDSA', 'Ed25519'],
      ['ed25519', 'Ed25519', 'EdDSA'],
    ] as const;
    for (const [curve, alg, other] of cases) {
      const { token, key } = signedOnCurve(curve, { alg });
      for (const more of [{}, { kid: 'k1', alg }, { kid: 'k1', alg: other }])
        assert.equal(verifyWithKeys(token, { keys: [{ ...key, ...more }] }).kind, 'valid', other);
      const stranger = { ...signedOnCurve(curve, { alg }).key, kid: 'k1' };
      assert.deepEqual(verifyWithKeys(token, { keys: [stranger] }), { kind: 'invalid' });
      assert.match(said(token, [{ ...key, kid: 'k1', alg: 'ES256' }], alg, 'k1'), /is for ES256, but/);
    }
    const { token, key } = signedOnCurve('ed448', { alg: 'Ed25519' });
    assert.match(said(token, [{ ...key, kid: 'k1' }], 'Ed25519', 'k1'), /crv Ed448\) cannot check/);
  });

  it('with a curve that this runtime does not have, as the one of VS Code has no Ed448, is not called wrong', (t) => {
    const { token, key } = signedOnCurve('ed448', { alg: 'EdDSA' });
    t.mock.method(crypto, 'createPublicKey', () => {
      throw new Error('unsupported');
    });
    syncBuiltinESMExports();
    t.after(() => {
      t.mock.restoreAll();
      syncBuiltinESMExports();
    });
    const unknown = { kind: 'not_checked', why: 'unsupported_alg' };
    assert.deepEqual(verifyWithKeys(token, { keys: [key] }), unknown);
    assert.equal(verifyWithKeys(token, { keys: [{ ...key, x: 'x' }] }).kind, 'key_not_found');
  });

  it('is judged by the whole names of its keys, not by what is shown of them', async () => {
    const { key } = await signed('RS256');
    for (const kid of ['k'.repeat(350), 'a\u200bb', 'a  b']) {
      const words = said(
        `${part({ alg: 'RS256', kid })}.e30.AA`,
        [{ ...key, kid, use: 'enc' }],
        'RS256',
        kid,
      );
      assert.match(words, /its use is enc/, words);
    }
    const words = said(`${part({ alg: 'RS256', kid: ['k1'] })}.e30.AA`, [key], 'RS256', ['k1']);
    assert.match(words, /its kid is an array/);
  });

  it('with a certificate that has ended beside a key is checked with the key', async () => {
    const { token, key } = await signed('RS256');
    assert.deepEqual(verifyWithKeys(token, { keys: [{ ...key, x5c: ['MIIB'] }] }), { kind: 'valid' });
  });

  it('with a key whose own certificate has expired is checked with the key', async () => {
    const { key: pem, cert } = selfSignedCertificate({ notAfter: new Date(Date.now() - 86_400_000) });
    const certificate = new X509Certificate(cert);
    assert.ok(Date.parse(certificate.validTo) < Date.now());
    const jwk = certificate.publicKey.export({ format: 'jwk' }) as JWK;
    const alg = jwk.kty === 'RSA' ? 'RS256' : 'ES256';
    const token = await new SignJWT({ sub: 'ada' })
      .setProtectedHeader({ alg, kid: 'k1' })
      .sign(createPrivateKey(pem));
    const x5c = [certificate.raw.toString('base64')];
    assert.deepEqual(verifyWithKeys(token, { keys: [{ ...jwk, kid: 'k1', x5c }] }), { kind: 'valid' });
    const other = (await signed(alg)).key;
    assert.deepEqual(verifyWithKeys(token, { keys: [{ ...other, x5c }] }), { kind: 'invalid' });
  });

  it('of 10 MiB is refused as too large, with its address and the limit', async () => {
    const key = JSON.stringify({ kty: 'RSA', kid: 'k', n: 'A'.repeat(10_000), e: 'AQAB' });
    const body = `{"keys":[${Array.from({ length: 1049 }, () => key).join(',')}]}`;
    assert.ok(body.length > 10 * 1024 * 1024);
    const server = await startStandIn(() => ({ status: 200, body }));
    try {
      const send = recordingFetch({
        ...{ fetch, trace: new Trace(), timeout: 60_000, signal: new AbortController().signal },
        clock: realClock,
      });
      const set = await fetchKeySet(`${server.origin}/keys`, send('jwks', 'jwks'));
      assert.ok(set.kind === 'failed', set.kind);
      assert.match(set.why, /\/keys gave no answer to use: .* is larger than 1024 KiB and was refused/);
    } finally {
      await server.close();
    }
  });

  it('is read as JSON whatever its content type claims; what is not said is said with address and what came', async () => {
    const answer = (body: string, type: string, status = 200) =>
      fetchKeySet(from, () =>
        Promise.resolve(new Response(body, { status, headers: { 'content-type': type } })),
      );
    assert.equal((await answer('{"keys":[]}', 'text/plain')).kind, 'keys');
    assert.equal((await answer('\uFEFF{"keys":[]}', 'application/octet-stream')).kind, 'keys');
    const cases = [
      [
        await answer('', 'application/json'),
        /keys answered with status 200, but not with a key set: its body is empty/,
      ],
      [await answer('<!doctype html><html>', 'text/html'), /status 200, but not with a key set: a web page/],
      [
        await answer('{"keys":', 'application/json'),
        /status 200, but not with a key set: JSON that ends in the middle came\.$/,
      ],
      [
        await answer('-----BEGIN CERTIFICATE-----', 'text/plain'),
        /not with a key set, which is JSON: a certificate/,
      ],
      [
        await answer('{"kty":"RSA","n":"AQAB","e":"AQAB"}', 'application/json'),
        /not with a key set: a single key came/,
      ],
      [await answer('no', 'text/plain', 404), /status 404/],
    ] as const;
    for (const [set, says] of cases) {
      assert.match(set.kind === 'failed' ? set.why : '', says);
    }
  });
});
