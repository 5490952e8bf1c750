import assert from 'node:assert/strict';
import { createCipheriv, createPrivateKey, generateKeyPairSync, pbkdf2Sync } from 'node:crypto';
import { describe, it } from 'node:test';
import { octets, oid, sequence, tagged } from '../../../src/core/authentication/der.ts';
import { readDerKey } from '../../../src/core/authentication/derKey.ts';
import { readPfx } from '../../../src/core/authentication/pfx.ts';
import { readPrivateKey } from '../../../src/core/authentication/privateKey.ts';
import { selfSignedCertificate } from '../../support/certificate.ts';
import { pfxOf, pfxOfSafes, safesOf } from '../../support/certificateFiles.ts';
import { isTooSlow, tooSlow } from '../../../src/core/authentication/slowDerivation.ts';

const salt = octets(Buffer.alloc(8, 7));
const count = (...bytes: readonly number[]) => tagged(0x02, Buffer.from(bytes));

/** A key encrypted with PBES2, whose password is derived in so many rounds. @see RFC 8018 appendix A.4 */
function encrypted(...bytes: readonly number[]): Buffer {
  const derivation = sequence(oid('2a864886f70d01050c'), sequence(salt, count(...bytes)));
  const cipher = sequence(oid('60864801650304012a'), octets(Buffer.alloc(16)));
  return sequence(
    sequence(oid('2a864886f70d01050d'), sequence(derivation, cipher)),
    octets(Buffer.alloc(64)),
  );
}

/** A PFX without any key, whose MAC takes so many rounds. @see RFC 7292 section 4 */
function pfx(...bytes: readonly number[]): Buffer {
  const data = sequence(oid('2a864886f70d010701'), tagged(0xa0, octets(sequence())));
  const digest = sequence(sequence(oid('2b0e03021a'), tagged(0x05)), octets(Buffer.alloc(20)));
  return sequence(count(3), data, sequence(digest, salt, count(...bytes)));
}

const pem = (der: Buffer) =>
  `-----BEGIN ENCRYPTED PRIVATE KEY-----\n${der.toString('base64')}\n-----END ENCRYPTED PRIVATE KEY-----\n`;

it('a key or a PFX that asks for minutes of derivation is refused before it is tried', async () => {
  const problem = { kind: 'problem', problem: tooSlow };
  const many = [0x7f, 0xff, 0xff, 0xff];
  for (const passphrase of [undefined, 'x']) {
    assert.deepEqual(readPrivateKey(pem(encrypted(...many)), passphrase), problem);
    assert.deepEqual(readDerKey(encrypted(...many), passphrase), problem);
  }
  assert.deepEqual(await readPfx(pfx(...many), 'x'), problem);
});

it('ten million rounds are waited for, and one more is not', () => {
  for (const der of [encrypted, pfx]) {
    assert.equal(isTooSlow(der(0x98, 0x96, 0x80)), false);
    assert.equal(isTooSlow(der(0x98, 0x96, 0x81)), true);
    assert.equal(isTooSlow(der(1, 0, 0, 0, 0, 0, 0)), true);
    assert.equal(isTooSlow(der()), false);
  }
});

it('a number that stands behind no salt counts no rounds, nor what is nested without end', () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  assert.equal(isTooSlow(privateKey.export({ type: 'pkcs8', format: 'der' })), false);
  const usual = privateKey.export({ type: 'pkcs8', format: 'der', cipher: 'aes-256-cbc', passphrase: 'x' });
  assert.equal(isTooSlow(usual), false);
  assert.equal(
    createPrivateKey({ key: usual, format: 'der', type: 'pkcs8', passphrase: 'x' }).type,
    'private',
  );
  let deep = sequence(salt, count(0x7f, 0xff, 0xff, 0xff));
  for (let depth = 0; depth < 20; depth++) deep = sequence(deep);
  assert.equal(isTooSlow(deep), false);
});

it('the rounds of all derivations of a file are counted together, and of scrypt its work', () => {
  const half = encrypted(0x4c, 0x4b, 0x40);
  assert.equal(isTooSlow(sequence(half, half)), false);
  assert.equal(isTooSlow(sequence(half, half, encrypted(1))), true);
  const scrypt = (cost: number, blocks: number, parallel: number) =>
    sequence(
      oid('2b06010401da47040b'),
      sequence(salt, ...[cost, blocks, parallel].map((number) => count(number >> 8, number & 0xff))),
    );
  assert.equal(isTooSlow(scrypt(16_384, 8, 1)), false);
  assert.equal(isTooSlow(scrypt(16_384, 8, 1000)), true);
});

describe('a PFX with a key that is hidden in an encrypted part', () => {
  const own = selfSignedCertificate({ name: 'orders' });

  /** The key could not be decrypted, so that who tried would fail; it might as well take an hour. */
  const hidden = () => {
    const bag = sequence(oid('2a864886f70d010c0a0102'), tagged(0xa0, encrypted(1)));
    const [key, iv] = [pbkdf2Sync('open', Buffer.alloc(8, 7), 1, 32, 'sha1'), Buffer.alloc(16)];
    const cipher = createCipheriv('aes-256-cbc', key, iv);
    const content = Buffer.concat([cipher.update(sequence(bag)), cipher.final()]);
    const derivation = sequence(oid('2a864886f70d01050c'), sequence(salt, count(1)));
    const scheme = sequence(derivation, sequence(oid('60864801650304012a'), octets(iv)));
    const encryption = sequence(oid('2a864886f70d01050d'), scheme);
    const info = sequence(oid('2a864886f70d010701'), encryption, tagged(0x80, content));
    return sequence(oid('2a864886f70d010706'), tagged(0xa0, sequence(count(0), info)));
  };

  it('is read with the key that is seen, and of the hidden one nothing is derived', async () => {
    const made = pfxOfSafes([hidden(), ...safesOf(pfxOf(own, 'open', ['-nomac']))], 'open');
    const read = await readPfx(made, 'open');
    assert.equal(read.kind, 'read', JSON.stringify(read));
    assert.deepEqual(await readPfx(made, 'shut'), { kind: 'wrong_password' });
  });

  it('whose MAC asks for minutes is refused, and one of the digests that are in use is read', async () => {
    for (const digest of ['sha1', 'sha224', 'sha256', 'sha384', 'sha512']) {
      const made = pfxOf(own, 'open', ['-macalg', digest]);
      assert.equal((await readPfx(made, 'open')).kind, 'read', digest);
      assert.equal((await readPfx(made, 'shut')).kind, 'wrong_password', digest);
    }
    assert.deepEqual(await readPfx(pfx(0x0f, 0xff, 0xff), 'x'), { kind: 'problem', problem: tooSlow });
  });
});
