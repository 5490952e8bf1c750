import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import crypto, { generateKeyPairSync } from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import { describe, it, type TestContext } from 'node:test';
import tls from 'node:tls';
import { readAnyPrivateKey } from '../../../src/core/authentication/anyPrivateKey.ts';
import { readClientCertificate } from '../../../src/core/authentication/clientCertificate.ts';
import { octets, oid, sequence, tagged } from '../../../src/core/authentication/der.ts';
import { readPrivateKey } from '../../../src/core/authentication/privateKey.ts';
import { selfSignedCertificate } from '../../support/certificate.ts';
import { pfxOf, pfxWithKeysBefore } from '../../support/certificateFiles.ts';

const signsNothing = 'signs nothing that servers take. RSA, P-256, P-384, P-521 and Ed25519 do.';
const keyBag = Buffer.from('060b2a864886f70d010c0a0102', 'hex');

/** VS Code's Electron has BoringSSL in the place of OpenSSL: what it refuses here, and its words, are those of BoringSSL's source. */
function asBoringSsl(t: TestContext): void {
  const { createPrivateKey } = crypto;
  const { createSecureContext } = tls;
  t.mock.method(crypto, 'createPrivateKey', (...input: Parameters<typeof createPrivateKey>) => {
    const key = createPrivateKey(...input);
    const { asymmetricKeyType: type, asymmetricKeyDetails: details } = key;
    const kind = details?.namedCurve ?? type ?? '';
    if (['rsa-pss', 'ed448', 'secp256k1'].includes(kind))
      throw new Error('error:06000080:public key routines:OPENSSL_internal:UNSUPPORTED_ALGORITHM');
    return key;
  });
  t.mock.method(tls, 'createSecureContext', (options: tls.SecureContextOptions) => {
    const { pfx } = options;
    if (!Buffer.isBuffer(pfx)) return createSecureContext(options);
    try {
      createSecureContext(options);
    } catch (thrown) {
      if (String(thrown).includes('mac verify')) throw new Error('INCORRECT_PASSWORD', { cause: thrown });
      // It knows the old ciphers.
      if (/unsupported/i.test(String(thrown))) throw new Error('BAD_DECRYPT', { cause: thrown });
    }
    if (pfx.indexOf(keyBag) !== pfx.lastIndexOf(keyBag)) throw new Error('MULTIPLE_PRIVATE_KEYS_IN_PKCS12');
    return createSecureContext(options);
  });
  syncBuiltinESMExports();
  t.after(() => {
    t.mock.restoreAll();
    syncBuiltinESMExports();
  });
}

function openssl(command: string, input?: string): string {
  return execFileSync('openssl', command.split(' '), { input, encoding: 'utf8', stdio: 'pipe' });
}

const base64Of = (pem: string) => pem.split('\n').slice(1, -2).join('');

describe('a key in the editor, whose cryptography is BoringSSL', () => {
  for (const [bits, options] of [
    ['256', ''],
    ['512', ' -pkeyopt rsa_pss_keygen_md:sha512 -pkeyopt rsa_pss_keygen_mgf1_md:sha512'],
  ] as const)
    it(`of RSA that is for PSS alone is read with its algorithm (PS${bits}), as PEM and DER`, async (t) => {
      const pem = openssl(`genpkey -algorithm RSA-PSS -pkeyopt rsa_keygen_bits:2048${options}`);
      const expected = readPrivateKey(pem);
      assert.ok(expected.kind === 'read');
      assert.match(expected.text, new RegExp(`"alg":"PS${bits}"`));
      asBoringSsl(t);
      assert.deepEqual(readPrivateKey(pem), expected);
      assert.deepEqual(await readAnyPrivateKey(base64Of(pem)), expected);
    });

  for (const [kind, command] of [
    ['ed448', 'genpkey -algorithm ed448'],
    ['ec, secp256k1', 'genpkey -algorithm EC -pkeyopt ec_paramgen_curve:secp256k1'],
    ['ec, secp256k1', 'ecparam -name secp256k1 -genkey -noout'],
  ] as const)
    it(`that signs nothing servers take is not called incomplete (${command})`, async (t) => {
      const pem = openssl(command);
      asBoringSsl(t);
      const problem = { kind: 'problem', problem: `A key of this kind (${kind}) ${signsNothing}` };
      assert.deepEqual(readPrivateKey(pem), problem);
      assert.deepEqual(await readAnyPrivateKey(base64Of(pem)), problem);
      assert.match(JSON.stringify(readPrivateKey(pem.slice(0, -40))), /not complete/);
    });

  it('as a JWK of such a kind is not called incomplete either', (t) => {
    const [k1, ed448] = [
      generateKeyPairSync('ec', { namedCurve: 'secp256k1' }),
      generateKeyPairSync('ed448'),
    ].map(({ privateKey }) => privateKey.export({ format: 'jwk' }));
    asBoringSsl(t);
    for (const [jwk, name] of [
      [k1, 'secp256k1'],
      [ed448, 'Ed448'],
      [{ kty: 'EC', crv: 'BP-256', x: 'AA', y: 'AA', d: 'AA' }, 'BP-256'],
    ] as const)
      assert.deepEqual(readPrivateKey(JSON.stringify(jwk)), {
        kind: 'problem',
        problem: `A key of this kind (${name}) ${signsNothing}`,
      });
  });

  it('of a kind that nothing here reads is told from one that is not complete', () => {
    const keyOf = (algorithm: Buffer, key: Buffer) =>
      pemOf(sequence(tagged(0x02, Buffer.from([0])), algorithm, octets(key)));
    // GOST R 34.10-2012.
    const gost = sequence(oid('2a85030701010101'), sequence(oid('2a85030202230100')));
    assert.match(
      JSON.stringify(readPrivateKey(keyOf(gost, Buffer.alloc(32, 1)))),
      /\(unknown\) signs nothing/,
    );
    for (const known of ['2a864886f70d010101', '2a864886f70d01010a', '2b6570']) {
      const empty = keyOf(sequence(oid(known), tagged(0x05)), Buffer.alloc(3));
      assert.match(JSON.stringify(readPrivateKey(empty)), /not complete/);
    }
  });

  it('whose passphrase is wrong is not called too old, where old ciphers are read', (t) => {
    const legacy = '-passout pass:open -provider legacy -provider default';
    const pem = openssl(`pkcs8 -topk8 -v1 PBE-SHA1-RC2-40 ${legacy}`, openssl('genpkey -algorithm ed25519'));
    assert.match(JSON.stringify(readPrivateKey(pem, 'shut')), /encrypted with RC2/);
    t.mock.method(crypto, 'createPrivateKey', () => {
      throw new Error('error:1e000065:Cipher functions:OPENSSL_internal:BAD_DECRYPT');
    });
    syncBuiltinESMExports();
    t.after(syncBuiltinESMExports);
    assert.match(JSON.stringify(readPrivateKey(pem, 'shut')), /"The passphrase is wrong, or/);
  });
});

describe('a PFX in the editor, whose cryptography is BoringSSL', () => {
  const [own, other] = ['orders', 'other'].map((name) => selfSignedCertificate({ name }));

  it('with several keys is read with the key it was made for', async (t) => {
    assert.ok(own && other);
    const [orders, others] = [own, other].map((each) => pfxOf(each, 'open', ['-nomac']));
    assert.ok(orders && others);
    const pfx = pfxWithKeysBefore(orders, [others], 'open').toString('base64');
    asBoringSsl(t);
    assert.deepEqual(await readClientCertificate(pfx), { kind: 'encrypted' });
    assert.deepEqual(await readAnyPrivateKey(pfx, 'open'), readPrivateKey(own.cert + own.key));
    const read = await readClientCertificate(pfx, 'open', Date.now());
    assert.equal(read.kind, 'read', JSON.stringify(read));
    assert.match(JSON.stringify(await readAnyPrivateKey(pfx, 'shut')), /password of the PFX file is wrong/);
  });

  it('that is encrypted as of old is asked its password, as it can be read', async (t) => {
    assert.ok(own);
    const pfx = pfxOf(own, 'open', ['-legacy']).toString('base64');
    asBoringSsl(t);
    assert.deepEqual(await readClientCertificate(pfx), { kind: 'encrypted' });
    assert.match(JSON.stringify(await readAnyPrivateKey(pfx, 'shut')), /password of the PFX file is wrong/);
  });
});

function pemOf(der: Buffer): string {
  return `-----BEGIN PRIVATE KEY-----\n${der.toString('base64')}\n-----END PRIVATE KEY-----\n`;
}
