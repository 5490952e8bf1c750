import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { describe, it } from 'node:test';
import { newSigningKey } from '../../../src/core/authentication/newSigningKey.ts';
import { signingKey } from '../../../src/core/authentication/signingKey.ts';
import { readAnyPrivateKey } from '../../../src/core/authentication/anyPrivateKey.ts';
import {
  algorithmsOf,
  privateParts,
  publicJwk,
  readPrivateKey,
} from '../../../src/core/authentication/privateKey.ts';

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const ed = generateKeyPairSync('ed25519').privateKey;
const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' });
const pem = (key: typeof rsa, type: 'pkcs1' | 'pkcs8' | 'sec1') =>
  String(key.export({ type, format: 'pem' }));
const jwkOfEc = ec.export({ format: 'jwk' });
const jwkOf = (text: string) => {
  const read = readPrivateKey(text);
  assert.equal(read.kind, 'read', JSON.stringify(read));
  return JSON.parse(read.text) as Record<string, unknown>;
};
const problemOf = (text: string, passphrase?: string) => {
  const read = readPrivateKey(text, passphrase);
  assert.equal(read.kind, 'problem', JSON.stringify(read));
  return read.problem;
};

describe('a private key', () => {
  for (const [name, text, key] of [
    ['PKCS #8, RSA', pem(rsa, 'pkcs8'), rsa],
    ['PKCS #1', pem(rsa, 'pkcs1'), rsa],
    ['PKCS #8, EC', pem(ec, 'pkcs8'), ec],
    ['SEC 1', pem(ec, 'sec1'), ec],
    ['Ed25519', pem(ed, 'pkcs8'), ed],
    ['JWK', JSON.stringify(ec.export({ format: 'jwk' })), ec],
    ['JWKS', JSON.stringify({ keys: [ec.export({ format: 'jwk' })] }), ec],
    ['a service account', JSON.stringify({ type: 'service_account', private_key: pem(rsa, 'pkcs8') }), rsa],
    ['line breaks lost in a box of one line', pem(rsa, 'pkcs8').replaceAll('\n', ''), rsa],
    ['line breaks become blanks', pem(ec, 'sec1').replaceAll('\n', ' '), ec],
    ['line breaks written out, as in .env files', pem(rsa, 'pkcs8').replaceAll('\n', '\\n'), rsa],
    ['line breaks of Windows written out', pem(ec, 'pkcs8').replaceAll('\n', String.raw`\r\n`), ec],
    ['line breaks written out twice', pem(ec, 'pkcs8').replaceAll('\n', String.raw`\\n`), ec],
    ['base64 of a JWK, as CI keeps it', Buffer.from(JSON.stringify(jwkOfEc)).toString('base64'), ec],
    [
      'base64 of a JWK in lines',
      Buffer.from(JSON.stringify(jwkOfEc, undefined, 2))
        .toString('base64')
        .replaceAll(/.{64}/g, '$&\n'),
      ec,
    ],
    ['a JWK that is in JSON once more', JSON.stringify(JSON.stringify(jwkOfEc)), ec],
    ['a list with a JWK', JSON.stringify([jwkOfEc]), ec],
    [
      'a secret of Kubernetes',
      `data:\n  tls.key: ${Buffer.from(pem(ec, 'pkcs8')).toString('base64')}\nkind: Secret\n`,
      ec,
    ],
    ['base64 of PEM, as in Kubernetes', Buffer.from(pem(ec, 'pkcs8')).toString('base64'), ec],
    [
      'JWKS with the public one of another and a shared secret',
      JSON.stringify({ keys: [{ ...other, d: undefined }, { kty: 'oct', k: 'AA' }, jwkOfEc] }),
      ec,
    ],
    [
      'Windows line ends, text around it',
      `\uFEFF# mine\r\n${pem(ec, 'pkcs8').replaceAll('\n', '\r\n')}\r\n`,
      ec,
    ],
  ] as const)
    it(`is read: ${name}`, () => assert.deepEqual(jwkOf(text), key.export({ format: 'jwk' })));

  it('keeps kid and alg of a JWK, and the kid of a service account', () => {
    const jwk = { ...ec.export({ format: 'jwk' }), kid: 'k1', alg: 'ES256' };
    assert.deepEqual(jwkOf(JSON.stringify(jwk)), jwk);
    const file = { private_key: pem(rsa, 'pkcs8'), private_key_id: 'g1' };
    assert.equal(jwkOf(JSON.stringify(file))['kid'], 'g1');
  });

  for (const type of ['pkcs1', 'pkcs8'] as const)
    it(`that is encrypted (${type}) is read with its passphrase, and a wrong one is said`, () => {
      const text = String(
        rsa.export({ type, format: 'pem', cipher: 'aes-256-cbc', passphrase: 'open sesame' }),
      );
      assert.deepEqual(readPrivateKey(text), { kind: 'encrypted' });
      assert.equal(readPrivateKey(text, 'open sesame').kind, 'read');
      assert.match(problemOf(text, 'wrong'), /^The passphrase is wrong/);
    });

  for (const cipher of ['aes-256-cbc', 'des-ede3-cbc'])
    it(`that is encrypted the old way (${cipher}) is read when its line breaks were lost`, () => {
      const text = String(rsa.export({ type: 'pkcs1', format: 'pem', cipher, passphrase: 'open' }));
      for (const lost of [
        text.replaceAll('\n', ''),
        text.replaceAll('\n', ' '),
        text.replaceAll('\n', '\r\n'),
      ]) {
        assert.equal(readPrivateKey(lost, 'open').kind, 'read');
        assert.match(problemOf(lost, 'wrong'), /^The passphrase is wrong/);
      }
    });

  for (const [name, over, said] of [
    ['use: enc', { use: 'enc' }, /not for signing/],
    ['key_ops without sign', { key_ops: ['deriveBits'] }, /not for signing/],
    ['the algorithm of another kind', { alg: 'RS256' }, /names the algorithm RS256.*signs with ES256/],
    ['an algorithm to encrypt with', { alg: 'ECDH-ES' }, /names the algorithm ECDH-ES/],
    ['the private half of another key', { d: other.d }, /numbers do not belong together/],
    ['a private half that is too short', { d: 'AAAA' }, /numbers do not belong together/],
  ] as const)
    it(`of a JWK with ${name} is refused`, () => {
      assert.match(problemOf(JSON.stringify({ ...ec.export({ format: 'jwk' }), ...over })), said);
    });

  it('of a set is the one to sign with, where others are not', () => {
    const keys = [
      { ...other, use: 'enc' },
      { ...jwkOfEc, use: 'sig' },
    ];
    assert.deepEqual(jwkOf(JSON.stringify({ keys })), jwkOfEc);
    assert.match(problemOf(JSON.stringify({ keys: [{ ...other, use: 'enc' }] })), /not for signing/);
  });

  it('of RSA that is for PSS alone is read with its algorithm, as PEM and DER', async () => {
    // The same numbers under the other name (id-RSASSA-PSS), as OpenSSL writes them.
    const numbers = rsa.export({ type: 'pkcs1', format: 'der' });
    const long = (tag: number, content: Buffer) =>
      Buffer.concat([Buffer.from([tag, 0x82, content.length >> 8, content.length & 0xff]), content]);
    const head = Buffer.from('020100300b06092a864886f70d01010a', 'hex');
    const der = long(0x30, Buffer.concat([head, long(0x04, numbers)])).toString('base64');
    const expected = { ...rsa.export({ format: 'jwk' }), alg: 'PS256' };
    assert.deepEqual(jwkOf(`-----BEGIN PRIVATE KEY-----\n${der}\n-----END PRIVATE KEY-----`), expected);
    assert.deepEqual(await readAnyPrivateKey(der), { kind: 'read', text: JSON.stringify(expected) });
  });

  for (const options of [['-scrypt'], ['-v2', 'aes-256-cbc', '-v2prf', 'hmacWithSHA512']])
    it(`that OpenSSL encrypted is read with its passphrase (${options.join(' ')})`, () => {
      const text = execFileSync('openssl', ['pkcs8', '-topk8', '-passout', 'pass:open', ...options], {
        input: pem(ec, 'pkcs8'),
        encoding: 'utf8',
      });
      assert.deepEqual(readPrivateKey(text), { kind: 'encrypted' });
      for (const written of [text, `\uFEFF${text.replaceAll('\n', '\r\n')}`, text.replaceAll('\n', ' ')]) {
        assert.deepEqual(readPrivateKey(written, 'open'), readPrivateKey(pem(ec, 'pkcs8')));
        assert.match(problemOf(written, 'shut'), /^The passphrase is wrong/);
      }
    });

  for (const [cipher, old] of [
    ['PBE-MD5-DES', 'DES'],
    ['PBE-SHA1-RC2-40', 'RC2'],
    ['PBE-SHA1-RC4-128', 'RC4'],
  ] as const)
    it(`that is encrypted in a way too old to be read (${cipher}) says how it is decrypted, which works`, async () => {
      const legacy = ['-provider', 'legacy', '-provider', 'default'];
      const openssl = (options: readonly string[], input: Buffer | string) =>
        execFileSync('openssl', options, { input });
      const written = (form: string) =>
        openssl(
          ['pkcs8', '-topk8', '-v1', cipher, '-passout', 'pass:open', '-outform', form, ...legacy],
          pem(ec, 'pkcs8'),
        );
      const text = written('PEM').toString();
      assert.deepEqual(readPrivateKey(text), { kind: 'encrypted' });
      const said = problemOf(text, 'open');
      assert.match(
        said,
        new RegExp(`^The key is encrypted with ${old}, which is too old to be read here\\.`),
      );
      const [, command = ''] = /openssl (pkey .*) -in key\.pem -out plain\.pem/.exec(said) ?? [];
      const plain = openssl([...command.split(' '), '-passin', 'pass:open'], text).toString();
      assert.deepEqual(readPrivateKey(plain), readPrivateKey(pem(ec, 'pkcs8')));
      const der = await readAnyPrivateKey(written('DER').toString('base64'), 'open');
      assert.match(der.kind === 'problem' ? der.problem : der.kind, new RegExp(`with ${old}.* -inform DER `));
    });

  it('of a settings file is read, with what the file calls it and its own passphrase, as that of Box', () => {
    const privateKey = pem(rsa, 'pkcs8');
    const encrypted = String(
      rsa.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'of the file' }),
    );
    const box = (appAuth: object) =>
      JSON.stringify({ boxAppSettings: { clientID: 'c', clientSecret: 's', appAuth }, enterpriseID: '1' });
    const own = rsa.export({ format: 'jwk' });
    assert.deepEqual(jwkOf(box({ publicKeyID: 'k1', privateKey, passphrase: '' })), { ...own, kid: 'k1' });
    const both = { publicKeyID: 'k1', privateKey: encrypted, passphrase: 'of the file' };
    assert.deepEqual(jwkOf(box(both)), { ...own, kid: 'k1' });
    assert.deepEqual(jwkOf(JSON.stringify([{ key: privateKey }])), own);
    assert.match(problemOf(JSON.stringify({ a: { privateKey }, b: privateKey })), /several private keys/);
    assert.match(problemOf(box({ privateKey: 7 })), /no private key/);
    assert.deepEqual(readPrivateKey(box({ privateKey: encrypted })), { kind: 'encrypted' });
    const deep = `${'{"a":'.repeat(5000)}${JSON.stringify(privateKey)}${'}'.repeat(5000)}`;
    assert.match(problemOf(deep), /no private key/);
  });

  it('of a JWK that says it is for signing is read', () => {
    for (const key of [rsa, ec, ed])
      jwkOf(JSON.stringify({ ...key.export({ format: 'jwk' }), use: 'sig', key_ops: ['sign'] }));
  });

  for (const [name, bytes, key] of [
    ['PKCS #8', rsa.export({ type: 'pkcs8', format: 'der' }), rsa],
    ['PKCS #1', rsa.export({ type: 'pkcs1', format: 'der' }), rsa],
    ['SEC 1', ec.export({ type: 'sec1', format: 'der' }), ec],
  ] as const)
    it(`is read from DER: ${name}`, async () => {
      const read = await readAnyPrivateKey(bytes.toString('base64'));
      assert.deepEqual(read, { kind: 'read', text: JSON.stringify(key.export({ format: 'jwk' })) });
    });

  it('that is encrypted is read from DER with its passphrase, and a wrong one is said', async () => {
    const options = { type: 'pkcs8', format: 'der', cipher: 'aes-128-cbc', passphrase: 'open' } as const;
    const text = rsa.export(options).toString('base64');
    assert.deepEqual(await readAnyPrivateKey(text), { kind: 'encrypted' });
    assert.deepEqual(await readAnyPrivateKey(text, 'open'), {
      kind: 'read',
      text: JSON.stringify(rsa.export({ format: 'jwk' })),
    });
    for (const wrong of ['shut', '', 'ünï🔑']) {
      const read = await readAnyPrivateKey(text, wrong);
      assert.match(read.kind === 'problem' ? read.problem : '', /^The passphrase is wrong, .*-inform DER/);
    }
  });

  it('in any form ends with a sentence where it is none', async () => {
    for (const text of [
      '',
      'MIIB',
      'M'.repeat(300_000),
      Buffer.alloc(500, 0x30).toString('base64'),
      '{',
      pem(ec, 'sec1').slice(0, 60),
    ]) {
      const read = await readAnyPrivateKey(text);
      assert.match(read.kind === 'problem' ? read.problem : JSON.stringify(read), /^[A-Z].*\.$/);
    }
    assert.equal((await readAnyPrivateKey(pem(ec, 'sec1'))).kind, 'read');
  });

  it('that is none is refused with what it is', () => {
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    for (const [text, said] of [
      [String(publicKey.export({ type: 'spki', format: 'pem' })), /public key/],
      [JSON.stringify(publicKey.export({ format: 'jwk' })), /no private key/],
      [JSON.stringify({ kty: 'oct', k: 'c2VjcmV0' }), /shared secret/],
      ['-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl\n-----END OPENSSH PRIVATE KEY-----', /ssh-keygen/],
      ['-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl\n-----END OPENSSH PRIVATE KEY-----', /a copy of it/],
      ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA ada@home', /public key/],
      ['ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTI', /public key/],
      ['PuTTY-User-Key-File-3: ssh-rsa\nEncryption: none', /puttygen/],
      ['-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----', /certificate/],
      [pem(rsa, 'pkcs8').slice(0, 900), /not complete/],
      [pem(generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey, 'pkcs8'), /2048 bits/],
      [
        pem(generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).privateKey, 'pkcs8'),
        /\(ec, secp256k1\) signs nothing that servers take/,
      ],
      [JSON.stringify({ keys: [1, 2].map(() => ec.export({ format: 'jwk' })) }), /several/],
      [pem(ec, 'pkcs8') + pem(rsa, 'pkcs8'), /several/],
      [JSON.stringify({ keys: [{ kty: 'oct', k: 'c2VjcmV0' }] }), /shared secret/],
      [JSON.stringify({ kty: 'oct', k: 'c2VjcmV0', d: 'c2VjcmV0' }), /shared secret/],
      [JSON.stringify({ ...rsa.export({ format: 'jwk' }), p: undefined }), /with its primes/],
      ['-----BEGIN CERTIFICATE REQUEST-----\nMIIB\n-----END CERTIFICATE REQUEST-----', /request/],
      ['{"kty":', /is none/],
      ['s3cret', /neither PEM/],
      ['x'.repeat(70_000), /at most/],
    ] as const)
      assert.match(problemOf(text), said);
  });

  for (const alg of ['RS256', 'PS384', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519', undefined, 'none'])
    it(`that is made here signs with what the profile says: ${alg}`, async () => {
      const text = await newSigningKey(alg);
      const signingAlgorithm = alg === 'none' ? undefined : alg;
      const made = await signingKey(text, { ...(signingAlgorithm && { signingAlgorithm }) });
      assert.equal(made.alg, signingAlgorithm ?? 'ES256');
      assert.equal(publicJwk(text).alg, made.alg);
    });

  it('gives all its private parts to redaction, of PEM also as it is written', () => {
    const text = pem(rsa, 'pkcs8');
    const { d = '', p = '', qi = '' } = rsa.export({ format: 'jwk' });
    const parts = privateParts(text);
    for (const part of [d, p, qi, text.split('\n')[3] ?? '', text.split('\n').slice(1, -2).join('')])
      assert.ok(part !== '' && parts.includes(part), part);
  });

  it('has a public half without any private part', () => {
    for (const key of [rsa, ec, ed]) {
      const shown = JSON.stringify(publicJwk(pem(key, 'pkcs8'), { kid: 'k1' }));
      for (const part of privateParts(pem(key, 'pkcs8'))) assert.equal(shown.includes(part), false);
      assert.match(shown, /"kid":"k1"/);
      assert.match(shown, /"use":"sig"/);
    }
    assert.deepEqual(algorithmsOf({ kty: 'EC', crv: 'P-384' }), ['ES384']);
  });
});
