import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CompactEncrypt, CompactSign, exportJWK, generateKeyPair } from 'jose';
import { decodeToken } from '../../../src/core/token/decode.ts';
import { verifySignature, type SigningKeys } from '../../../src/core/token/verify.ts';
import {
  es256,
  es256Key,
  frodo,
  frodoKey,
  hs256,
  madeUp,
  rs256,
  rs256Key,
  sdJwt,
  sdJwtKey,
  unsecured,
} from './vectors.ts';

const from = 'https://as.example.com/jwks';
const keys = (...jwks: readonly unknown[]): SigningKeys => ({ kind: 'keys', jwks: { keys: jwks }, from });
const verify = (token: string, signingKeys: SigningKeys) => verifySignature(decodeToken(token), signingKeys);

/** Another token with the last byte of its signature changed. */
function tampered(token: string): string {
  const [header = '', payload = '', signature = ''] = token.split('.');
  const bytes = Buffer.from(signature, 'base64url');
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
  return `${header}.${payload}.${bytes.toString('base64url')}`;
}

describe('checking a signature', () => {
  it('finds the signatures of the RFCs’ examples valid', () => {
    assert.deepEqual(verify(rs256, keys(rs256Key)), { kind: 'valid', alg: 'RS256', from });
    assert.deepEqual(verify(es256, keys(es256Key)), { kind: 'valid', alg: 'ES256', from });
    assert.deepEqual(verify(sdJwt, keys(sdJwtKey)), { kind: 'valid', alg: 'ES256', from });
    // A key without a name is not called by the name that the token has.
    const { kid: _, ...nameless } = frodoKey;
    assert.deepEqual(verify(frodo, keys(nameless)), { kind: 'valid', alg: 'RS256', from });
    assert.deepEqual(verify(frodo, keys(frodoKey)), {
      kind: 'valid',
      alg: 'RS256',
      kid: frodoKey.kid,
      from,
    });
  });

  it('finds a changed signature, a changed payload and a foreign key invalid', () => {
    const [header = '', , signature = ''] = rs256.split('.');
    assert.equal(verify(tampered(rs256), keys(rs256Key)).kind, 'invalid');
    assert.equal(verify(`${header}.eyJpc3MiOiJldmlsIn0.${signature}`, keys(rs256Key)).kind, 'invalid');
    assert.equal(verify(rs256, keys(frodoKey)).kind, 'invalid');
  });

  it('checks of an SD-JWT what its issuer signed, whatever is disclosed', () => {
    for (const tail of ['~', '~WyJhIiwiYiIsImMiXQ~', `~~${es256}`])
      assert.equal(verify(`${rs256}${tail}`, keys(rs256Key)).kind, 'valid');
    assert.equal(verify(`${tampered(rs256)}~`, keys(rs256Key)).kind, 'invalid');
  });

  it('leaves a token for Microsoft Graph to Graph, whose signature fits no text that others have', () => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const graph = (over: object, header: object = { nonce: 'n' }) =>
      `${part({ alg: 'RS256', kid: 'k', ...header })}.${part({ aud: '00000003-0000-0000-c000-000000000000', iss: 'https://sts.windows.net/t/', ...over })}.c2ln`;
    const check = (token: string) => {
      const result = verify(token, keys({ ...rs256Key, kid: 'k' }));
      return result.kind === 'not_checked' ? result.why : result.kind;
    };
    assert.equal(check(graph({})), 'microsoft_graph');
    assert.equal(check(graph({ aud: 'https://graph.microsoft.com' })), 'microsoft_graph');
    assert.equal(check(graph({}, {})), 'invalid');
    assert.equal(check(graph({ aud: 'https://api.example.com' })), 'invalid');
    assert.equal(check(graph({ iss: 'https://login.example.com' })), 'invalid');
  });

  it('chooses among several keys: by kid, and by trying when there is none', async () => {
    const { publicKey } = await generateKeyPair('RS256');
    const other = await exportJWK(publicKey);
    assert.equal(verify(frodo, keys({ ...other, kid: 'other' }, frodoKey)).kind, 'valid');
    assert.equal(verify(rs256, keys(other, rs256Key, es256Key)).kind, 'valid');
    assert.equal(verify(rs256, keys(other, { ...other, e: 'AQAB' })).kind, 'invalid');
  });

  it('says when the key is not there: another kid, another kind, a key for encryption, a broken key', () => {
    const missing = { kind: 'key_not_found', alg: 'RS256', kid: frodoKey.kid, from, keys: 1 };
    assert.deepEqual(verify(frodo, keys({ ...frodoKey, kid: 'old' })), missing);
    assert.deepEqual(verify(frodo, keys(es256Key)), missing);
    assert.deepEqual(verify(frodo, keys({ ...frodoKey, use: 'enc' })), missing);
    assert.deepEqual(verify(frodo, keys({ ...frodoKey, n: '!' })), missing);
  });

  it('takes no shared secret out of a key set, and no public key for one (RFC 8725 section 3.1)', () => {
    const secret = {
      kty: 'oct',
      k: 'AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow',
    };
    assert.deepEqual(verify(hs256, keys(secret)), { kind: 'not_checked', why: 'symmetric' });
    assert.deepEqual(verify(rs256, keys(secret)), { kind: 'not_checked', why: 'no_keys' });
  });

  it('says why it did not look', async () => {
    const set = keys(rs256Key);
    const encrypted = await new CompactEncrypt(new TextEncoder().encode('{}'))
      .setProtectedHeader({ alg: 'RSA-OAEP-256', enc: 'A256GCM' })
      .encrypt((await generateKeyPair('RSA-OAEP-256')).publicKey);
    const why = (token: string, signingKeys = set) => {
      const check = verify(token, signingKeys);
      return check.kind === 'not_checked' ? check.why : check.kind;
    };
    assert.equal(why('mF_9.B5f-4.1JqM'), 'opaque');
    assert.equal(why(unsecured), 'alg_none');
    assert.equal(why(unsecured.replace('eyJhbGciOiJub25lIn0', 'eyJhbGciOiJOb05lIn0')), 'alg_none');
    assert.equal(why(encrypted), 'encrypted');
    assert.equal(why(rs256.slice(0, 80)), 'malformed');
    assert.equal(why(madeUp({}, {})), 'malformed');
    assert.equal(why(madeUp({ alg: 'ES256K' }, {})), 'unsupported_alg');
    assert.equal(why(madeUp({ alg: 'RS256', crit: ['exp2'], exp2: 1 }, {})), 'unsupported_crit');
    for (const obstacle of ['no_issuer', 'unsafe_issuer', 'no_jwks_uri', 'fetch_failed'] as const)
      assert.equal(why(rs256, { kind: 'none', why: obstacle }), obstacle);
  });

  it('takes anything for a key set without throwing', () => {
    for (const jwks of [
      undefined,
      null,
      1,
      'keys',
      [],
      {},
      { keys: 'x' },
      { keys: [null, 1, {}, { kty: 7 }] },
      { keys: [] },
    ])
      assert.deepEqual(verify(rs256, { kind: 'keys', jwks, from }), {
        kind: 'not_checked',
        why: 'no_keys',
      });
  });

  it('verifies every asymmetric algorithm', async () => {
    for (const alg of ['RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES384', 'ES512', 'EdDSA', 'Ed25519']) {
      const { privateKey, publicKey } = await generateKeyPair(alg);
      const token = await new CompactSign(new TextEncoder().encode('{}'))
        .setProtectedHeader({ alg })
        .sign(privateKey);
      assert.equal(verify(token, keys(await exportJWK(publicKey))).kind, 'valid', alg);
    }
  });
});
